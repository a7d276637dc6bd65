import Scheduling
import Store

/// An opening as it stands in an agenda: what it is for and where, as far as the reader may know.
public struct AgendaOpening: Sendable, Equatable {
    public var opening: Opening
    /// Names of the reasons that the reader may know.
    public var reasons: [String] = []
    /// Of the reasons that the reader may know.
    public var purposes: [Purpose] = []
    /// Of a permanence: the name of its service, empty when the reader may not know it.
    public var permanence: String?
    /// The site's name, or the ad hoc place.
    public let place: String

    /// What one of its reasons is, for who looks for some only.
    public struct Purpose: Sendable, Equatable {
        public let reasonID: ID<Reason>
        public let serviceID: ID<Service>
        public let how: How
    }

    public init(opening: Opening, reasons: [String] = [], purposes: [Purpose] = [], place: String) {
        self.opening = opening
        self.reasons = reasons
        self.purposes = purposes
        self.place = place
    }
}

extension AgendaOpening {
    /// Every opening of some agents that may still happen on or after a day, in the organizations of the reader, oldest first.
    public static func read(of agents: [ID<Agent>], from date: CivilDate, seenBy acting: Acting, in db: Reader) throws -> [AgendaOpening] {
        let which: SQL = """
            opening.territory_id = \(acting.territoryID) AND opening.agent_id IN \(list: agents)
              AND \(Opening.mayHappen(from: date))
              AND (opening.agent_id = \(acting.agent.id) OR opening.organization_id IN \(list: acting.roles.keys.sorted()))
            """
        var found = try bare(which, seenBy: acting, in: db)
        let places = Dictionary(uniqueKeysWithValues: found.enumerated().map { ($1.opening.id, $0) })
        try db.forEach(
            """
            SELECT opening.id, reason.id, \(known(to: acting)), reason.name, reason.service_id, reason.how
            FROM opening CROSS JOIN opening_reason CROSS JOIN reason CROSS JOIN service
            WHERE \(which) AND opening_reason.territory_id = opening.territory_id AND opening_reason.opening_id = opening.id
              AND reason.territory_id = opening_reason.territory_id AND reason.id = opening_reason.reason_id
              AND service.territory_id = reason.territory_id AND service.id = reason.service_id
            ORDER BY reason.name, reason.id
            """
        ) { row in
            guard let place = places[try row[0]] else { return }
            found[place].opening.reasonIDs.insert(try row[1])
            guard try row[2] else { return }
            found[place].reasons.append(try row[3])
            found[place].purposes.append(
                Purpose(reasonID: try row[1], serviceID: try row[4], how: try row[5]))
        }
        return found
    }

    private static func bare(_ which: SQL, seenBy acting: Acting, in db: Reader) throws -> [AgendaOpening] {
        let query: SQL = """
            SELECT \(Opening.wholeColumns), coalesce(site.name, opening.place), service.name, service.secret FROM opening \(Opening.withExceptions)
            LEFT JOIN site ON site.territory_id = opening.territory_id AND site.id = opening.site_id
            LEFT JOIN permanence ON permanence.territory_id = opening.territory_id AND permanence.opening_id = opening.id
            LEFT JOIN service ON service.territory_id = permanence.territory_id AND service.id = permanence.service_id
            WHERE \(which) ORDER BY opening.first_date, opening.start_minute, opening.id
            """
        return try Opening.gather(query, in: db) {
            var shown = AgendaOpening(opening: $0, place: try $1[Opening.wholeCount])
            if let service = $0.permanenceOf, let name = try $1[Opening.wholeCount + 1] as String? {
                let isKnown = acting.mayKnow(Service(id: service, name: name, secret: try $1[Opening.wholeCount + 2]))
                shown.permanence = isKnown || shown.opening.agentID == acting.agent.id ? name : ""
            }
            return shown
        } _: {
            $0.opening.stretch = $1
        }
    }

    /// A secret service's reasons are named to its own members and to who sees every appointment. An empty list compares as NULL.
    private static func known(to acting: Acting) -> SQL {
        """
        coalesce(NOT service.secret OR opening.agent_id = \(acting.agent.id) OR service.id IN \(list: acting.services.sorted())
          OR opening.organization_id IN \(list: acting.organizations(with: .seeEveryAppointment)), FALSE)
        """
    }
}
