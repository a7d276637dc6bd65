import CPostgres

/// Reads the errors of the server.
enum PostgresFailure {
    /// SQLSTATEs after which the same transaction may succeed: serialization failure, deadlock.
    static let retryable: Set<String> = ["40001", "40P01"]

    /// The server is stopping, has crashed, or is not ready yet.
    private static let shutdown: Set<String> = ["57P01", "57P02", "57P03"]

    static func of(_ result: OpaquePointer?, _ connection: OpaquePointer) -> any Error {
        let code = field(result, "C") ?? ""
        let message = field(result, "M") ?? String(cString: PQerrorMessage(connection))
        if isLost(code, connection) { return StoreError.unreachable("the connection was lost: \(firstLine(message))") }
        if code.hasPrefix("23") { return violation(code, result) }
        return StoreError.failed(code: code, message: firstLine(message))
    }

    static func isLost(_ code: String, _ connection: OpaquePointer) -> Bool {
        PQstatus(connection) != CONNECTION_OK || shutdown.contains(code) || code.hasPrefix("08")
    }

    static func unreachable(_ connection: OpaquePointer?) -> StoreError {
        .unreachable(firstLine(connection.map { String(cString: PQerrorMessage($0)) } ?? "no memory"))
    }

    /// Whether the transaction may simply be tried again.
    static func isRetryable(_ error: any Error) -> Bool {
        guard case .failed(let code, let message)? = error as? StoreError else { return false }
        // Another node has just changed a table that a prepared statement reads.
        return retryable.contains(code) || (code == "0A000" && message.hasPrefix("cached plan"))
    }

    private static func violation(_ code: String, _ result: OpaquePointer?) -> ConstraintViolation {
        switch code {
        case "23502": .notNull
        case "23503", "23001": .foreignKey
        default: ConstraintViolation(name: field(result, "n") ?? code)
        }
    }

    /// A field of the error report: `C` the SQLSTATE, `M` the message, `n` the constraint's name.
    private static func field(_ result: OpaquePointer?, _ name: Unicode.Scalar) -> String? {
        PQresultErrorField(result, Int32(name.value)).map { String(cString: $0) }
    }

    private static func firstLine(_ message: String) -> String {
        message.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
