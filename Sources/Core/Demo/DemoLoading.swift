import Foundation
import Scheduling
import Store

extension Demo {
    /// Where the loading stands, for whoever waits.
    public typealias Progress = @Sendable (String) -> Void

    /// Loads everything into a database whose schema is current and that has no such territory yet.
    ///
    /// Batch by batch, in constant memory; each is made while the one before it is written.
    public func load(in store: Store, progress: @escaping Progress = { _ in }) async throws {
        let crew = DemoCrew(self)
        let password = try DemoPassword.hash(seed: seed)
        try await store.bulk { db in try insertHouses(in: db) }
        try await store.bulk { db in try insertStaff(crew, password: password, in: db) }
        progress("\(crew.all.count) agents in \(size.organizations) organizations")
        try await loadPeople(crew, in: store, progress)
        try await store.bulk { db in try insertDetails(in: db) }
        try await loadAppointments(crew, in: store, progress)
        try await store.bulk { db in try insertMessages(crew, in: db) }
        while try await Journal.seal(limit: 20_000, in: store) > 0 {}
        progress("now the figures")
        try await FigureKeeping.keep(at: now, in: store)
        try await FirstFree.keep(with: Calendars(), at: now, in: store)
        try await Demo.finish(in: store)
    }

    private func loadPeople(_ crew: DemoCrew, in store: Store, _ progress: @escaping Progress) async throws {
        let people = size.people
        try await stream(batches: (people + 9_999) / 10_000, in: store) { batch in
            files(batch * 10_000..<min((batch + 1) * 10_000, people), crew: crew)
        } loaded: {
            if $0 % 10 == 9 { progress("\(($0 + 1) * 10_000) people") }
        }
        progress("\(people) people; now the index to find them")
        let wide = wideTokens()
        try await stream(batches: (wide.count + 49_999) / 50_000, in: store) { batch in
            rows(wide[batch * 50_000..<min((batch + 1) * 50_000, wide.count)])
        }
        try await stream(batches: size.organizations, in: store) { tokens(of: $0) }
    }

    private func loadAppointments(_ crew: DemoCrew, in store: Store, _ progress: @escaping Progress) async throws {
        let workers = crew.all.filter { $0.role == .worker }
        let sites = sites
        try await stream(batches: workers.count, in: store) { index in
            appointments(of: workers[index], crew, at: sites)
        } loaded: {
            if $0 % 100 == 99 { progress("the agendas of \($0 + 1) workers") }
        }
        progress("the agendas of \(workers.count) workers")
    }

    private func appointments(of agent: DemoAgent, _ crew: DemoCrew, at sites: [DemoSite]) -> DemoRows {
        guard let caseload = crew.caseload(of: agent, in: self) else { return DemoRows(of: territoryID) }
        let own = sites.filter { $0.organization == agent.organization }.map(\.site)
        var agenda = DemoAgenda(
            agent, openings: openings(of: agent, at: own), absences: absences(of: agent), caseload: caseload, demo: self)
        var booked = DemoBooked(agent, demo: self, reception: crew.reception(of: agent.organization))
        for visit in agenda.visits() { booked.add(visit) }
        return booked.sortedRows
    }

    private func stream(
        batches: Int, in store: Store, _ make: @escaping @Sendable (Int) -> DemoRows, loaded: (Int) -> Void = { _ in }
    ) async throws {
        guard batches > 0 else { return }
        var rows = make(0)
        for batch in 0..<batches {
            async let next = batch + 1 < batches ? make(batch + 1) : nil
            try await store.bulk { [rows] db in try rows.load(in: db) }
            loaded(batch)
            if let made = await next { rows = made }
        }
    }
}

extension DemoBooked {
    /// Claims in the order of their key: holder, then time.
    var sortedRows: DemoRows {
        var sorted = rows
        sorted.sort("claim") { left, right in
            guard case .uuid(let one) = left[1], case .uuid(let other) = right[1], one != other else {
                return Self.number(left[2]) < Self.number(right[2])
            }
            return ID<Claim>(one) < ID<Claim>(other)
        }
        return sorted
    }

    private static func number(_ value: SQLValue) -> Int64 { if case .integer(let number) = value { number } else { 0 } }
}
