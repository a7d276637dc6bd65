import Core
import HTTPTypes
import Store

extension Resource.Kind: Plain {}
extension ReservedResource.Standing: Plain {}

/// Reserving a room, a car or an interpreter for an appointment, and what was answered.
enum ReservingAPI {
    private static let resource = Key<ID<Resource>>("resource")
    private static let accepted = Key<Bool>("accepted", "Accepté, ou refusé.")
    private static let why = Key<String?>("why", .nullable(.line(0...200)))

    static let endpoints: [Endpoint] = [
        .change(
            .post, "/appointments/{id}/resources", "Réserve une ressource pour un rendez-vous pris", needs: .book,
            body: Fields("Reservation", needs: [resource]), answers: ShownAppointment.shape
        ) { call in
            try await AppointmentsAPI.change(call) {
                try await $0.reserve(try call.body[resource], by: call.acting, at: call.now, in: call.store)
            }
        },
        .change(
            .post, "/appointments/{id}/resources/removal", "Rend une ressource", needs: .book,
            body: Fields("Release", needs: [resource]), answers: ShownAppointment.shape
        ) { call in
            try await AppointmentsAPI.change(call) {
                try await $0.release(try call.body[resource], by: call.acting, at: call.now, in: call.store)
            }
        },
        .change(
            .post, "/appointments/{id}/resources/answers", "Note la réponse pour une ressource à confirmer", needs: .book,
            body: Fields("ResourceAnswer", needs: [resource, accepted], takes: [why]), answers: ShownAppointment.shape
        ) { call in
            try await AppointmentsAPI.change(call) { appointment in
                let (resource, accepted, why) = (try call.body[resource], try call.body[accepted], try call.body.ifAny(why) ?? "")
                try await appointment.answer(resource, accepted: accepted, why: why, by: call.acting, at: call.now, in: call.store)
            }
        },
    ]
}

extension SetUpAPI {
    private static let kind = Key<Resource.Kind>("kind")
    private static let languages = Key("languages", Kind<[String]>.list(.line(2...35), 0...30), "D’un interprète (BCP 47).")
    private static let contact = Key("contact", Kind.line(0...200), "Comment la demander.")
    private static let needsAcceptance = Key<Bool>("needs_acceptance", "À confirmer : quelqu’un dit si c’est accepté.")
    private static let retired = Key<Bool>("retired", "On ne la propose plus ; ce qui est réservé reste.")

    /// Rooms, cars, interpreters.
    static let resources = SetUpEndpoints<Resource>(
        path: "/resources", words: ("une ressource", "les ressources"), needs: .setUpOrganization,
        shape: Shape(
            "Resource",
            [
                Key<ID<Resource>>("id").of(\.id), Common.organization.of(\.organizationID), kind.of(\.kind), Common.name.of(\.name),
                Common.site.of(\.siteID), languages.of(\.languages), contact.of(\.contact), needsAcceptance.of(\.needsAcceptance),
                retired.of(\.isRetired),
            ]),
        new: Fields(
            "NewResource", needs: [Common.organization, kind, Common.name], takes: [Common.site, languages, contact, needsAcceptance]),
        changed: Fields("ChangedResource", takes: [Common.name, Common.site, languages, contact, needsAcceptance, retired]),
        all: { acting, db in
            let houses = try Organization.all(of: acting.territoryID, in: db).map(\.id)
            let known = houses.filter { acting.roles[$0] != nil || acting.can(.setUpOrganization, in: $0) }
            return try Resource.of(known, of: acting.territoryID, in: db)
        },
        make: { given in
            Resource(
                organizationID: try given[Common.organization], kind: try given[kind], name: try given[Common.name],
                siteID: try given.ifAny(Common.site), languages: try given.ifAny(languages) ?? [], contact: try given.ifAny(contact) ?? "",
                needsAcceptance: try given.ifAny(needsAcceptance) ?? false)
        },
        change: { given, before in
            var resource = before
            resource.name = try given.changing(Common.name, from: before.name)
            resource.siteID = try given.changing(Common.site, from: before.siteID)
            resource.languages = try given.changing(languages, from: before.languages)
            resource.contact = try given.changing(contact, from: before.contact)
            resource.needsAcceptance = try given.changing(needsAcceptance, from: before.needsAcceptance)
            resource.isRetired = try given.changing(retired, from: before.isRetired)
            return resource
        })
}
