import Foundation
import Scheduling
import Store

/// Someone who works in the demo.
struct DemoAgent: Sendable {
    enum Job: Sendable, Equatable {
        case manager, reception, worker(DemoService), caller, admin, administrator, dataProtection
    }

    /// From 0, in the order of the organizations.
    let number: Int
    let organization: Int
    let job: Job
    /// Which of those who do this job in the organization, from 0.
    let rank: Int
    let agent: Agent

    var service: DemoService? {
        switch job {
        case .worker(let service): service
        case .manager: .social
        default: nil
        }
    }

    var role: Role? {
        switch job {
        case .manager: .manager
        case .reception: .reception
        case .worker: .worker
        case .caller: .caller
        case .admin: .admin
        case .administrator, .dataProtection: nil
        }
    }

    var territoryRole: TerritoryRole? {
        switch job {
        case .administrator: .administrator
        case .dataProtection: .dataProtection
        default: nil
        }
    }
}

extension Demo {
    var staff: [DemoAgent] {
        (0..<size.organizations).flatMap { organization in
            var ranks: [String: Int] = [:]
            return jobs(of: organization).enumerated().map { position, job in
                let rank = ranks["\(job)", default: 0]
                ranks["\(job)"] = rank + 1
                return agent(organization * size.agentsEach + position, organization, job, rank)
            }
        }
    }

    /// Of ten, three are social workers, two work in PMI, two at reception; one is the manager, one sets up, one calls.
    private func jobs(of organization: Int) -> [DemoAgent.Job] {
        var jobs: [DemoAgent.Job] = [.manager, .admin, lastJob(of: organization)]
        jobs += Array(repeating: .reception, count: max(2, size.agentsEach / 13))
        jobs += Array(repeating: .worker(.pmi), count: max(1, size.agentsEach / 5))
        jobs += Array(repeating: .worker(.childProtection), count: max(size.agentsEach / 20, organization % 2))
        return jobs + Array(repeating: .worker(.social), count: max(size.agentsEach - jobs.count, 1))
    }

    /// The last two organizations have no caller: they lend the administrator and the data-protection officer.
    private func lastJob(of organization: Int) -> DemoAgent.Job {
        switch organization {
        case size.organizations - 1: .dataProtection
        case size.organizations - 2: .administrator
        default: .caller
        }
    }

    private func agent(_ number: Int, _ organization: Int, _ job: DemoAgent.Job, _ rank: Int) -> DemoAgent {
        var dice = Dice(seed, .agent, number)
        let origin = dice.pick([(DemoNames.Origin.basque, 40), (.bearnais, 40), (.french, 20)])
        let given = DemoNames.given(origin, woman: dice.chance(78), &dice)
        let family = DemoNames.family(origin, &dice)
        // One worker in twenty has an agenda and no login: an « intervenant ».
        let hasLogin = rank == 0 || job == .reception || !dice.chance(6)
        let email = hasLogin ? login(job, rank, organization, given, family, number) : nil
        return DemoAgent(
            number: number, organization: organization, job: job, rank: rank,
            agent: Agent(territoryID: territoryID, id: ids.make(.agent, number), firstName: given, lastName: family, email: email))
    }

    /// « accueil.orthez » for the first of each job; a name otherwise.
    private func login(_ job: DemoAgent.Job, _ rank: Int, _ organization: Int, _ given: String, _ family: String, _ number: Int) -> String {
        let town = Self.plain(places.towns[organization].name)
        let name: String =
            switch (job, rank) {
            case (.administrator, _): "administrateur"
            case (.dataProtection, _): "donnees"
            case (.manager, 0): "responsable.\(town)"
            case (.admin, 0): "reglages.\(town)"
            case (.caller, 0): "appels.\(town)"
            case (.reception, 0): "accueil.\(town)"
            case (.worker(.social), 0): "social.\(town)"
            case (.worker(.pmi), 0): "pmi.\(town)"
            case (.worker(.childProtection), 0): "enfance.\(town)"
            default: "\(Self.plain(given)).\(Self.plain(family)).\(number)"
            }
        return name + "@example.org"
    }

    /// Lower case, ASCII letters and hyphens.
    static func plain(_ name: String) -> String {
        Folding.words(of: name).joined(separator: "-")
    }
}
