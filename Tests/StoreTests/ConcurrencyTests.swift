import Store
import TestKit
import Testing

private let accounts = 20
private let seats = 7

private let schema = Migration(
    "accounts",
    [
        """
        CREATE TABLE account (id \(type: .bigint, "id") NOT NULL PRIMARY KEY, amount \(type: .bigint, "amount") NOT NULL,
          version \(type: .bigint, "version") NOT NULL)
        """,
        "CREATE TABLE seat (id \(type: .bigint, "id") NOT NULL PRIMARY KEY, account_id \(type: .bigint, "account_id") NOT NULL)",
        "CREATE INDEX seat_account ON seat (account_id)",
    ])

/// What one of the concurrent writers does; the number is its own.
private enum Work {
    /// Reads the amount, then writes it one greater: the classic lost update.
    case increment(Int)
    /// Moves one from an account to another.
    case transfer(Int, Int)
    /// Takes a seat if fewer than seven are taken: nothing but isolation keeps the eighth out.
    case sit(Int)
    /// Locks by bumping first, as a booking does.
    case bump(Int)

    static func number(_ number: Int) -> Work {
        let account = number / 4 % accounts
        switch number % 4 {
        case 0: return .increment(account)
        case 1: return .transfer(account, (account + 7) % accounts)
        case 2: return .sit(account)
        default: return .bump(account)
        }
    }

    func apply(_ db: Writer, _ number: Int) throws {
        switch self {
        case .increment(let account): try Self.add(1, to: account, db)
        case .transfer(let from, let to):
            try Self.add(-1, to: from, db)
            try Self.add(1, to: to, db)
        case .sit(let account):
            let taken: Int = try db.first("SELECT count(*) FROM seat WHERE account_id = \(account)") { row in try row[0] } ?? 0
            if taken < seats { try db.run("INSERT INTO seat (id, account_id) VALUES (\(number), \(account))") }
        case .bump(let account): try db.run("UPDATE account SET version = version + 1 WHERE id = \(account)")
        }
    }

    private static func add(_ delta: Int, to account: Int, _ db: Writer) throws {
        let amount: Int = try db.first("SELECT amount FROM account WHERE id = \(account)") { row in try row[0] } ?? 0
        try db.run("UPDATE account SET amount = \(amount + delta) WHERE id = \(account)")
    }
}

@Suite struct ConcurrencyTests {
    @Test("10,000 writers at once lose no update", arguments: Engine.available)
    func mixed(_ engine: Engine) async throws {
        let total = 10_000
        let tries = Counter()
        try await engine.withStore([schema], options: Store.Options(connections: 8, wait: .seconds(60), durability: .normal)) { store in
            try await store.write { db in
                for id in 0..<accounts { try db.run("INSERT INTO account (id, amount, version) VALUES (\(id), 0, 0)") }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<50 {
                    group.addTask {
                        for number in stride(from: worker, to: total, by: 50) { try await Self.run(.number(number), number, store, tries) }
                    }
                }
                try await group.waitForAll()
            }
            let sums = try await store.integers("SELECT sum(amount) FROM account")
            let versions = try await store.integers("SELECT version FROM account")
            let taken = try await store.integers("SELECT count(*) FROM seat GROUP BY account_id")
            #expect(sums == [total / 4])
            #expect(versions == Array(repeating: total / 4 / accounts, count: accounts))
            #expect(taken == Array(repeating: seats, count: accounts))
        }
        // On PostgreSQL some must have been in each other's way, or nothing was tried; on SQLite none can be.
        if engine == .postgres { #expect(tries.value > total) } else { #expect(tries.value == total) }
    }

    private static func run(_ work: Work, _ number: Int, _ store: Store, _ tries: Counter) async throws {
        let body = { @Sendable (db: Writer) in
            tries.add()
            try work.apply(db, number)
        }
        if case .bump = work { try await store.claim(body) } else { try await store.write(body) }
    }

    @Test("two that lock the same rows in opposite orders both end", arguments: Engine.available)
    func deadlock(_ engine: Engine) async throws {
        try await engine.withStore([schema], options: Store.Options(connections: 4)) { store in
            try await store.write { db in try db.run("INSERT INTO account (id, amount, version) VALUES (1, 0, 0), (2, 0, 0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (first, second) in [(1, 2), (2, 1)] {
                    group.addTask {
                        for _ in 0..<5 {
                            try await store.claim { db in
                                try db.run("UPDATE account SET amount = amount + 1 WHERE id = \(first)")
                                try db.run("UPDATE account SET amount = amount + 1 WHERE id = \(second)")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let amounts = try await store.integers("SELECT amount FROM account")
            #expect(amounts == [10, 10])
        }
    }

    @Test("those who read and leave a trace are never in each other's way", arguments: Engine.available)
    func traces(_ engine: Engine) async throws {
        let (readers, times) = (16, 25)
        let tries = Counter()
        try await engine.withStore([schema], options: Store.Options(connections: 8, wait: .seconds(60), durability: .normal)) { store in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for reader in 0..<readers {
                    group.addTask {
                        for time in 0..<times {
                            try await store.record { db in
                                tries.add()
                                // Both tables are small: PostgreSQL reads them whole.
                                let _: [Int] = try db.all("SELECT account_id FROM seat WHERE id < 0") { try $0[0] }
                                let number = reader * times + time
                                try db.run("INSERT INTO seat (id, account_id) VALUES (\(number), \(reader))")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.integers("SELECT count(*) FROM seat") == [readers * times])
        }
        #expect(tries.value == readers * times)
    }

    @Test("a transaction that always conflicts ends with an error, not with a loop")
    func tooMany() async throws {
        guard Engine.available.contains(.postgres) else { return }
        try await Engine.postgres.withStore { store in
            let tries = Counter()
            await #expect(throws: StoreError.tooManyRetries) {
                try await store.write { db in
                    tries.add()
                    try db.run("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$")
                }
            }
            #expect(tries.value == 20)
        }
    }
}
