/// What went wrong between us and the database, apart from a rule of the schema (``ConstraintViolation``).
public enum StoreError: Error, Equatable, CustomStringConvertible {
    /// The address of the database cannot be understood.
    case badURL(String)
    /// The server, the file or the connection is not there, or was lost.
    case unreachable(String)
    /// No connection came free within the wait.
    case busy
    /// The database knows migrations that this program does not: it belongs to a newer version.
    case newerSchema([String])
    /// A statement was refused. The code is PostgreSQL's SQLSTATE; on SQLite, `sqlite-` and its extended result code.
    case failed(code: String, message: String)
    /// Others changed the same rows each time this transaction was tried.
    case tooManyRetries

    public var description: String {
        switch self {
        case .badURL(let reason): "bad database address: \(reason)"
        case .unreachable(let reason): "the database cannot be reached: \(reason)"
        case .busy: "no database connection came free in time"
        case .newerSchema(let names): "the database was made by a newer version, with \(names.joined(separator: ", "))"
        case .failed(let code, let message): "\(message) (\(code))"
        case .tooManyRetries: "the transaction kept conflicting with others"
        }
    }
}

/// A rule of the schema refused the change.
///
/// The name is the same on both engines: of the CHECK, of the unique index, of the exclusion constraint or its trigger;
/// `<table>_pkey` for a primary key, and `foreign_key` and `not_null` for those, which SQLite does not name.
public struct ConstraintViolation: Error, Hashable, CustomStringConvertible {
    public let name: String
    public init(name: String) { self.name = name }
    public var description: String { "constraint \(name)" }

    static let foreignKey = ConstraintViolation(name: "foreign_key")
    static let notNull = ConstraintViolation(name: "not_null")
}

extension StoreError {
    /// A text with a NUL character: PostgreSQL cannot keep it, so neither engine takes it.
    static let nulInText = StoreError.failed(code: "22021", message: "a text holds a NUL character")

    /// What a statement gets after another one failed in the same transaction.
    static func alreadyFailed(_ failure: any Error) -> StoreError {
        .failed(code: "25P02", message: "the transaction has already failed: \(failure)")
    }
}
