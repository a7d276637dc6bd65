import Core
import Scheduling

/// Who the appointment is for: someone found, or created on the spot.
struct PersonPicker: View {
    let page: BookingPage

    var html: HTML {
        """
        <section class="card stack" aria-labelledby="who-title"><h2 id="who-title">Pour qui ?</h2>\(page.person.map(chosen) ?? search)</section>
        """
    }

    private func chosen(_ person: Person) -> HTML {
        """
        \(HiddenField("person", person.id.description))\(HiddenField("opened", page.opened))
        <div class="row spread"><p><b class="big">\(person.name)</b><br><span class="soft">\(facts(person))</span></p>\
        <button type="submit" name="forget" value="yes" formaction="\(href: Urls.newAppointment)" data-refreshes="who when telling">\
        Changer de personne</button></div>
        \(if: !person.needs.isEmpty, "<p>\(Tag(person.needs, .warn))</p>")\(if: page.isArchived, archived(person))
        \(around)
        """
    }

    /// Who must not know, who comes with a child, and brothers and sisters to book for in the same act.
    private var around: HTML {
        let unaware = page.adults.filter { $0.relation.unaware != nil }
        let others = page.adults.filter { $0.relation.unaware == nil }
        let adults = others.map { Choice($0.personID.description, $0.name, detail: $0.label) }
        let siblings = page.siblings.map { Choice($0.id.description, $0.name, detail: born($0)) }
        return """
            <p class="row">\(each: unaware, { Tag("\($0.name) ne doit pas savoir", .alert).html })</p>\
            \(asking(others))\(if: page.reason?.isForChild == true && !adults.isEmpty, accompanied(adults))\
            \(AlsoPicker(page: page))\(if: !siblings.isEmpty, inARow(siblings))
            """
    }

    /// Each one more asks for a longer time: the slots are looked for again.
    private func inARow(_ siblings: [Choice]) -> HTML {
        "<div data-refreshes=\"when\">\(CheckboxGroup("sibling", "À la suite, dans la même prise", siblings, page.state))</div>"
    }

    /// Only who « peut réserver » asks in the person's place.
    private func asking(_ relatives: [Relative]) -> HTML {
        let (may, others) = (relatives.filter(\.relation.books), relatives.filter { !$0.relation.books })
        guard !relatives.isEmpty else { return .empty }
        let choices = may.map { Choice($0.personID.description, $0.name, detail: $0.label) }
        return """
            \(if: !may.isEmpty, Select("asked_by", "Qui demande", choices, page.state, isOptional: true, empty: "La personne elle-même").html)\
            \(if: !others.isEmpty, "<p class=\"hint\">Ne peut pas réserver à sa place : \(Format.list(others.map(\.name))).</p>")
            """
    }

    private func accompanied(_ adults: [Choice]) -> HTML {
        Select("accompanied_by", "Qui vient avec l’enfant", adults, page.state, isOptional: true, empty: "On ne sait pas encore").html
    }

    private func archived(_ person: Person) -> HTML {
        Notice(
            .warn,
            """
            <p>Cette fiche est archivée : <a href="\(href: Urls.person(person.id))">ouvrez-la</a> et sortez-la des archives avant de \
            donner un rendez-vous.</p>
            """
        ).html
    }

    private func facts(_ person: Person) -> String {
        let born = person.birthDate.map { date in
            "\(Format.date(date)) (\(Format.age(born: date, today: page.time.today)))"
        }
        let phones = person.phones.map { Format.phone($0.number) }
        return ([born, person.commune.isEmpty ? nil : person.commune].compactMap { $0 } + phones).joined(separator: " · ")
    }

    private var search: HTML {
        """
        \(Field("q", "Chercher", page.state, hint: "Nom, téléphone, date de naissance…", isOptional: false) { attributes in
            "<input type=\"search\" value=\"\(page.state.value("q"))\" autocomplete=\"off\" data-refreshes=\"who-found\"\(attributes)>"
        })
        <p class="unscripted"><button type="submit" formaction="\(href: Urls.newAppointment)">Chercher</button></p>
        <div id="who-found" aria-live="polite">\(found)</div>
        \(NewPersonFields(page: page))
        """
    }

    private var found: HTML {
        guard !page.state.value("q").isEmpty || page.obstacle == .lookalikes else { return .empty }
        guard !page.candidates.isEmpty else {
            return
                "<p class=\"soft\">Personne ne correspond. Essayez le numéro, ou le nom avec l’année de naissance ; sinon créez la fiche.</p>"
        }
        return """
            <fieldset class="field"><legend>\(legend)</legend><div class="cards">\(each: page.candidates, card)</div></fieldset>
            """
    }

    private var legend: String {
        page.obstacle == .lookalikes
            ? "Cette personne existe peut-être déjà" : Format.count(page.candidates.count, "personne trouvée", "personnes trouvées")
    }

    /// Someone followed elsewhere: their file opens with a reason first.
    private func card(_ candidate: FoundPerson) -> HTML {
        if candidate.elsewhere {
            return """
                <p class="tick"><span>\(candidate.name)<small>\(born(candidate)) · suivie ailleurs : \
                <a href="\(href: Urls.person(candidate.id))">ouvrir sa fiche avec un motif</a></small></span></p>
                """
        }
        let id = "person-\(candidate.id)"
        let phones = candidate.phones.map { Format.phone($0.number) }.joined(separator: ", ")
        return """
            <label class="tick" for="\(id)"><input type="radio" id="\(id)" name="person" value="\(candidate.id.description)" \
            data-refreshes="two who when telling"><span>\(candidate.name)<small>\(born(candidate))\
            \(if: !candidate.commune.isEmpty, " · \(candidate.commune)")\(if: !phones.isEmpty, " · \(phones)")</small></span></label>
            """
    }

    private func born(_ candidate: FoundPerson) -> String {
        candidate.birthDate.map { Format.date($0) } ?? "date de naissance inconnue"
    }
}

/// The file of someone who has none yet. Only a name is required.
struct NewPersonFields: View {
    let page: BookingPage

    private var state: FormState { page.state }

    var html: HTML {
        """
        <details class="new-person"\(attribute: "open", if: page.draft.createsPerson)><summary>Créer sa fiche</summary><div class="stack">
        <div class="three">\(TextField("last_name", "Nom", state, limit: 100))\(TextField("first_name", "Prénom", state, isOptional: true, limit: 100))\
        \(TextField("birth_date", "Date de naissance", state, hint: "03/12/1950", isOptional: true, size: .short))\
        \(TextField("phone_1", "Téléphone", state, kind: .tel, isOptional: true, size: .medium))\
        \(TextField("email_1", "E-mail", state, kind: .email, isOptional: true))\
        \(TextField("commune", "Commune", state, isOptional: true))</div>
        \(TextField("needs", "Besoins dits par la personne", state, hint: "« Parler fort », « fauteuil », « interprète arabe ».", isOptional: true))
        \(Select("channel", "Comment la prévenir", Person.Channel.allCases.map { Choice($0.rawValue, $0.label) }, state))
        \(Notice(.plain, "<p><b>À dire :</b> « \(page.privacyNotice) »</p>"))
        \(Checkbox("informed", "La phrase a été dite", state))
        \(if: page.obstacle == .lookalikes, Checkbox("create_anyway", "Ce n’est aucune de ces personnes : créer la fiche", state).html)
        </div></details>
        """
    }
}

/// The number to call, and what the person says.
struct TellingFields: View {
    let page: BookingPage

    var html: HTML {
        """
        <section class="card stack" aria-labelledby="telling-title"><h2 id="telling-title">Ce qu’il faut savoir</h2>\(Cautions(discretion: page.discretion))
        \(if: page.reason?.how == .phone, number)\(if: page.reason?.how == .video, link)\(instructions)\(said)\(earlier)</section>
        """
    }

    private var said: HTML {
        TextArea(
            "said", "Ce que dit la personne", page.state,
            hint: "200 caractères au plus, lus par l’agent et par vous seuls, effacés 30 jours après.", isOptional: true, rows: 2,
            limit: 200
        ).html
    }

    /// Everyone comes to a group at one hour.
    private var earlier: HTML {
        guard page.reason?.seats == nil else { return .empty }
        return Checkbox(
            "wants_earlier", "Prévenir si une place se libère plus tôt", page.state,
            hint: "Par SMS ou e-mail, trois personnes au plus à la fois\u{A0}: la place est à qui appelle d’abord."
        ).html
    }

    private var number: HTML {
        guard let phones = page.person?.phones, !phones.isEmpty else {
            return TextField(
                "phone_other", "Numéro à appeler", page.state, hint: page.person == nil ? "Sans réponse : celui de la fiche créée." : nil,
                kind: .tel, size: .medium
            ).html
        }
        let choices = phones.map { Choice($0.number, Format.phone($0.number), detail: $0.label.isEmpty ? nil : $0.label) }
        return """
            \(RadioCards("phone", "Numéro à appeler", choices, state(first: phones[0].number)))
            \(TextField("phone_other", "Un autre numéro", page.state, kind: .tel, isOptional: true, size: .medium))
            """
    }

    /// The first number is chosen until another is.
    private func state(first: String) -> FormState {
        guard page.state.value("phone").isEmpty else { return page.state }
        return FormState(Form(["phone": [first]]), errors: page.state.errors)
    }

    private var link: HTML {
        TextField("link", "Lien de la visio", page.state, hint: "https://…", kind: .url, isOptional: true).html
    }

    private var instructions: HTML {
        guard let text = page.reason?.instructions, !text.isEmpty else { return .empty }
        return Notice(.plain, "<p><b>À rappeler :</b> \(text)</p>").html
    }
}

/// What stands in the way, and how to go on all the same.
struct ObstacleFields: View {
    let page: BookingPage

    var html: HTML {
        switch page.obstacle {
        case .alreadyUpcoming: upcoming
        case .notReferent where page.draft.isDirect == false: .empty
        case .personBusy: again("force", "Garder les deux rendez-vous", "force_because", "Pourquoi les deux ?")
        case .slotTaken where page.mayOverbook:
            again("overbook", "Placer en plus, malgré l’autre rendez-vous", "overbook_because", "Pourquoi en plus ?")
        default: .empty
        }
    }

    private func again(_ box: String, _ label: String, _ field: String, _ question: String) -> HTML {
        Notice(.warn, "\(Checkbox(box, label, page.state))\(TextField(field, question, page.state, isOptional: true, limit: 200))").html
    }

    private var upcoming: HTML {
        Notice(
            .warn,
            """
            <p><b>Déjà prévu :</b></p><ul class="stack">\(each: page.upcoming, line)</ul>
            \(Checkbox("again", "Il faut bien un autre rendez-vous", page.state))
            """
        ).html
    }

    private func line(_ details: AppointmentDetails) -> HTML {
        """
        <li>\(Format.capitalized(page.time.moment(details.appointment.startsAt))), \(details.reason.how.label), avec \(details.agentName). \
        \(LinkButton("Déplacer plutôt", Urls.moveAppointment(details.appointment.id)))</li>
        """
    }
}
