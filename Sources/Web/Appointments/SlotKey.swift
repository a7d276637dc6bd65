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
    /// What is reserved with it.
    let resourceIDs: [ID<Resource>]

    init(_ slot: Slot) {
        (start, agentID, organizationID, siteID) = (slot.start, slot.agentID, slot.organizationID, slot.siteID)
        (colleagueIDs, resourceIDs) = (slot.colleagueIDs, slot.resourceIDs)
    }

    init?(_ text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4, let seconds = Int64(parts[0]), let agent = ID<Agent>(parts[1]), let house = ID<Organization>(parts[2])
        else { return nil }
        let site = ID<Site>(parts[3])
        guard site != nil || parts[3].isEmpty else { return nil }
        (start, agentID, organizationID, siteID) = (Instant(seconds), agent, house, site)
        let more = parts.dropFirst(4), resources = more.filter { $0.hasPrefix("r") }
        colleagueIDs = more.filter { !$0.hasPrefix("r") }.compactMap { ID<Agent>($0) }
        resourceIDs = resources.compactMap { ID<Resource>(String($0.dropFirst())) }
        guard colleagueIDs.count + resourceIDs.count == more.count else { return nil }
    }

    var description: String {
        (["\(start.rawValue)_\(agentID)_\(organizationID)_\(siteID?.description ?? "")"] + colleagueIDs.map(\.description)
            + resourceIDs.map { "r\($0)" })
            .joined(separator: "_")
    }
}
