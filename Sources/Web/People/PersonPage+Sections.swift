import Core
import Scheduling

/// The appointments of a person's page: those to come, or those of the past.
struct PersonAppointments: View {
    enum Kind { case upcoming, past }

    let page: PersonPage
    let kind: Kind

    var html: HTML {
        let lines = page.file.appointments.filter { ($0.startsAt > page.time.now) == (kind == .upcoming) }
        return """
            <section class="card stack" aria-labelledby="\(id)"><h2 id="\(id)">\(title)</h2>\
            \(lines.isEmpty ? empty : "<ul class=\"stack\">\(each: lines, line)</ul>")</section>
            """
    }

    private var id: String { kind == .upcoming ? "upcoming-title" : "past-title" }
    private var title: String { kind == .upcoming ? "Rendez-vous à venir" : "Rendez-vous passés" }

    private var empty: HTML {
        kind == .upcoming ? "<p class=\"soft\">Aucun rendez-vous prévu.</p>" : "<p class=\"soft\">Aucun rendez-vous passé.</p>"
    }

    private func line(_ one: AppointmentOfPerson) -> HTML {
        switch one {
        case .full(let full): self.full(full)
        case .masked(let masked): self.masked(masked)
        }
    }

    private func full(_ full: AppointmentOfPerson.Full) -> HTML {
        let status = full.status.label(endingAt: full.appointment.endsAt, now: page.time.now)
        let detail = [full.reasonName, full.appointment.how.label, "avec \(full.agentName)", full.siteName ?? full.appointment.place]
        return """
            <li><p><a href="\(href: Urls.appointment(full.appointment.id))"><b>\(moment(full.appointment.startsAt))</b></a> \
            \(if: full.status != .upcoming || kind == .past, Tag(Format.capitalized(status), full.status.tone(past: kind == .past)).html)</p>\
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

extension Participation.Status {
    /// What still waits for someone to say what became of it stands out.
    fileprivate func tone(past: Bool) -> Tone {
        switch self {
        case .attended: .good
        case .upcoming: past ? .warn : .plain
        case .missed, .notProvided: .warn
        case .cancelledByPerson, .cancelledByService: .plain
        }
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

/// Notes of the agent's own services, and a place to write one.
struct PersonNotes: View {
    let page: PersonPage

    var html: HTML {
        guard page.may.writeNotes || !page.file.notes.isEmpty else { return .empty }
        return """
            <section class="card stack" aria-labelledby="notes-title"><h2 id="notes-title">Notes</h2>\(if: page.may.writeNotes, form)\
            \(if: page.file.notes.isEmpty, "<p class=\"soft\">Aucune note de vos services.</p>")\
            <ul class="stack">\(each: page.file.notes, note)</ul></section>
            """
    }

    private var form: HTML {
        PostForm(Urls.personNotes(page.person.id), FormState(page.noteState.form, errors: page.noteState.errors)) {
            """
            \(service)\(TextArea("text", "Écrire une note", page.noteState, hint: "Lue par les agents du service.", limit: Note.longest))\
            \(SubmitRow("Enregistrer la note"))
            """
        }.html
    }

    /// No question when the agent is of one service only.
    private var service: HTML {
        let services = page.file.serviceNames.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        if services.count == 1 { return HiddenField("service", services[0].key.description).html }
        let choices = services.map { Choice($0.key.description, $0.value) }
        return Select("service", "Service", choices, page.noteState, empty: "Choisir…").html
    }

    private func note(_ note: Note) -> HTML {
        """
        <li><p class="soft">\(Format.capitalized(page.time.moment(note.createdAt))) · \(page.file.agentNames[note.authorID]) · \
        \(page.file.serviceNames[note.serviceID])</p><div class="said">\(each: note.text.split(separator: "\n"), { "<p>\($0)</p>" })</div></li>
        """
    }
}
