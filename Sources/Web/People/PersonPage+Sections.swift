import Core
import Scheduling

/// The appointments of a person's page that are still to come.
struct PersonAppointments: View {
    let page: PersonPage

    var html: HTML {
        let lines = page.file.appointments.filter { $0.startsAt > page.time.now }
        return """
            <section class="card stack" aria-labelledby="upcoming-title"><h2 id="upcoming-title">Rendez-vous à venir</h2>\
            \(lines.isEmpty ? "<p class=\"soft\">Aucun rendez-vous prévu.</p>" : "<ul class=\"stack\">\(each: lines, line)</ul>")\
            \(if: page.may.edit, calendars)</section>
            """
    }

    private var calendars: HTML { "<p>\(LinkButton("Sur son téléphone", Urls.personCalendars(page.person.id)))</p>" }

    private func line(_ one: AppointmentOfPerson) -> HTML {
        switch one {
        case .full(let full): self.full(full)
        case .masked(let masked): self.masked(masked)
        }
    }

    private func full(_ full: AppointmentOfPerson.Full) -> HTML {
        let detail = [full.reasonName, full.appointment.how.label, "avec \(full.agentName)", full.siteName ?? full.appointment.place]
        return """
            <li><p><a href="\(href: Urls.appointment(full.appointment.id))"><b>\(moment(full.appointment.startsAt))</b></a> \
            \(if: full.status != .upcoming, Tag(Format.capitalized(full.status.label)).html)</p>\
            <p class="soft">\(detail.filter { !$0.isEmpty }.joined(separator: " · "))</p></li>
            """
    }

    private func masked(_ masked: AppointmentOfPerson.Masked) -> HTML {
        """
        <li><p><b>\(moment(masked.startsAt))</b></p><p class="soft">\(masked.serviceName ?? "Rendez-vous avec un autre service")</p></li>
        """
    }

    private func moment(_ instant: Instant) -> String { Format.capitalized(page.time.moment(instant)) }
}

/// What happened lately, and the way to all of it.
struct PersonStory: View {
    let page: PersonPage
    /// On the person's page; the rest is on a page of its own.
    static let most = 12

    var html: HTML {
        """
        <section class="card stack" aria-labelledby="story-title"><h2 id="story-title">Histoire</h2>\(page.story)\
        <p>\(LinkButton("Toute l’histoire", Urls.personStory(page.person.id, nil)))</p></section>
        """
    }
}

/// Who follows the person, service by service.
struct PersonReferents: View {
    let page: PersonPage

    var html: HTML {
        """
        <section class="card stack" aria-labelledby="referents-title"><h2 id="referents-title">Référents</h2>\
        \(if: page.file.referents.isEmpty, "<p class=\"soft\">Aucun référent connu de vous.</p>")\
        <ul class="stack">\(each: page.file.referents, referent)</ul>\(if: !page.choices.isEmpty, choose)</section>
        """
    }

    private func referent(_ referent: Referent) -> HTML {
        """
        <li class="row spread"><p>\(referent.serviceName) : <b>\(referent.agentName)</b> \
        <span class="soft">depuis \(page.time.day(referent.since))</span></p>\(if: !page.choices.isEmpty, remove(referent))</li>
        """
    }

    private func remove(_ referent: Referent) -> HTML {
        ActionButton(
            "Retirer", Urls.personReferents(page.person.id), fields: [("referent", "\(referent.serviceID)_")]
        ).html
    }

    private var choose: HTML {
        let choices = page.choices.map { Choice("\($0.serviceID)_\($0.agentID)", "\($0.serviceName) : \($0.agentName)") }
        return """
            <details class="more"><summary>Choisir un référent</summary>\(PostForm(Urls.personReferents(page.person.id)) {
                """
                \(Select("referent", "Référent", choices, .blank, empty: "Choisir…"))\(SubmitRow("Enregistrer"))
                """
            })</details>
            """
    }
}

/// A place to write a note; those written are in the story.
struct PersonNotes: View {
    let page: PersonPage

    var html: HTML {
        guard page.may.writeNotes else { return .empty }
        return """
            <section class="card stack" aria-labelledby="notes-title"><h2 id="notes-title">Écrire une note</h2>\(form)</section>
            """
    }

    private var form: HTML {
        PostForm(Urls.personNotes(page.person.id), FormState(page.noteState.form, errors: page.noteState.errors)) {
            """
            \(service)\(TextArea("text", "Note", page.noteState, hint: Self.hint, limit: Note.longest))\(visibility)\
            \(SubmitRow("Enregistrer la note"))
            """
        }.html
    }

    private static let hint = "La personne peut demander à lire ce que l’on garde d’elle, notes privées comprises."

    private var visibility: HTML {
        let choices = [Note.Visibility.service, .everyone, .secret].map { Choice($0.rawValue, $0.label) }
        return Select("seen_by", "Qui la lira", choices, page.noteState).html
    }

    /// No question when the agent is of one service only.
    private var service: HTML {
        let services = page.file.serviceNames.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        if services.count == 1 { return HiddenField("service", services[0].key.description).html }
        let choices = services.map { Choice($0.key.description, $0.value) }
        return Select("service", "Service", choices, page.noteState, empty: "Choisir…").html
    }
}
