import Core
import HTTPTypes
import Hummingbird
import Scheduling
import Store

extension Endpoint {
    /// The same; whoever loses a time is shown the three nearest that are free, beside the refusal.
    var offeringNearest: Endpoint {
        explaining { call, refusal in
            guard [Refusal.slotTaken.code, Refusal.slotClosed.code].contains(refusal.code) else { return nil }
            let slots = try await NearestSlots(call).find()
            return ProblemMember("nearest") { writer in writer.list(slots, SlotsAPI.slot.write) }
        }
    }
}

/// The free times nearest to one that was lost: same reason, same people, any agent of the organization.
private struct NearestSlots: Sendable {
    let call: Call

    init(_ call: Call) { self.call = call }

    func find() async throws -> [Slot] {
        let wanted = try call.body[Common.startsAt]
        return try await call.store.read { db in
            guard let query = try query(in: db) else { return [] }
            return try call.desk.calendars.nearest(to: wanted, query, for: call.acting, now: call.now, in: db)
        }
    }

    /// A booking says what is wanted; a move keeps what the appointment was.
    private func query(in db: Reader) throws -> SlotQuery? {
        guard let id = ID<Appointment>(call.path["id"] ?? "") else {
            return query(try call.body[Common.reason], try call.body[Common.organization])
        }
        let details = try AppointmentDetails.find(id, seenBy: call.acting, in: db)
        guard try Reason.bookable(by: call.acting, in: db).contains(where: { $0.id == details.reason.id }) else { return nil }
        var query = query(details.reason.id, details.appointment.organizationID)
        query.personID = details.participants.first?.personID
        query.colleagueIDs = details.colleagues.map(\.id)
        query.resources = details.resources.filter(\.standing.keepsTime).map { .this($0.resource.id) }
        return query
    }

    private func query(_ reason: ID<Reason>, _ organization: ID<Organization>) -> SlotQuery {
        var query = SlotQuery(reasonID: reason)
        query.organizationIDs = [organization]
        return query
    }
}
