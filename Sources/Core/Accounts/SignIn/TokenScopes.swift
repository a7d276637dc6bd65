import Store

/// What a token may touch of what its agent may: a level for each domain.
public struct TokenScopes: Sendable, Equatable {
    public var levels: [Domain: Level]

    public enum Domain: String, CaseIterable, Sendable {
        case people, appointments, setup, journal

        public var label: String {
            switch self {
            case .people: "Fiches des personnes"
            case .appointments: "Rendez-vous et agendas"
            case .setup: "Réglages"
            case .journal: "Journal"
            }
        }
    }

    public enum Level: String, CaseIterable, Sendable, Comparable, SQLBindable, SQLReadable {
        case none, read, write

        public var label: String {
            switch self {
            case .none: "rien"
            case .read: "lire"
            case .write: "lire et modifier"
            }
        }

        public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// What is not said is closed.
    public init(_ levels: [Domain: Level]) {
        self.levels = Dictionary(uniqueKeysWithValues: Domain.allCases.map { ($0, levels[$0, default: .none]) })
    }

    /// The same everywhere.
    public static func everywhere(_ level: Level) -> TokenScopes {
        TokenScopes(Dictionary(uniqueKeysWithValues: Domain.allCases.map { ($0, level) }))
    }

    public subscript(domain: Domain) -> Level { levels[domain, default: .none] }
}

extension TokenScopes {
    /// Writes something, somewhere.
    public var writes: Bool { levels.values.contains(.write) }
    var isEmpty: Bool { levels.values.allSatisfy { $0 == .none } }
    var writesEverything: Bool { Domain.allCases.allSatisfy { self[$0] == .write } }

    func allows(_ permission: Permission) -> Bool { self[permission.domain] >= (permission.onlyReads ? .read : .write) }

    /// `people:read appointments:write`, for the journal and for programs.
    public var names: [String] { Domain.allCases.filter { self[$0] != .none }.map { "\($0.rawValue):\(self[$0].rawValue)" } }

    /// « Fiches des personnes : lire ».
    public var labels: [String] { Domain.allCases.filter { self[$0] != .none }.map { "\($0.label) : \(self[$0].label)" } }
}

extension Permission {
    /// Whose scope a token needs for it.
    var domain: TokenScopes.Domain {
        switch self {
        case .findPeople, .editPeople, .mergePeople, .readNotes, .writeNotes, .sendCampaigns: .people
        case .seeServiceAppointments, .seeEveryAppointment, .book, .overbook, .closeAppointments, .fillOwnAgenda, .fillEveryAgenda,
            .sayAway, .seeFigures:
            .appointments
        case .setUpOrganization, .setUpTerritory, .keepHardTexts, .importFiles, .seeRights: .setup
        case .readJournal, .eraseJournal, .exportAccess: .journal
        }
    }
}

extension Refusal {
    /// A token that reads everything it has, and writes nothing.
    public static let readOnlyToken = Refusal(
        .forbidden, "read-only-token", "Ce jeton ne permet que de lire. Créez-en un qui permet de modifier.")
    public static let tokenScope = Refusal(
        .forbidden, "token-scope", "Ce jeton n’a pas été fait pour cela. Créez-en un qui le permet, sur la page de votre compte.")
}
