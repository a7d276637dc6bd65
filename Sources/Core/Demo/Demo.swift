import Foundation
import Scheduling
import Store

/// An invented département to try Lien on, and to measure it: the same rows for the same seed and day.
///
/// It stands in the Béarn and the Basque country. Names are invented; numbers are those that ARCEP keeps for fiction; e-mails are at
/// example.org. What it writes goes through the real schema: no two claims overlap there either.
public struct Demo: Sendable {
    public let seed: UInt64
    /// What has begun before this day is past: kept, missed or cancelled.
    public let today: CivilDate
    public let size: Size

    let zone: Zone
    let places: DemoPlaces
    let ids: DemoIDs

    public struct Size: Sendable, Equatable {
        public var organizations: Int
        public var agentsEach: Int
        public var people: Int
        /// How far the agendas reach, on both sides of today.
        public var days: Int
        /// Days of the past of which bookings and readings stand in the journal.
        public var journalDays: Int

        public init(organizations: Int, agentsEach: Int, people: Int, days: Int = 182, journalDays: Int = 14) {
            self.organizations = organizations
            self.agentsEach = agentsEach
            self.people = people
            self.days = days
            self.journalDays = journalDays
        }

        /// What `bin/demo` loads: six organizations, 60 agents.
        public static let village = Size(organizations: 6, agentsEach: 10, people: 20_000)
        /// 1,000 agents, 1,000,000 people, two million appointments.
        public static let departement = Size(organizations: 25, agentsEach: 40, people: 1_000_000, journalDays: 1)

        var agents: Int { organizations * agentsEach }
        /// In fifties, by which people are dealt out to workers: see ``DemoCaseload``. The last organization takes the rest.
        var peopleEach: Int { people / organizations / 50 * 50 }

        func people(of organization: Int) -> Range<Int> {
            organization * peopleEach..<(organization == organizations - 1 ? people : (organization + 1) * peopleEach)
        }
    }

    /// - Parameter communes: those of the département, when they were imported; a short list otherwise.
    public init(seed: UInt64 = 1, today: CivilDate, size: Size = .village, communes: [Commune] = []) throws {
        guard let zone = Zone("Europe/Paris") else { throw StoreError.failed(code: "time-zone", message: "Europe/Paris is unknown here") }
        self.seed = seed
        self.today = today
        self.size = size
        self.zone = zone
        places = DemoPlaces(organizations: size.organizations, communes: communes)
        ids = DemoIDs(seed: seed, before: zone.instant(today, minute: 0))
    }

    public static let slug = "pyrenees"
    /// The code of the département that it resembles.
    public static let departement = "64"

    var territoryID: Int64 { ids.territory }
    /// The beginning of today.
    var now: Instant { zone.instant(today, minute: 0) }

    var window: Range<Instant> {
        zone.instant(today.adding(days: -size.days), minute: 0)..<zone.instant(today.adding(days: size.days), minute: 0)
    }
}

/// Ids that can be made from a number, and rise with it: rows loaded in order lie in order.
struct DemoIDs: Sendable {
    let seed: UInt64
    let territory: Int64
    private let base: Int64

    enum Kind: Int64 {
        case area = 0, organization, service, site, agent, reason, opening, absence, person, appointment, fact, attempt, claim, message,
            note, journal, tag, relation, protection, resource
    }

    /// - Parameter now: every id looks as if it had been made in the year before.
    init(seed: UInt64, before now: Instant) {
        self.seed = seed
        var dice = Dice(seed, .territory)
        territory = Int64(dice.roll(1...Int(UInt32.max)))
        base = (now.rawValue - 400 * 86_400) * 1_000
    }

    /// A UUID version 7 whose milliseconds count the rows of its kind; days keep kinds apart.
    func make<Entity>(_ kind: Kind, _ number: Int) -> ID<Entity> {
        var dice = Dice(seed &+ UInt64(kind.rawValue) << 32, .ids, number)
        let milliseconds = UInt64(base + kind.rawValue * 20 * 86_400_000 + Int64(number))
        return ID(UUID.version7(milliseconds: milliseconds, random: (dice.next(), dice.next())))
    }
}
