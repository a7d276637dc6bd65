import Foundation

/// Who is signed in, as the session found it. The accounts feature sets it on ``AppContext`` and adds what rights need.
struct SignedIn: Sendable, Equatable {
    var territoryID: Int64
    var agentID: UUID
    var name: String
}
