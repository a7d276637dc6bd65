import Core
import Scheduling
import Store

/// Group appointments: writing one, and seeing what seats are left. One enrols as one books: `POST /appointments`.
enum GroupsAPI {
    private static let seats = Key("seats", Kind<Int?>.nullable(.integer(1...500)), "Combien de places ; celles du motif sinon.")
    private static let minutes = Key("minutes", Kind<Int?>.nullable(.integer(5...600)), "De cinq en cinq ; la durée du motif sinon.")
    private static let place = Key("place", Kind<String?>.nullable(.line(0...200)), "Un endroit convenu, quand ce n’est pas un lieu.")
    private static let link = Key("link", Kind<String?>.nullable(.text(Common.webLink)), "Le lien de la visio.")

    static let shape = Shape<GroupSlot>(
        "GroupAppointment",
        [
            Key<ID<Appointment>>("id").of(\.appointmentID), Common.startsAt.of(\.slot.start),
            Key("minutes", .integer(5...600)).of(\.slot.minutes), Common.organization.of(\.slot.organizationID),
            Common.site.of(\.slot.siteID), Common.agent.of(\.slot.agentID), Key("seats", .integer(1...500)).of(\.seats),
            Key("seats_left", .integer(0...500)).of(\.left),
        ])

    private static let all = Shape<[GroupSlot]>("GroupAppointments", [Key("items", .list(shape.kind), "Par heure.").of { $0 }])

    private static let fields = Fields(
        "NewGroupAppointment", needs: [Common.reason, Common.agent, Common.organization, Common.startsAt],
        takes: [Common.site, place, link, minutes, seats])

    static let endpoints: [Endpoint] = [
        .read(
            "/groups", "Les rendez-vous collectifs de ses organisations, sept jours à partir d’aujourd’hui sinon", needs: .book,
            query: Fields(takes: [Common.from, Common.to]), answers: all, list),
        .create(
            "/groups", "Écrit un rendez-vous collectif, où personne n’est encore inscrit", needs: .book, body: fields,
            answers: ShownAppointment.shape, in: .claim, located: false, open),
    ]

    private static func list(_ call: Call) async throws -> [GroupSlot] {
        let window = call.window(try call.days(most: 92, usual: 7))
        return try await call.store.read { db in try GroupSlot.upcoming(in: window, for: call.acting, in: db) }
    }

    private static func open(_ call: Call, _ db: Writer) throws -> ShownAppointment {
        let body = call.body
        var booking = Booking(
            reasonID: try body[Common.reason], agentID: try body[Common.agent], personIDs: [], startsAt: try body[Common.startsAt],
            organizationID: try body[Common.organization], siteID: try body.ifAny(Common.site))
        booking.place = try body.ifAny(place) ?? ""
        booking.link = try body.ifAny(link)
        booking.minutes = try body.ifAny(minutes)
        booking.seats = try body.ifAny(seats)
        let group = try booking.openGroup(by: call.acting, at: call.now, in: db)
        return try ShownAppointment.find(group.id, seenBy: call.acting, in: db)
    }
}
