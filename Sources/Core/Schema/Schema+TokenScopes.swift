import Store

extension Schema {
    /// What a token may touch, domain by domain; those made before could read or write everything. None outlives a year.
    static let tokenScopes = Migration(
        "091-token-scopes",
        [
            scope("people"), scope("appointments"), scope("setup"),
            scope("journal") + " CONSTRAINT api_token_life CHECK (expires_at <= created_at + 31622400)",
            "UPDATE api_token SET people = scope, appointments = scope, setup = scope, journal = scope",
        ])

    private static func scope(_ domain: String) -> SQL {
        """
        ALTER TABLE api_token ADD COLUMN \(identifier: domain) \(type: .text, domain) DEFAULT 'none' NOT NULL
          CONSTRAINT \(identifier: "api_token_" + domain) CHECK (\(isOne("\(identifier: domain)", of: "none", "read", "write")))
        """
    }
}
