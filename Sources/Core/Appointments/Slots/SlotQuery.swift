import Scheduling
import Store

/// What slots are looked for. Only the reason is required.
public struct SlotQuery: Sendable, Equatable {
    public var reasonID: ID<Reason>
    /// Empty: any.
    public var siteIDs: Set<ID<Site>> = []
    public var organizationIDs: Set<ID<Organization>> = []
    public var agentIDs: Set<ID<Agent>> = []
    /// Civil days on which to start; from now, as far as the reason allows, when `nil`.
    public var dates: Range<CivilDate>?
    /// Minutes since midnight between which to start.
    public var dayPart: Range<Int>?
    /// For whom: decides which agent is proposed.
    public var personID: ID<Person>?
    /// Agents who must be free at the same time.
    public var colleagueIDs: [ID<Agent>] = []
    /// Somebody else must, whoever it is.
    public var forTwo = false
    /// For a follow-up reason, other agents than the person's referent too: whoever books will say why.
    public var otherAgents = false
    /// Rooms, cars, interpreters that must be free too.
    public var resources: [ResourceWish] = []

    /// How many people come one after the other, with the same agent: there must be room for all.
    public var inARow = 1
    /// A second reason, right after.
    public var thenReasonID: ID<Reason>?
    /// Dates of a series go beyond the reason's own notice.
    var isSeries = false

    public init(reasonID: ID<Reason>) { self.reasonID = reasonID }
}

/// Un créneau: a free start time, at a place, with the agent proposed for it.
public struct Slot: Sendable, Equatable {
    public let start: Instant
    public let minutes: Int
    public let organizationID: ID<Organization>
    /// `nil`: nowhere in particular (phone, home).
    public let siteID: ID<Site>?
    public let agentID: ID<Agent>
    /// Why this agent.
    public let because: Proposal
    /// How many agents are free at that time and place.
    public let count: Int
    /// Who receives with the agent, when that was asked for.
    public var colleagueIDs: [ID<Agent>]
    /// The resources that meet what was wished for.
    public var resourceIDs: [ID<Resource>] = []
    /// What follows it, when a second reason was asked for.
    public var next: NextSlot?

    public init(
        start: Instant, minutes: Int, organizationID: ID<Organization>, siteID: ID<Site>?, agentID: ID<Agent>, because: Proposal,
        count: Int,
        colleagueIDs: [ID<Agent>] = []
    ) {
        self.start = start
        self.minutes = minutes
        self.organizationID = organizationID
        self.siteID = siteID
        self.agentID = agentID
        self.because = because
        self.count = count
        self.colleagueIDs = colleagueIDs
    }
}

/// Why an agent is proposed among those who are free.
public enum Proposal: String, Sendable {
    case referent, lastSeen = "last-seen", leastBusy = "least-busy"

    public var label: String {
        switch self {
        case .referent: "référent de la personne"
        case .lastSeen: "l’a reçue la dernière fois"
        case .leastBusy: "le moins chargé cette semaine-là"
        }
    }
}

/// What a search answers.
public struct FoundSlots: Sendable, Equatable {
    public let reason: Reason
    /// The next free slot of each place, the soonest first.
    public let firstOfPlaces: [Slot]
    /// All of them, by time then place.
    public let slots: [Slot]
    /// For a follow-up reason: whose slots these are.
    public let following: Following?
    /// Of a collective reason, the group appointments that stand already, full ones too.
    public let groups: [GroupSlot]

    public init(reason: Reason, firstOfPlaces: [Slot], slots: [Slot], following: Following? = nil, groups: [GroupSlot] = []) {
        self.groups = groups
        self.following = following
        self.reason = reason
        self.firstOfPlaces = firstOfPlaces
        self.slots = slots
    }
}
