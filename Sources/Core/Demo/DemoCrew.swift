import Foundation
import Scheduling
import Store

/// The staff of the demo by organization: who follows whom, and who answers at reception.
struct DemoCrew: Sendable {
    let all: [DemoAgent]
    private let workers: [[DemoService: [DemoAgent]]]
    private let receptions: [[ID<Agent>]]

    init(_ demo: Demo) {
        let staff = demo.staff
        all = staff
        let byOrganization = (0..<demo.size.organizations).map { organization in staff.filter { $0.organization == organization } }
        workers = byOrganization.map { agents in
            Dictionary(grouping: agents.filter { $0.role == .worker }) { $0.service ?? .social }
        }
        receptions = byOrganization.map { agents in agents.filter { $0.job == .reception }.map(\.agent.id) }
    }

    func colleagues(of organization: Int, in service: DemoService) -> [DemoAgent] { workers[organization][service] ?? [] }
    func reception(of organization: Int) -> [ID<Agent>] { receptions[organization] }

    func caseload(of agent: DemoAgent, in demo: Demo) -> DemoCaseload? {
        guard agent.role == .worker, let service = agent.service else { return nil }
        return DemoCaseload(
            service, people: demo.size.people(of: agent.organization), rank: agent.rank,
            colleagues: colleagues(of: agent.organization, in: service).count)
    }

    /// The agent who follows someone in a service, if they are followed there.
    func referent(of person: Int, in service: DemoService, demo: Demo) -> DemoAgent? {
        let organization = demo.organization(of: person)
        let colleagues = colleagues(of: organization, in: service)
        guard DemoCaseload.isFollowed(person, by: service), !colleagues.isEmpty else { return nil }
        let people = demo.size.people(of: organization)
        return DemoCaseload.rank(for: person, of: people, in: service, colleagues: colleagues.count).map { colleagues[$0] }
    }
}
