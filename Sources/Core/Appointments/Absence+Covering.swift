import Scheduling
import Store

extension Absence {
    /// The upcoming appointments that an absence covers, whole or in part: they stay, and someone has to move them.
    public struct Covered: Sendable, Equatable {
        public let appointments: [AgendaAppointment]
        /// How many more there are that the reader may not see.
        public let hidden: Int

        public init(appointments: [AgendaAppointment], hidden: Int) {
            self.appointments = appointments
            self.hidden = hidden
        }

        public var isEmpty: Bool { appointments.isEmpty && hidden == 0 }
    }

    /// - Throws: ``Refusal/notFound`` when the agenda may not be seen.
    public func covered(seenBy acting: Acting, now: Instant, in db: Reader) throws -> Covered {
        let window = now..<now.adding(days: 3 * 366 + 1)
        let away = stretch.ranges(in: window, zone: acting.territory.zone)
        guard let end = away.map(\.upperBound).max() else { return Covered(appointments: [], hidden: 0) }
        let owners = try AgendaOwner.find([agentID], seenBy: acting, in: db)
        var rows = AgendaRows(owners: owners)
        rows.appointments = try AgendaAppointment.read(of: [agentID], in: window.lowerBound..<end, seenBy: acting, in: db)
        try rows.readBusy(in: window.lowerBound..<end, of: acting.territoryID, now: now, in: db)
        let covers: (Range<Instant>) -> Bool = { time in away.contains { $0.overlaps(time) } }
        let hidden = rows.sorted().flatMap(\.busy).filter(covers).count
        return Covered(appointments: rows.appointments.filter { $0.status == .upcoming && covers($0.time) }, hidden: hidden)
    }
}
