import Scheduling
import Store

extension Agent {
    public static func services(of agent: ID<Agent>, of territory: Int64, in db: Reader) throws -> Set<ID<Service>> {
        Set(try db.all("SELECT service_id FROM agent_service WHERE territory_id = \(territory) AND agent_id = \(agent)") { try $0[0] })
    }

    /// Of everyone, for lists.
    public static func servicesOfAll(of territory: Int64, in db: Reader) throws -> [ID<Agent>: Set<ID<Service>>] {
        var services: [ID<Agent>: Set<ID<Service>>] = [:]
        try db.forEach("SELECT agent_id, service_id FROM agent_service WHERE territory_id = \(territory)") { row in
            services[try row[0], default: []].insert(try row[1])
        }
        return services
    }

    /// Makes these the services of the agent, which decide what they see and for what they can be booked.
    /// - Throws: ``Refusal/notFound`` for an agent of elsewhere; a ``Refusal`` beside `services` for an unknown service.
    public static func setServices(
        _ services: Set<ID<Service>>, of agent: ID<Agent>, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        try acting.require(.setUpTerritory)
        try lockCalendars([agent], of: acting.territoryID, in: db)
        let known = try Service.all(of: acting.territoryID, in: db)
        guard services.isSubset(of: known.map(\.id)) else {
            throw Refusal.field("service_ids", "unknown-service", "Choisissez des services de la liste.")
        }
        let before = try self.services(of: agent, of: acting.territoryID, in: db)
        guard before != services else { return }
        for service in before.subtracting(services).sorted() {
            try Workload.of(agent, in: service, of: acting.territoryID, at: now, in: db).check()
            try db.run(
                "DELETE FROM agent_service WHERE territory_id = \(acting.territoryID) AND agent_id = \(agent) AND service_id = \(service)")
        }
        for service in services.subtracting(before).sorted() {
            try db.run(
                "INSERT INTO agent_service (territory_id, agent_id, service_id) VALUES (\(acting.territoryID), \(agent), \(service))")
        }
        let names = { (ids: Set<ID<Service>>) in known.filter { ids.contains($0.id) }.map(\.name).joined(separator: ", ") }
        try Journal.record(
            .changed, about: agent.uuid, ["what": "agent-services", "services.before": names(before), "services.after": names(services)],
            by: acting, at: now, in: db)
    }
}
