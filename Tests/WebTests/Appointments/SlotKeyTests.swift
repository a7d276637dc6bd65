import Core
import Scheduling
import Testing

@testable import Web

@Suite("A slot in a form")
struct SlotKeyTests {
    private func slot() -> Slot {
        var slot = Slot(
            start: Instant(1_796_000_000), minutes: 30, organizationID: .new(), siteID: .new(), agentID: .new(), because: .leastBusy,
            count: 1,
            colleagueIDs: [.new()])
        slot.resourceIDs = [.new()]
        slot.next = NextSlot(start: slot.start.adding(minutes: 30), minutes: 45, reasonID: .new(), agentID: .new(), siteID: nil)
        return slot
    }

    @Test("comes back whole: who receives too, what is reserved, what follows")
    func whole() throws {
        let slot = slot(), reason = ID<Reason>.new()
        let key = try #require(SlotKey(SlotKey(slot).description))
        #expect(key.slot(minutes: { $0 == reason ? 30 : 45 }, reason) == slot)
    }

    @Test("answers what was looked for, and not what is looked for since")
    func answers() {
        let key = SlotKey(slot())
        var query = SlotQuery(reasonID: .new())
        (query.colleagueIDs, query.resources, query.thenReasonID) = (key.colleagueIDs, [.any(.room)], key.next?.reasonID)
        #expect(key.answers(query))
        for change: (inout SlotQuery) -> Void in [
            { $0.colleagueIDs = [] }, { $0.resources = [] }, { $0.thenReasonID = nil }, { $0.thenReasonID = .new() },
        ] {
            var other = query
            change(&other)
            #expect(!key.answers(other))
        }
    }
}
