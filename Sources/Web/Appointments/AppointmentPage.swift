import Core
import Scheduling

/// One appointment, read back: who, which number, what day and hour, with whom, how they will be told; and what can be done with it.
struct AppointmentPage: Page {
    let details: AppointmentDetails
    /// What left and what will, soonest first.
    let messages: [Message]
    let facts: [Fact]
    let attempts: [CallAttempt]
    /// The change that can be undone.
    var undoable: ID<AppointmentFact>?
    /// Who comes with a child.
    var accompanying: [String] = []
    /// Agents of the house.
    var colleagues: [BookingChoices.Colleague] = []
    /// The others taken in the same act.
    var together: TakenTogether?
    /// Who asked in the person's place.
    var asking: [String] = []
    /// By whom, when it was not the house itself.
    var prescription: Prescription?
    /// What can be reserved for it.
    var reservable: [Resource] = []
    /// Cancelled now, it would be told in the morning only.
    var mayHurry = false
    /// Of a convocation, what shows that they were told.
    var proof: SummonsProof?
    /// The places that are free sooner, of which they were told.
    var earlier: [EarlierOffer] = []
    /// Of the agents, for who noted what.
    var names: [ID<Agent>: String] = [:]
    let actions: Actions
    var state = FormState.blank
    let time: LocalTime

    /// What the rights and the hour allow.
    struct Actions: Sendable, Equatable {
        var move = false
        var cancel = false
        var close = false
        var attempt = false
        var missed = false
        var openPeople = false
    }

    /// A change, in words.
    struct Fact: Sendable, Equatable {
        let moment: String
        let sentence: String
        let why: String
    }

    var title: String {
        details.seats == nil ? "Rendez-vous de \(Format.list(details.participants.map(\.name)))" : "Rendez-vous collectif"
    }
    private var appointment: Appointment { details.appointment }

    var html: HTML {
        """
        \(PageHead(title, above: "\(details.serviceName) · \(details.organizationName)", actions: status))
        <div class="two"><div class="stack">\(summary)\(EarlierCard(page: self))\(told)\
        \(proof.map { SummonsProofCard(proof: $0, status: details.status, time: time) })</div><div class="stack">\(ErrorSummary(state, over: .empty))\(steps)\(history)</div></div>
        """
    }

    private var status: HTML {
        let status = details.status
        let tone: Tone = status == .attended ? .good : status == .upcoming ? .plain : .warn
        return Tag(Format.capitalized(status.label(endingAt: appointment.endsAt, now: time.now)), tone).html
    }

    private var summary: HTML {
        """
        <section class="card stack" aria-label="Le rendez-vous"><p class="big">\(Format.capitalized(time.moment(appointment.startsAt)))</p>
        \(DefinitionList(rows))\(enrolling)</section>
        """
    }

    private var enrolling: HTML {
        guard actions.move, let left = details.seatsLeft, left > 0 else { return .empty }
        return "<p>\(LinkButton("Inscrire quelqu’un", Urls.enrol(in: appointment), style: .main))</p>"
    }

    private var rows: [(String, HTML)] {
        var rows: [(String, HTML)] = [
            (details.participants.count > 1 ? "Personnes" : "Personne", people), ("Avec", receiving),
            ("Motif", "\(details.reason.name), \(appointment.how.label)"),
            ("Durée", "\(duration)"),
        ]
        if let group = details.seats {
            rows[0] = ("Places", "\(Format.seats(group.seats, left: details.seatsLeft ?? 0))")
            rows.append(("Inscrits", details.participants.isEmpty ? "Personne encore" : people))
        }
        if let why = appointment.otherAgentBecause { rows.append(("Un autre que le référent", "\(why)")) }
        if !asking.isEmpty { rows.append(("Demandé par", "\(Format.list(asking))")) }
        if let together {
            let list = TogetherList(together: together, time: time)
            rows.append((list.title, list.html))
        }
        if !details.resources.isEmpty { rows.append(("Ressources", ReservedList(page: self).html)) }
        if !accompanying.isEmpty { rows.append(("Avec l’enfant", "\(Format.list(accompanying))")) }
        if let phone = appointment.phone {
            rows.append(("Numéro à appeler", "<a class=\"tel\" href=\"\(href: .tel(phone))\">\(Format.phone(phone))</a>"))
        }
        if let place { rows.append(("Lieu", "\(place)")) }
        if let link = appointment.link.flatMap(URLPath.web) { rows.append(("Visio", "<a href=\"\(href: link)\">\(link.text)</a>")) }
        if let said = appointment.said { rows.append(("Ce que dit la personne", "\(said)")) }
        if let why = appointment.overbookedBecause { rows.append(("Placé en plus", "\(why)")) }
        if let replaced = appointment.replacesID {
            rows.append(("Remplace", "<a href=\"\(href: Urls.appointment(replaced))\">un rendez-vous annulé</a>"))
        }
        if let prescription {
            rows.append(("Prescrit par", "\(prescription.agentName), \(prescription.organizationName)"))
        }
        if let author = details.authorName { rows.append(("Pris par", "\(author), \(time.moment(appointment.createdAt))")) }
        return rows
    }

    private var receiving: HTML {
        let isLacking = appointment.isForTwo && details.colleagues.isEmpty
        return """
            \(Format.list([details.agentName] + details.colleagues.map(\.name)))\(if: appointment.isForTwo, " \(Tag("Visite à deux", .warn))")\
            \(if: isLacking, " \(Tag("second agent à trouver", .alert))")
            """
    }

    private var duration: String {
        let minutes = Format.duration(minutes: Int(appointment.endsAt - appointment.startsAt) / 60)
        return appointment.gapMinutes == 0 ? minutes : "\(minutes), puis \(Format.duration(minutes: appointment.gapMinutes)) gardées libres"
    }

    private var people: HTML {
        "\(each: details.participants, { one in "<p>\(name(one))\(statusOf(one))</p>\(cautions(one))" })"
    }

    private func cautions(_ one: AppointmentDetails.Participant) -> HTML {
        Cautions(discretion: one.discretion, name: details.participants.count > 1 ? one.name : nil).html
    }

    private func name(_ one: AppointmentDetails.Participant) -> HTML {
        actions.openPeople ? "<a href=\"\(href: Urls.person(one.personID))\">\(one.name)</a>" : "\(one.name)"
    }

    private func statusOf(_ one: AppointmentDetails.Participant) -> HTML {
        details.participants.count < 2 && details.seats == nil
            ? .empty : " \(Tag(one.status.label(endingAt: appointment.endsAt, now: time.now)))"
    }

    private var place: String? {
        guard appointment.how == .site || appointment.how == .home else { return details.site?.name }
        if let site = details.site { return [site.name, site.address, site.commune].filter { !$0.isEmpty }.joined(separator: ", ") }
        return appointment.place.isEmpty ? nil : appointment.place
    }

    /// Nothing is left to say of an appointment that is over.
    private var told: HTML {
        guard !messages.isEmpty || appointment.endsAt > time.now else { return .empty }
        return """
            <section class="card stack" aria-labelledby="told-title"><h2 id="told-title">Ce qui est dit</h2>\
            \(if: messages.isEmpty, "<p class=\"soft\">Aucun message à envoyer : dites-le de vive voix.</p>")\
            <ul class="stack">\(each: messages, message)</ul></section>
            """
    }

    private func message(_ message: Message) -> HTML {
        """
        <li>\(MessageTag(message: message)) \(MessageLine(message: message))\
        \(message.sentAt.map { ", \(time.moment($0))" })</li>
        """
    }

    private var steps: HTML { AppointmentSteps(page: self).html }

    private var history: HTML {
        guard !facts.isEmpty || !attempts.isEmpty else { return .empty }
        return """
            <section class="card stack" aria-labelledby="history-title"><h2 id="history-title">Ce qui a changé</h2><ul class="stack">\
            \(each: facts, fact)\(each: attempts, { attempt in "<li>\(Format.capitalized(time.moment(attempt.at))) : pas de réponse.</li>" })</ul>\
            \(undoable.map(undo))</section>
            """
    }

    private func fact(_ fact: Fact) -> HTML {
        "<li>\(fact.moment) : \(fact.sentence)\(if: !fact.why.isEmpty, " « \(fact.why) »")</li>"
    }

    private func undo(_ fact: ID<AppointmentFact>) -> HTML {
        ActionButton("Revenir sur le dernier changement", Urls.undoAppointment(appointment.id), fields: [("fact", fact.description)]).html
    }
}

/// What can be done with an appointment now.
struct AppointmentSteps: View {
    let page: AppointmentPage

    private var id: ID<Appointment> { page.details.appointment.id }
    private var actions: AppointmentPage.Actions { page.actions }

    var html: HTML {
        guard actions.move || actions.cancel || actions.close || actions.attempt else { return .empty }
        return """
            <section class="card stack" aria-labelledby="steps-title"><h2 id="steps-title">\(title)</h2>
            \(if: actions.attempt, call)\(if: actions.close, closing)\(if: actions.move, move)\(PairSteps(page: page))\
            \(ReservingSteps(page: page))\(leaving)\(if: actions.cancel, cancellation)</section>
            """
    }

    private var title: String { actions.close || actions.attempt ? "Que s’est-il passé ?" : "Changer ce rendez-vous" }

    private var call: HTML {
        """
        <div class="row">\(page.details.appointment.phone.map { LinkButton("Appeler le \(Format.phone($0))", .tel($0), style: .main) })\
        \(ActionButton("Pas de réponse", Urls.appointmentAttempts(id)))</div>
        """
    }

    private var closing: HTML { "\(each: page.details.participants, closingOf)" }

    private func closingOf(_ one: AppointmentDetails.Participant) -> HTML {
        guard one.status == .upcoming else { return .empty }
        return """
            \(if: page.details.participants.count > 1, "<p><b>\(one.name)</b></p>")<div class="row">\
            \(status(.attended, "Honoré", one))\(if: actions.missed, status(.missed, "Manqué", one))\
            \(status(.notProvided, "Non assuré par le service", one))</div>
            """
    }

    private func status(_ status: Participation.Status, _ label: String, _ one: AppointmentDetails.Participant) -> HTML {
        ActionButton(
            label, Urls.closeAppointment(id), fields: [("person", one.personID.description), ("status", status.rawValue)]
        ).html
    }

    /// Of several people, one may give up their place and the others stay.
    private var leaving: HTML {
        let upcoming = page.details.participants.filter { $0.status == .upcoming }
        guard actions.move, upcoming.count > 1 || (page.details.seats != nil && !upcoming.isEmpty) else { return .empty }
        return """
            <details class="more"><summary>Quelqu’un ne vient plus</summary><div class="row">\(each: upcoming, leavingOf)</div></details>
            """
    }

    private func leavingOf(_ one: AppointmentDetails.Participant) -> HTML {
        ActionButton(
            "\(one.name) ne vient plus", Urls.closeAppointment(id),
            fields: [("person", one.personID.description), ("status", Participation.Status.cancelledByPerson.rawValue)]
        ).html
    }

    private var move: HTML { "<p>\(LinkButton("Déplacer", Urls.moveAppointment(id)))</p>" }

    /// What was typed, and what is wrong with it, is not hidden again.
    private var isRefused: Bool { ["status", "others", "why", "urgent_because"].contains { page.state.error($0) != nil } }

    private var cancellation: HTML {
        let who = [
            Choice(Participation.Status.cancelledByPerson.rawValue, "La personne"),
            Choice(Participation.Status.cancelledByService.rawValue, "Le service"),
        ]
        return """
            <details class="more"\(attribute: "open", if: isRefused)><summary>Annuler</summary>\(PostForm(Urls.cancelAppointment(id), page.state) {
                """
                \(RadioCards("status", "Qui annule ?", who, page.state))\
                \(ScopeField(together: page.together, appointment: page.details.appointment, state: page.state))\
                \(TextField("why", "Pourquoi", page.state, isOptional: true, limit: 200))\
                \(UrgentFields(isOffered: page.mayHurry, state: page.state))\
                \(SubmitRow("Annuler le rendez-vous"))
                """
            })</details>
            """
    }
}
