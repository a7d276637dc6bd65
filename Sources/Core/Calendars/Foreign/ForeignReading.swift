import Foundation
import Scheduling
import Store

/// One reading of a foreign calendar by one worker: while it lasts no other reads it, on whatever node.
public struct ForeignReading: Sendable, Equatable {
    public let calendar: ForeignCalendar
    public let territory: Territory
    /// The mark of what was read last (`ETag`), when it may be asked whether that still stands.
    public let tag: String?
    let lease: UUID
    let failures: Int

    /// Seconds after which another worker takes over: longer than any reading.
    static let seconds = 120
    /// Minutes between readings, and the longest wait after failures.
    static let minutes = 15, longestWait = 6 * 60
    /// Days around today that are read: what slots are looked for in, and what agendas show.
    static let daysBehind = 28, daysAhead = 7 * (Calendars.weeksAhead + 1)

    /// What came of it.
    public enum Outcome: Sendable, Equatable {
        case read([Range<Instant>], tag: String?)
        /// As it was.
        case same
        case failed(ForeignCalendar.Trouble)
    }

    /// The times that are to be read.
    public func window(at now: Instant) -> Range<Instant> {
        let (zone, today) = (territory.zone, territory.zone.civil(now).date)
        return zone.instant(today.adding(days: -Self.daysBehind), minute: 0)..<zone.instant(today.adding(days: Self.daysAhead), minute: 0)
    }
}

extension ForeignReading {
    /// Takes the calendar that has waited longest.
    /// - Returns: `nil` when none is due: a read alone then.
    public static func take(at now: Instant, in store: Store) async throws -> ForeignReading? {
        let isDue = try await store.read { db in
            try db.exists("SELECT 1 FROM foreign_calendar WHERE due_at <= \(now) AND leased_until <= \(now) LIMIT 1")
        }
        return isDue ? try await store.claim { db in try take(at: now, in: db) } : nil
    }

    private static func take(at now: Instant, in db: Writer) throws -> ForeignReading? {
        let found = try db.first(
            """
            SELECT \(ForeignCalendar.columns), foreign_calendar.tag, foreign_calendar.whole_at, foreign_calendar.failures
            FROM foreign_calendar
            WHERE foreign_calendar.due_at <= \(now) AND foreign_calendar.leased_until <= \(now)
              AND EXISTS (SELECT 1 FROM agent WHERE agent.territory_id = foreign_calendar.territory_id
                AND agent.id = foreign_calendar.agent_id AND agent.disabled_at IS NULL)
            ORDER BY foreign_calendar.due_at, foreign_calendar.id LIMIT 1\(lock: .freeRows)
            """
        ) { row in
            let next = ForeignCalendar.columnCount
            return (try ForeignCalendar(row), tag: try row[next] as String?, whole: try row[next + 1] as Instant?, try row[next + 2] as Int)
        }
        guard let (calendar, tag, whole, failures) = found, let territory = try Territory.find(calendar.territoryID, in: db) else {
            return nil
        }
        // Days go by: once a day it is read whole, or nothing would ever be known of the day that comes into sight.
        let isRecent = whole.map { now < $0.adding(days: 1) } ?? false
        let reading = ForeignReading(
            calendar: calendar, territory: territory, tag: isRecent ? tag : nil,
            lease: .version7(milliseconds: UInt64(now.rawValue) * 1000), failures: failures)
        try db.run(
            """
            UPDATE foreign_calendar SET lease = \(reading.lease), leased_until = \(now.adding(seconds: seconds))
            WHERE territory_id = \(calendar.territoryID) AND id = \(calendar.id)
            """)
        return reading
    }
}

extension ForeignReading {
    /// Writes what a reading came to. What is taken is written anew when it changed, under the lock of its agent's calendar.
    public func record(_ outcome: Outcome, chance: Double = .random(in: 0...1), at now: Instant, in store: Store) async throws {
        try await store.claim { db in
            guard try isOurs(in: db) else { return }
            switch outcome {
            case .read(let times, let tag):
                if try known(in: db) != times { try replace(with: times, at: now, in: db) }
                try settle(
                    "good_at = \(now), whole_at = \(now), trouble = NULL, failures = 0, tag = \(tag)", next(0, chance, now), now, in: db)
            case .same:
                try settle("good_at = \(now), trouble = NULL, failures = 0", next(0, chance, now), now, in: db)
            case .failed(let trouble):
                try forgetIfOld(at: now, in: db)
                try settle("trouble = \(trouble), failures = failures + 1", next(failures + 1, chance, now), now, in: db)
            }
        }
    }

    /// Its agent may have taken it off meanwhile.
    private func isOurs(in db: Reader) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM foreign_calendar WHERE territory_id = \(calendar.territoryID) AND id = \(calendar.id) AND lease = \(lease)
            """)
    }

    private func known(in db: Reader) throws -> [Range<Instant>] {
        try db.all(
            """
            SELECT starts_at, ends_at FROM foreign_busy WHERE territory_id = \(calendar.territoryID) AND agent_id = \(calendar.agentID)
              AND calendar_id = \(calendar.id) ORDER BY starts_at
            """
        ) { try $0[0]..<(try $0[1]) }
    }

    private func replace(with times: [Range<Instant>], at now: Instant, in db: Writer) throws {
        try Agent.lockCalendars([calendar.agentID], of: calendar.territoryID, in: db)
        try calendar.forgetTimes(in: db)
        for start in stride(from: 0, to: times.count, by: 200) {
            let rows = times[start..<min(start + 200, times.count)].map { time -> SQL in
                """
                (\(calendar.territoryID), \(calendar.agentID), \(calendar.id), \(time.lowerBound), \(time.upperBound))
                """
            }
            try db.run(
                """
                INSERT INTO foreign_busy (territory_id, agent_id, calendar_id, starts_at, ends_at) VALUES \(SQL(joined: rows, by: ", "))
                """)
        }
        let facts = calendar.facts.merging(["times": String(times.count)]) { $1 }
        try Journal.record(.changed, about: calendar.id.uuid, facts, by: .system, of: calendar.territoryID, at: now, in: db)
    }

    /// The last times known count some days more, and no longer: nobody is to be unbookable for ever because an address has gone.
    private func forgetIfOld(at now: Instant, in db: Writer) throws {
        let isOld = calendar.goodAt.map { $0.adding(days: ForeignCalendar.keptDays) <= now } ?? true
        if isOld, try !known(in: db).isEmpty { try replace(with: [], at: now, in: db) }
    }

    private func settle(_ what: SQL, _ next: Instant, _ now: Instant, in db: Writer) throws {
        try db.run(
            """
            UPDATE foreign_calendar SET \(what), checked_at = \(now), due_at = \(next), lease = NULL, leased_until = 0
            WHERE territory_id = \(calendar.territoryID) AND id = \(calendar.id)
            """)
    }

    /// Twice as late after each failure; a fifth around, so that those of one server do not all come at once.
    private func next(_ failures: Int, _ chance: Double, _ now: Instant) -> Instant {
        let wait = min(Double(Self.minutes) * pow(2, Double(min(failures, 10))), Double(Self.longestWait))
        return now.adding(seconds: Int(wait * 60 * (0.8 + 0.4 * chance)))
    }
}
