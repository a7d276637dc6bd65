import Core
import Scheduling

/// A slot as the value of a form's field: when, with whom, where.
struct SlotKey: Sendable, Hashable, CustomStringConvertible {
    let start: Instant
    let agentID: ID<Agent>
    let organizationID: ID<Organization>
    let siteID: ID<Site>?
    /// Who receives with the agent.
    let colleagueIDs: [ID<Agent>]

    init(_ slot: Slot) {
        (start, agentID, organizationID, siteID) = (slot.start, slot.agentID, slot.organizationID, slot.siteID)
        colleagueIDs = slot.colleagueIDs
    }

    init?(_ text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4, let seconds = Int64(parts[0]), let agent = ID<Agent>(parts[1]), let house = ID<Organization>(parts[2])
        else { return nil }
        let site = ID<Site>(parts[3])
        guard site != nil || parts[3].isEmpty else { return nil }
        (start, agentID, organizationID, siteID) = (Instant(seconds), agent, house, site)
        let colleagues = parts.dropFirst(4).map { ID<Agent>($0) }
        guard !colleagues.contains(nil) else { return nil }
        colleagueIDs = colleagues.compactMap { $0 }
    }

    var description: String {
        (["\(start.rawValue)_\(agentID)_\(organizationID)_\(siteID?.description ?? "")"] + colleagueIDs.map(\.description))
            .joined(separator: "_")
    }
}
