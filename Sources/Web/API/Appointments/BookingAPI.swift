import Core
import Scheduling
import Store

/// Taking an appointment, for people who have a file or for someone whose file is made at the same time.
enum BookingAPI {
    private static let people = Key("people", Kind<[ID<Person>]>.list(ID.kind, 1...20), "Ceux qui viennent.")
    private static let newPerson = Key(
        "person", PeopleFields.new.kind, "Quelqu’un qui n’a pas de fiche : elle est créée avec le rendez-vous.")
    private static let place = Key("place", Kind<String?>.nullable(.line(0...200)), "Un endroit convenu, quand ce n’est pas un lieu.")
    private static let link = Key("link", Kind<String?>.nullable(.text(Common.webLink)), "Le lien de la visio.")
    private static let said = Key("said", Kind<String?>.nullable(.lines(0...200)), "Ce que dit la personne.")
    private static let minutes = Key("minutes", Kind<Int?>.nullable(.integer(5...600)), "De cinq en cinq ; la durée du motif sinon.")
    private static let asSlot = Key<Bool>(
        "slot", "Un créneau trouvé par /slots, refusé s’il n’est plus ouvert. Sinon, écrit dans l’agenda.")
    private static let overbook = Key(
        "overbook_because", Kind<String?>.nullable(.line(1...500)), "À côté d’un autre rendez-vous de l’agent, exprès : pourquoi.")
    private static let force = Key(
        "force_because", Kind<String?>.nullable(.line(1...500)), "Alors que la personne a un autre rendez-vous à cette heure : pourquoi.")
    private static let again = Key<Bool>("again", "Alors qu’un rendez-vous pour ce motif est déjà à venir.")
    private static let replaces = Key<ID<Appointment>?>("replaces", "Le rendez-vous annulé qu’il remplace.")

    static let colleagues = Key(
        "colleagues", Kind<[ID<Agent>]>.list(ID.kind, 0...Booking.mostColleagues),
        "Ceux qui reçoivent avec l’agent : libres à la même heure.")
    static let resources = Key(
        "resources", Kind<[ID<Resource>]>.list(ID.kind, 0...10), "Salle, voiture, interprète : réservés du même geste.")
    private static let forTwo = Key<Bool>("for_two", "Visite à deux : personne n’y va seul.")
    private static let wantsEarlier = Key<Bool>("wants_earlier", "À prévenir si une place se libère plus tôt.")
    private static let accompaniedBy = Key<ID<Person>?>("accompanied_by", "L’adulte qui vient avec l’enfant : un de ses proches.")
    private static let askedBy = Key<ID<Person>?>("asked_by", "Le proche qui demande à sa place : il « peut réserver ».")
    private static let otherAgent = Key(
        "other_agent_because", Kind<String?>.nullable(.line(1...500)), "Un motif de suivi avec un autre agent que le référent : pourquoi.")
    private static let then = Key(
        "then", Kind<[ID<Person>]>.list(ID.kind, 1...9), "Les suivants, l’un après l’autre avec le même agent : tous ou aucun.")

    private static let fields = Fields(
        "NewAppointment", needs: [Common.reason, Common.agent, Common.organization, Common.startsAt],
        takes: [
            people, newPerson, Common.site, place, Common.phone, link, said, minutes, asSlot, overbook, force, again, replaces,
            accompaniedBy, askedBy, otherAgent, colleagues, forTwo, resources, wantsEarlier,
        ])
    static let inARow = Fields(
        "AppointmentsInARow", needs: fields.needed + [people, then], takes: fields.taken.filter { !["people", "person"].contains($0.name) })

    static let endpoints: [Endpoint] = [
        Endpoint.create(
            "/appointments", "Prend un rendez-vous", needs: .book, body: fields, answers: ShownAppointment.shape, in: .claim, book
        ).offeringNearest,
        Endpoint.create(
            "/appointments/in-a-row", "Prend un rendez-vous pour chaque personne, l’un après l’autre : des frères et sœurs", needs: .book,
            body: inARow, answers: booked, in: .claim, located: false
        ) { call, db in
            try booking(call).bookInARow(then: try call.body[then], by: call.acting, at: call.now, in: db).map {
                try ShownAppointment.find($0.id, seenBy: call.acting, in: db)
            }
        },
    ]

    static let booked = Shape<[ShownAppointment]>(
        "AppointmentsBooked", [Key("items", .list(ShownAppointment.shape.kind)).of { $0 }])

    private static func book(_ call: Call, _ db: Writer) throws -> ShownAppointment {
        let booked = try appointment(call, db)
        return try ShownAppointment.find(booked.id, seenBy: call.acting, in: db)
    }

    private static func appointment(_ call: Call, _ db: Writer) throws -> Appointment {
        guard let person = try newPerson(call) else { return try booking(call).book(by: call.acting, at: call.now, in: db) }
        guard try call.body.ifAny(people) == nil else {
            throw Refusal.field("person", "person-twice", "Donnez « people », ou « person » pour créer une fiche : pas les deux.")
        }
        try person.refuseLookalikes(call, db)
        var booking = try booking(call)
        booking.phone = try booking.phone ?? number(person.new.draft.phones.first?.text, call)
        return try booking.book(creating: person.new, by: call.acting, at: call.now, in: db)
    }

    private static func newPerson(_ call: Call) throws -> PeopleFields.New? {
        try call.body.ifAny(newPerson).map { try PeopleFields.New($0, organization: try call.body[Common.organization]) }
    }

    static func booking(_ call: Call) throws -> Booking {
        let body = call.body
        var booking = Booking(
            reasonID: try body[Common.reason], agentID: try body[Common.agent], personIDs: try body.ifAny(people) ?? [],
            startsAt: try body[Common.startsAt], organizationID: try body[Common.organization], siteID: try body.ifAny(Common.site),
            phone: try number(body.ifAny(Common.phone), call))
        booking.place = try body.ifAny(place) ?? ""
        booking.link = try body.ifAny(link)
        booking.said = try body.ifAny(said)
        booking.minutes = try body.ifAny(minutes)
        booking.asSlot = try body.ifAny(asSlot) ?? false
        booking.overbookBecause = try body.ifAny(overbook)
        booking.forceBecause = try body.ifAny(force)
        booking.again = try body.ifAny(again) ?? false
        booking.replacesID = try body.ifAny(replaces)
        booking.colleagueIDs = try body.ifAny(colleagues) ?? []
        booking.forTwo = try body.ifAny(forTwo) ?? false
        booking.resources = try (body.ifAny(resources) ?? []).map(ResourceWish.this)
        booking.accompaniedBy = try body.ifAny(accompaniedBy)
        booking.askedBy = try body.ifAny(askedBy)
        booking.otherAgentBecause = try body.ifAny(otherAgent)
        booking.wantsEarlier = try body.ifAny(wantsEarlier) ?? false
        return booking
    }

    private static func number(_ typed: String?, _ call: Call) throws -> String? {
        guard let typed else { return nil }
        guard let number = PhoneNumber(typed, region: call.acting.territory.phoneRegion) else {
            throw Refusal.field("phone", "invalid-phone", "Ce numéro n’est pas possible. Vérifiez-le avec la personne.")
        }
        return number.e164
    }
}
