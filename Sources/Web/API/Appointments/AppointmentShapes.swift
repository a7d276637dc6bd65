import Core
import Scheduling
import Store

/// An appointment as it is shown to someone who opens it.
struct ShownAppointment: Sendable {
    let details: AppointmentDetails
    let attempts: [Instant]
    let undoable: ID<AppointmentFact>?
    let proof: SummonsProof?

    /// - Throws: ``Core/Refusal/notFound`` for what does not exist and for what this agent may not see.
    static func find(_ id: ID<Appointment>, seenBy acting: Acting, in db: Reader) throws -> ShownAppointment {
        let details = try AppointmentDetails.find(id, seenBy: acting, in: db)
        return ShownAppointment(
            details: details, attempts: try CallAttempt.of(details.appointment, in: db).map(\.at),
            undoable: try details.appointment.lastFact(in: db)?.id, proof: try SummonsProof.of(details, seenBy: acting, in: db))
    }

    /// In lists: what the person said is not there.
    static let listed = Shape<AppointmentDetails>("ListedAppointment", members)

    static let shape = Shape<ShownAppointment>(
        "Appointment",
        members.map { $0.within(\.details) } + [
            Key("said", Kind<String?>.nullable(.lines(0...200)), "Ce que dit la personne : pour l’agent et l’auteur seuls.")
                .of(\.details.appointment.said),
            Key("attempts", Kind<[Instant]>.list(Instant.kind), "Les appels restés sans réponse.").of(\.attempts),
            Key<ID<AppointmentFact>?>("undoable", "Le dernier changement, que l’on peut annuler.").of(\.undoable),
            Key("proof", .nullable(SummonsProof.shape.kind), "D’une convocation, ce qui montre que la personne a été prévenue.").of(
                \.proof),
        ])

    private static let someone = Shape<AppointmentDetails.Participant>(
        "Participant",
        [
            Key<ID<Person>>("id").of(\.personID), Key("name", .line(0...300)).of(\.name),
            Key<Participation.Status>("status").of(\.status),
            Key<Bool>("wants_earlier", "À prévenir si une place se libère plus tôt.").of(\.wantsEarlier),
        ])

    private static let colleague = Shape<AppointmentDetails.Colleague>(
        "ReceivingColleague", [Key<ID<Agent>>("id").of(\.id), Key("name", .line(0...300)).of(\.name)])

    private static let reserved = Shape<ReservedResource>(
        "ReservedResource",
        [
            Key<ID<Resource>>("id").of(\.resource.id), Key("name", .line(0...300)).of(\.resource.name),
            Key<Resource.Kind>("kind").of(\.resource.kind), Key<ReservedResource.Standing>("standing").of(\.standing),
        ])

    private static let members: [Shape<AppointmentDetails>.Member] =
        times + places + [
            Key<ID<Agent>?>("author").of(\.appointment.createdBy), Key("author_name", .nullable(anyLine)).of(\.authorName),
            Key("people", .list(someone.kind)).of(\.participants),
            Key("colleagues", .list(colleague.kind), "Ceux qui reçoivent avec l’agent.").of(\.colleagues),
            Key("resources", .list(reserved.kind), "Salles, voitures, interprètes.").of(\.resources),
            Key<Bool>("for_two", "Visite à deux : personne n’y va seul.").of(\.appointment.isForTwo),
            Key<Participation.Status>("status", "Déduit de celui de chaque personne.").of(\.status),
            Key("overbooked_because", .nullable(anyLine), "Placé exprès à côté d’un autre : pourquoi.").of(\.appointment.overbookedBecause),
            Key("other_agent_because", .nullable(anyLine), "Un motif de suivi avec un autre que le référent : pourquoi.")
                .of(\.appointment.otherAgentBecause),
            Key<Bool>("prescribed", "Pris par un agent d’une autre organisation : « author ».").of(\.appointment.isPrescribed),
            Key("seats", Kind<Int?>.nullable(.integer(1...500)), "Les places d’un rendez-vous collectif.").of(\.seats?.seats),
            Key("seats_left", Kind<Int?>.nullable(.integer(0...500)), "Celles que personne n’a prises.").of(\.seatsLeft),
            Key<ID<Appointment>?>("replaces", "Le rendez-vous annulé qu’il remplace.").of(\.appointment.replacesID),
            Key<Instant>("created_at").of(\.appointment.createdAt),
        ]

    private static let times: [Shape<AppointmentDetails>.Member] = [
        Key<ID<Appointment>>("id").of(\.appointment.id), Common.startsAt.of(\.appointment.startsAt),
        Key<Instant>("ends_at").of(\.appointment.endsAt), Common.agent.of(\.appointment.agentID),
        Key("agent_name", anyLine).of(\.agentName), Common.reason.of(\.appointment.reasonID),
        Key("reason_name", anyLine).of(\.reason.name), Common.service.of(\.appointment.serviceID),
        Key("service_name", anyLine).of(\.serviceName),
    ]

    private static let places: [Shape<AppointmentDetails>.Member] = [
        Common.organization.of(\.appointment.organizationID), Key("organization_name", anyLine).of(\.organizationName),
        Common.site.of(\.appointment.siteID), Key("site_name", .nullable(anyLine)).of(\.site?.name),
        Key("place", anyLine, "Un endroit convenu, quand ce n’est pas un lieu.").of(\.appointment.place),
        Key<How>("how").of(\.appointment.how), Key("phone", .nullable(anyLine), "Le numéro à appeler.").of(\.appointment.phone),
        Key("link", .nullable(anyLine), "Le lien de la visio.").of(\.appointment.link),
    ]

    /// What was once accepted, whatever the rule says now.
    private static let anyLine = Kind<String>.lines(0...10_000)
}

extension Shape.Member {
    /// The same member of something that holds the model.
    func within<Outer>(_ inner: @escaping @Sendable (Outer) -> Model) -> Shape<Outer>.Member {
        let write = write
        return Shape<Outer>.Member(schema) { outer, writer in write(inner(outer), &writer) }
    }
}
