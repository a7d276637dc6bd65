import HTTPTypes

extension HTTPField.Name {
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    static let forwardedProto = HTTPField.Name("X-Forwarded-Proto")!
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    /// How a script sends the form token.
    static let formToken = HTTPField.Name("X-Form-Token")!
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
    /// Tells nginx not to hold back a stream.
    static let acceleratorBuffering = HTTPField.Name("X-Accel-Buffering")!
}
