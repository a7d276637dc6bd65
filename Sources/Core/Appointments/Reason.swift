import Scheduling
import Store

/// Un motif: a bookable kind of appointment.
public struct Reason: Sendable, Equatable {
    public let id: ID<Reason>
    public var serviceID: ID<Service>
    public var name: String
    /// A multiple of 5, from 5 to 600.
    public var minutes: Int
    public var how: How
    /// `#rrggbb`, for agendas.
    public var colour: String
    public var bookableBy: BookableBy
    /// Slots are offered from now plus `earliestMinutes` to now plus `latestMinutes`.
    public var earliestMinutes: Int
    public var latestMinutes: Int
    public var instructions: String
    public var retiredAt: Instant?
    /// What it is about is said to the person alone, and to nobody in their place.
    public var isDiscreet = false
    /// A minor's parents are not told.
    public var isConfidentialForMinors = false
    /// PMI: the child is the person, an adult accompanies.
    public var isForChild = false
    /// What it asks for unless one says otherwise: a room, a car.
    public var resourceKind: Resource.Kind?
    /// Between the starts that are offered, a multiple of 5; end to end when `nil`.
    public var stepMinutes: Int?
    /// Kept free after each appointment, a multiple of 5 up to 240.
    public var gapMinutes = 0
    /// Booked with the person's referent of its service, or with another agent for a reason.
    public var isFollowUp = false
    /// Un motif collectif: how many people each of its appointments takes, unless said otherwise; `nil` for an ordinary one.
    public var seats: Int?
    /// Agents of the territory's other organizations find its slots and book them.
    public var isPrescribable = false
    /// Une convocation: the person is obliged to come. An answer by SMS never frees it.
    public var isSummons = false
    /// Who did not come gets a message, once, with the number to call for another appointment; never for a convocation.
    public var tellsMissed = true
    /// Minutes before each appointment at which it is recalled, the longest first; none when it is not.
    public var reminders = [2880]

    public init(
        id: ID<Reason> = .new(), serviceID: ID<Service>, name: String, minutes: Int, how: How, colour: String = "#0a6b5d",
        bookableBy: BookableBy = .agents, earliestMinutes: Int = 0, latestMinutes: Int = 90 * 1440, instructions: String = "",
        retiredAt: Instant? = nil
    ) {
        self.id = id
        self.serviceID = serviceID
        self.name = name
        self.minutes = minutes
        self.how = how
        self.colour = colour
        self.bookableBy = bookableBy
        self.earliestMinutes = earliestMinutes
        self.latestMinutes = latestMinutes
        self.instructions = instructions
        self.retiredAt = retiredAt
    }

    /// Who may book it: its own service and reception; every agent; everyone (the people themselves too).
    public enum BookableBy: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case service, agents, everyone

        public var label: String {
            switch self {
            case .service: "le service et l’accueil"
            case .agents: "tous les agents"
            case .everyone: "les agents et les personnes elles-mêmes"
            }
        }
    }
}

/// How an appointment takes place.
public enum How: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
    case phone, site, home, video

    public var label: String {
        switch self {
        case .phone: "par téléphone"
        case .site: "sur place"
        case .home: "à domicile"
        case .video: "en visio"
        }
    }
}

extension Reason {
    static let columns: SQL = """
        reason.id, reason.service_id, reason.name, reason.minutes, reason.how, reason.colour, reason.bookable_by,
        reason.earliest_minutes, reason.latest_minutes, reason.instructions, reason.retired_at,
        reason.discreet, reason.minors_confidential, reason.for_child, reason.step_minutes, reason.gap_minutes,
        reason.follow_up, reason.seats, reason.prescribable, reason.resource_kind, reason.reminders, reason.summons, reason.tells_missed
        """
    static let columnCount = 23

    init(_ row: Row, at offset: Int = 0) throws {
        self.init(
            id: try row[offset], serviceID: try row[offset + 1], name: try row[offset + 2], minutes: try row[offset + 3],
            how: try row[offset + 4], colour: try row[offset + 5], bookableBy: try row[offset + 6], earliestMinutes: try row[offset + 7],
            latestMinutes: try row[offset + 8], instructions: try row[offset + 9], retiredAt: try row[offset + 10])
        isDiscreet = try row[offset + 11]
        isConfidentialForMinors = try row[offset + 12]
        isForChild = try row[offset + 13]
        stepMinutes = try row[offset + 14]
        gapMinutes = try row[offset + 15]
        isFollowUp = try row[offset + 16]
        seats = try row[offset + 17]
        isPrescribable = try row[offset + 18]
        resourceKind = try row[offset + 19]
        reminders = Reason.reminders(try row[offset + 20])
        isSummons = try row[offset + 21]
        tellsMissed = try row[offset + 22]
    }

    public static func find(_ id: ID<Reason>, of territory: Int64, in db: Reader) throws -> Reason? {
        try db.first("SELECT \(columns) FROM reason WHERE territory_id = \(territory) AND id = \(id)") { try Reason($0) }
    }

    public func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO reason (territory_id, id, service_id, name, minutes, how, colour, bookable_by, earliest_minutes, latest_minutes,
              instructions, retired_at, discreet, minors_confidential, for_child, step_minutes, gap_minutes,
              follow_up, seats, prescribable, resource_kind, reminders, summons, tells_missed)
            VALUES (\(territory), \(id), \(serviceID), \(name), \(minutes), \(how), \(colour), \(bookableBy), \(earliestMinutes),
              \(latestMinutes), \(instructions), \(retiredAt), \(isDiscreet), \(isConfidentialForMinors), \(isForChild),
              \(stepMinutes), \(gapMinutes), \(isFollowUp), \(seats), \(isPrescribable), \(resourceKind), \(remindersText),
              \(isSummons), \(tellsMissed && !isSummons))
            """)
    }
}

extension Reason {
    /// `2880,120`.
    var remindersText: String { reminders.map { String($0) }.joined(separator: ",") }

    static func reminders(_ text: String) -> [Int] { text.split(separator: ",").compactMap { Int($0) } }
}
