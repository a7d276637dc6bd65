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
    /// What follows it: when, what for, with whom, where.
    let next: Next?

    struct Next: Sendable, Hashable, CustomStringConvertible {
        let start: Instant
        let reasonID: ID<Reason>
        let agentID: ID<Agent>
        let siteID: ID<Site>?

        init(_ slot: NextSlot) { (start, reasonID, agentID, siteID) = (slot.start, slot.reasonID, slot.agentID, slot.siteID) }

        init?(_ text: Substring) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 4, let seconds = Int64(parts[0]), let reason = ID<Reason>(parts[1]), let agent = ID<Agent>(parts[2])
            else { return nil }
            (start, reasonID, agentID, siteID) = (Instant(seconds), reason, agent, ID<Site>(parts[3]))
        }

        var description: String { "\(start.rawValue).\(reasonID).\(agentID).\(siteID?.description ?? "")" }
    }

    init(_ slot: Slot) {
        (start, agentID, organizationID, siteID) = (slot.start, slot.agentID, slot.organizationID, slot.siteID)
        (colleagueIDs, resourceIDs, next) = (slot.colleagueIDs, slot.resourceIDs, slot.next.map(Next.init))
    }

    init?(_ text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4, let seconds = Int64(parts[0]), let agent = ID<Agent>(parts[1]), let house = ID<Organization>(parts[2])
        else { return nil }
        let site = ID<Site>(parts[3])
        guard site != nil || parts[3].isEmpty else { return nil }
        (start, agentID, organizationID, siteID) = (Instant(seconds), agent, house, site)
        let after = parts.dropFirst(4).last.flatMap { $0.hasPrefix("n") ? Next($0.dropFirst()) : nil }
        next = after
        let more = after == nil ? parts.dropFirst(4) : parts.dropFirst(4).dropLast(), resources = more.filter { $0.hasPrefix("r") }
        colleagueIDs = more.filter { !$0.hasPrefix("r") }.compactMap { ID<Agent>($0) }
        resourceIDs = resources.compactMap { ID<Resource>(String($0.dropFirst())) }
        guard colleagueIDs.count + resourceIDs.count == more.count else { return nil }
    }

    /// It is still what is looked for.
    func answers(_ query: SlotQuery) -> Bool {
        colleagueIDs.isEmpty == (query.colleagueIDs.isEmpty && !query.forTwo) && resourceIDs.count == query.resources.count
            && next?.reasonID == query.thenReasonID
    }

    func isHeld(_ hold: Hold) -> Bool { agentID == hold.agentID && start == hold.time.lowerBound }

    /// The slot again.
    /// - Parameter minutes: how long a reason takes.
    func slot(minutes: (ID<Reason>) -> Int, _ reason: ID<Reason>) -> Slot {
        var slot = Slot(
            start: start, minutes: minutes(reason), organizationID: organizationID, siteID: siteID, agentID: agentID, because: .leastBusy,
            count: 1, colleagueIDs: colleagueIDs)
        slot.resourceIDs = resourceIDs
        slot.next = next.map {
            NextSlot(start: $0.start, minutes: minutes($0.reasonID), reasonID: $0.reasonID, agentID: $0.agentID, siteID: $0.siteID)
        }
        return slot
    }

    var description: String {
        (["\(start.rawValue)_\(agentID)_\(organizationID)_\(siteID?.description ?? "")"] + colleagueIDs.map(\.description)
            + resourceIDs.map { "r\($0)" }
            + (next.map { ["n\($0)"] } ?? []))
            .joined(separator: "_")
    }
}
