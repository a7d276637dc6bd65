import Core
import Scheduling
import Store

/// What the workers of reminders ask every few seconds, whether there is something to do or not, over ten thousand appointments to come,
/// `scale` times that.
struct DueBench {
    private static let looks = 200, found = 30, rounds = 5
    /// Half of the appointments of ``PagesWorld`` are later.
    private static let now = AgendaShape.now.adding(days: -42)
    /// Beyond the longest delay, and the days that a reminder is written ahead.
    private static let horizon = now.adding(days: 14)

    let request: BenchRequest
    let scale: Int

    func run() async throws -> [BenchRow] {
        let world = try PagesWorld(scale: scale)
        return try await BenchDatabase.with(request) { url in
            try await BenchDatabase.open(url) { store in
                request.progress("  loading")
                try await world.load(into: store, request.progress)
                try await store.bulk { db in try db.run("UPDATE appointment SET reminded = TRUE WHERE starts_at <= \(Self.horizon)") }
                try await store.settle()
                request.progress("  looking for what is due")
                return try await rows(store)
            }
        }
    }

    private func rows(_ store: Store) async throws -> [BenchRow] {
        var idle = Samples(), messages = Samples(), each = Samples()
        for _ in 0..<Self.looks {
            idle.add(try await ContinuousClock.milliseconds { try await find(0, store) })
            messages.add(
                try await ContinuousClock.milliseconds {
                    let batch = try await Sending.take(8, by: HandingOver.carrier, at: Self.now, in: store)
                    guard batch.seen == 0 else { throw BenchFailure("nothing was to be sent yet") }
                })
        }
        for round in 0..<Self.rounds {
            try await lack(round, store)
            each.add(try await ContinuousClock.milliseconds { try await find(Self.found, store) } / Double(Self.found))
        }
        let ahead: Int = try await store.read { db in
            try db.first("SELECT count(*) FROM appointment WHERE starts_at > \(Self.now)") { try $0[0] } ?? 0
        }
        return [
            .count("due/appointments", Double(ahead), of: ahead, []), .time("due/reminders", idle, [.p99AtMost(20)]),
            .time("due/messages", messages, [.p99AtMost(20)]), .time("due/reminder-written", each),
        ]
    }

    private func find(_ count: Int, _ store: Store) async throws {
        let looked = try await Reminder.find(at: Self.now, in: store)
        guard looked == count else { throw BenchFailure("\(looked) appointments were looked at, \(count) lacked a reminder") }
    }

    /// As many others each time.
    private func lack(_ round: Int, _ store: Store) async throws {
        try await store.write { db in
            try db.run(
                """
                UPDATE appointment SET reminded = FALSE WHERE id IN (SELECT id FROM appointment
                  WHERE starts_at > \(Self.now) AND starts_at <= \(Self.now.adding(days: 2))
                  ORDER BY starts_at, id LIMIT \(Self.found) OFFSET \(round * Self.found))
                """)
        }
    }
}
