import Core
import Testing

/// Someone who tries every address: nobody signed in, one role in the first organization for one of its services, one role over the
/// territory, or the very worker of the first compartment.
enum Walker: Sendable, Hashable, CustomTestStringConvertible {
    case nobody
    case role(Role, secret: Bool)
    case over(TerritoryRole)
    case owner

    /// A service changes nothing for who sees every appointment and reads no notes, or sees none: they are of the social service alone.
    static let all: [Walker] =
        [.nobody, .owner] + Role.allCases.map { .role($0, secret: false) } + [Role.worker, .manager].map { .role($0, secret: true) }
        + TerritoryRole.allCases.map { .over($0) }

    /// Their own things, a house’s, a secret service’s, the territory’s.
    static let ofEachKind: [Walker] =
        [.owner, .role(.reception, secret: false), .role(.worker, secret: true), .over(.administrator)]

    var testDescription: String {
        switch self {
        case .nobody: "nobody"
        case .role(let role, let secret): "\(role) \(secret ? "of the PMI" : "of the social service")"
        case .over(let role): "\(role)"
        case .owner: "the worker themselves"
        }
    }

    /// What the rights table gives, wherever it holds.
    func has(_ permission: Permission) -> Bool {
        switch self {
        case .nobody: false
        case .role(let role, _): Rights.ofRole[role, default: []].contains(permission)
        case .over(let role): Rights.ofTerritoryRole[role, default: []].contains(permission)
        case .owner: Rights.ofRole[.worker, default: []].contains(permission)
        }
    }

    /// Whether they are of this compartment's service, in any organization.
    func isOfService(_ compartment: Compartment) -> Bool {
        guard !compartment.isForeign else { return false }
        switch self {
        case .role(_, let secret): return secret == compartment.service.secret
        case .owner: return !compartment.service.secret
        case .nobody, .over: return false
        }
    }

    var isOverTerritory: Bool { if case .over = self { true } else { false } }
}

/// Who may, about what one compartment holds.
struct Rule: Sendable {
    let allows: @Sendable (Walker, Compartment) -> Bool

    static let anyone = Rule { _, _ in true }
    static let nobody = Rule { _, _ in false }
    static let signedIn = Rule { walker, _ in walker != .nobody }
    static let home = Rule { walker, compartment in walker != .nobody && !walker.isOverTerritory && compartment.isAtHome }
    static let ours = Rule { walker, compartment in walker != .nobody && !compartment.isForeign }
    static let ofService = Rule { walker, compartment in walker.isOfService(compartment) }
    static let open = Rule { _, compartment in !compartment.isForeign && !compartment.service.secret }
    static let own = Rule { walker, compartment in walker == .owner && compartment.mark == Compartment.marks[0] }

    static func anywhere(_ permission: Permission) -> Rule { Rule { walker, _ in walker.has(permission) } }
    static func inTerritory(_ permission: Permission) -> Rule { ours && anywhere(permission) }
    static func here(_ permission: Permission) -> Rule {
        inTerritory(permission) && Rule { walker, compartment in walker.isOverTerritory || compartment.isAtHome }
    }

    static func || (one: Rule, other: Rule) -> Rule { Rule { one.allows($0, $1) || other.allows($0, $1) } }
    static func && (one: Rule, other: Rule) -> Rule { Rule { one.allows($0, $1) && other.allows($0, $1) } }
}

extension Rule {
    /// « Vous voyez les rendez-vous de vos services dans vos organisations, tous ceux d’une organisation dont vous tenez l’accueil ou dont
    /// vous êtes responsable, et les vôtres. » Agendas open as appointments do.
    static let seesAppointment = own || here(.seeEveryAppointment) || here(.seeServiceAppointments) && ofService
    static let seesAgenda = seesAppointment
    /// The appointments of the worker’s colleague.
    static let colleague = here(.seeEveryAppointment) || here(.seeServiceAppointments) && ofService
    static let seesSite = here(.seeEveryAppointment) || here(.seeServiceAppointments)
    static let fills = own && anywhere(.fillOwnAgenda) || here(.fillEveryAgenda)
    /// Every reason of the walk is for its service and reception.
    static let books = ours && ofService || inTerritory(.seeEveryAppointment)
    static let knowsReason = books || inTerritory(.setUpTerritory)
    static let knowsService = open || ours && ofService || inTerritory(.seeEveryAppointment) || inTerritory(.setUpTerritory)
    /// Colleagues of one's organization, those who follow the people whom one may find, and everyone for who sets up or reads the journal.
    static let knowsWorker =
        home || inTerritory(.setUpOrganization) || inTerritory(.readJournal) || inTerritory(.findPeople) && (open || ofService)
}
