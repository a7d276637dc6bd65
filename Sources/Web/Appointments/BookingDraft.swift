import Core
import Scheduling

/// What the booking screen holds, as typed: read leniently to look for slots, strictly to book.
struct BookingDraft: Sendable {
    let form: Form

    var reasonID: ID<Reason>? { ID(form.text("reason")) }
    /// A button « voir tous ses créneaux » says another site than the list.
    var siteID: ID<Site>? { ID(form.text(form.has("show_site") ? "show_site" : "site")) }
    var agentID: ID<Agent>? { ID(form.text("agent")) }
    /// À deux: with this colleague.
    var colleagueID: ID<Agent>? { ID(form.text("colleague")) }
    /// À deux, with anybody who is free.
    var asksForTwo: Bool { form.text("colleague") == "any" }
    var personID: ID<Person>? { form.has("forget") ? nil : ID(form.text("person")) }
    var siblings: [ID<Person>] { form.has("forget") ? [] : form.values("sibling").map { ID<Person>($0) ?? .new() } }
    /// Others in the same appointment: a couple.
    var also: [ID<Person>] { form.has("forget") ? [] : form.values("also").map { ID<Person>($0) ?? .new() } }
    var replacesID: ID<Appointment>? { ID(form.text("replaces")) }
    var from: CivilDate? { CivilDate(form.text(form.has("later") ? "later" : "from")) }
    /// Written straight into an agenda, without looking for a slot.
    var isDirect: Bool { form.text("mode") == "direct" }
    var slot: SlotKey? { SlotKey(form.text("slot")) }
    var createsPerson: Bool { personID == nil && !(form.text("last_name") + form.text("first_name")).isEmpty }

    var dayPart: Range<Int>? {
        switch form.text("part") {
        case "morning": 0..<12 * 60
        case "afternoon": 12 * 60..<24 * 60
        default: nil
        }
    }

    /// What slots to look for, once there is a reason.
    /// - Parameter latest: the day after which none is looked for.
    func query(latest: CivilDate) -> SlotQuery? {
        guard let reasonID else { return nil }
        var query = SlotQuery(reasonID: reasonID)
        query.siteIDs = siteID.map { [$0] } ?? []
        query.agentIDs = agentID.map { [$0] } ?? []
        query.dates = from.flatMap { $0 < latest ? $0..<latest : nil }
        query.dayPart = dayPart
        query.personID = personID
        query.colleagueIDs = colleagueID.map { [$0] } ?? []
        query.forTwo = asksForTwo
        query.otherAgents = form.has("other_agent")
        query.resources = resources
        query.thenReasonID = ID(form.text("then_reason"))
        query.inARow = 1 + siblings.count
        return query
    }
}

extension BookingDraft {
    /// - Throws: a ``Core/Refusal`` with a sentence beside each field that is missing or wrong.
    func booking(by acting: Acting, choices: BookingChoices) throws -> Booking {
        var complaints = Complaints()
        if reasonID == nil { complaints.add("reason", "Choisissez le motif.") }
        if personID == nil, !createsPerson { complaints.add("q", "Cherchez la personne, ou créez sa fiche.") }
        let standing = isDirect ? direct(acting, choices, &complaints) : chosenSlot(&complaints)
        let phone = calledNumber(&complaints)
        try complaints.check()
        guard let reasonID, let standing else { throw Refusal.notFound }
        var booking = Booking(
            reasonID: reasonID, agentID: standing.agentID, personIDs: personID.map { [$0] + also } ?? [], startsAt: standing.start,
            organizationID: standing.organizationID, siteID: standing.siteID, phone: phone)
        booking.asSlot = !isDirect
        booking.said = form.optional("said")
        booking.place = form.text("place")
        booking.link = form.optional("link")
        booking.minutes = isDirect ? form.optional("minutes").flatMap { Int($0) } : nil
        booking.overbookBecause = form.has("overbook") ? form.text("overbook_because") : nil
        booking.forceBecause = form.has("force") ? form.text("force_because") : nil
        booking.again = form.has("again")
        booking.replacesID = replacesID
        booking.colleagueIDs = standing.colleagueIDs
        booking.forTwo = form.has("for_two")
        booking.wantsEarlier = form.has("wants_earlier")
        booking.resources = isDirect ? resources : standing.resourceIDs.map(ResourceWish.this)
        booking.accompaniedBy = form.optional("accompanied_by").map { ID<Person>($0) ?? .new() }
        booking.askedBy = form.optional("asked_by").map { ID<Person>($0) ?? .new() }
        booking.otherAgentBecause = form.has("other_agent") ? form.text("other_agent_because") : nil
        return booking
    }

    /// The time chosen, to be held while the rest is written down.
    var held: Booking? {
        guard let reasonID, let slot else { return nil }
        var booking = Booking(
            reasonID: reasonID, agentID: slot.agentID, personIDs: [], startsAt: slot.start, organizationID: slot.organizationID,
            siteID: slot.siteID)
        booking.colleagueIDs = slot.colleagueIDs
        booking.resources = slot.resourceIDs.map(ResourceWish.this)
        return booking
    }

    /// A group appointment in which nobody is enrolled yet.
    /// - Throws: a ``Core/Refusal`` with a sentence beside each field that is missing or wrong.
    func group(by acting: Acting, choices: BookingChoices) throws -> Booking {
        var complaints = Complaints()
        if reasonID == nil { complaints.add("reason", "Choisissez le motif.") }
        let standing = direct(acting, choices, &complaints)
        try complaints.check()
        guard let reasonID, let standing else { throw Refusal.notFound }
        var booking = Booking(
            reasonID: reasonID, agentID: standing.agentID, personIDs: [], startsAt: standing.start,
            organizationID: standing.organizationID, siteID: standing.siteID)
        booking.place = form.text("place")
        booking.link = form.optional("link")
        booking.minutes = form.optional("minutes").map { Int($0) ?? 0 }
        booking.seats = form.optional("seats").map { Int($0) ?? 0 }
        return booking
    }

    /// What is booked with it: brothers and sisters, or the second reason.
    func followings() throws -> [NextBooking] {
        let siblings = siblings.map { NextBooking(personIDs: [$0]) }
        guard !isDirect, !form.text("then_reason").isEmpty else { return siblings }
        guard let next = slot?.next, next.reasonID.description == form.text("then_reason") else {
            throw Refusal.field("slot", "no-next", "Ce créneau n’a pas la suite demandée : choisissez-en un autre.")
        }
        guard siblings.isEmpty else {
            throw Refusal.field("then_reason", "too-much", "Un second motif, ou des frères et sœurs : prenez-les en deux fois.")
        }
        return [NextBooking(reasonID: next.reasonID, agentID: next.agentID, siteID: next.siteID, startsAt: next.start)]
    }

    private func chosenSlot(_ complaints: inout Complaints) -> SlotKey? {
        if let slot { return slot }
        complaints.add("slot", "Choisissez un créneau.")
        return nil
    }

    private func direct(_ acting: Acting, _ choices: BookingChoices, _ complaints: inout Complaints) -> SlotKey? {
        let agent = choices.agents.first { $0.id == agentID }
        if agent == nil { complaints.add("agent", "Choisissez l’agent dont c’est l’agenda.") }
        let date = form.parse("date", "Donnez le jour.", &complaints) { CivilDate($0) }
        let minute = form.parse("time", "Donnez l’heure : 09:30.", &complaints) { Self.minute($0) }
        guard let agent, let date, let minute else { return nil }
        guard acting.territory.zone.exists(date, minute: minute) else {
            complaints.add("time", "Cette heure n’existe pas ce jour-là : les horloges changent. Choisissez-en une autre.")
            return nil
        }
        let site = choices.sites.first { $0.id == siteID }
        guard let organization = site?.organizationID ?? agent.organizationIDs.first else { return nil }
        let start = acting.territory.zone.instant(date, minute: minute)
        return SlotKey(
            Slot(start: start, agentID: agent.id, organizationID: organization, siteID: site?.id, colleagueID: colleagueID))
    }

    /// `09:30` as minutes since midnight.
    static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":").map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1] else { return nil }
        return (0..<24).contains(hour) && (0..<60).contains(minute) ? hour * 60 + minute : nil
    }

    /// The number to call: another one typed, else one of the person's, else the first of the file being created.
    private func calledNumber(_ complaints: inout Complaints) -> String? {
        for field in ["phone_other", "phone", "phone_1"] {
            guard let typed = form.optional(field) else { continue }
            guard let number = PhoneNumber(typed) else {
                complaints.add(field, "Ce numéro n’est pas possible. Vérifiez-le avec la personne.")
                return nil
            }
            return number.e164
        }
        return nil
    }

    /// The file to create with the appointment, in the house where it is booked.
    func newPerson(in organization: ID<Organization>) -> NewPerson? {
        guard createsPerson else { return nil }
        return NewPerson(PersonDraft(form), organizationID: organization, informed: form.has("informed"))
    }
}

extension PersonDraft {
    /// The fields of the booking screen: one number, one e-mail address.
    fileprivate init(_ form: Form) {
        self.init()
        firstName = form.text("first_name")
        lastName = form.text("last_name")
        birthDate = form.text("birth_date")
        phones = form.optional("phone_1").map { [Line($0)] } ?? []
        emails = form.optional("email_1").map { [Line($0)] } ?? []
        address = form.text("address")
        postalCode = form.text("postal_code")
        commune = form.text("commune")
        needs = form.text("needs")
        if let channel = form.optional("channel") { self.channel = channel }
    }
}

extension Slot {
    /// A time written straight into an agenda.
    fileprivate init(
        start: Instant, agentID: ID<Agent>, organizationID: ID<Organization>, siteID: ID<Site>?, colleagueID: ID<Agent>?
    ) {
        self.init(
            start: start, minutes: 0, organizationID: organizationID, siteID: siteID, agentID: agentID, because: .leastBusy, count: 1,
            colleagueIDs: colleagueID.map { [$0] } ?? [])
    }
}
