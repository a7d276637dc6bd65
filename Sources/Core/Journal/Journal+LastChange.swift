import Foundation
import Scheduling
import Store

extension Journal {
    /// Who last changed a thing of an agenda, and when.
    public static func lastChange(of subject: UUID, of territory: Int64, in db: Reader) throws -> (agentName: String, at: Instant)? {
        try db.first(
            """
            SELECT agent.first_name, agent.last_name, journal_header.at FROM journal_header
            JOIN agent ON agent.territory_id = journal_header.territory_id AND agent.id = journal_header.actor_id
            WHERE journal_header.territory_id = \(territory) AND journal_header.subject_id = \(subject)
              AND journal_header.act IN \(list: [Act.created, .changed])
            ORDER BY journal_header.at DESC, journal_header.id DESC LIMIT 1
            """
        ) { (Agent(territoryID: territory, firstName: try $0[0], lastName: try $0[1]).name, try $0[2]) }
    }
}
