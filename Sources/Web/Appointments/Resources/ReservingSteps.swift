import Core

/// The resources of an appointment, and what was answered about each.
struct ReservedList: View {
    let page: AppointmentPage

    var html: HTML { "\(each: page.details.resources, one)" }

    private func one(_ reserved: ReservedResource) -> HTML {
        let tone: Tone =
            switch reserved.standing {
            case .reserved: .plain
            case .accepted: .good
            case .toConfirm: .warn
            case .refused: .alert
            }
        let contact = reserved.resource.contact.isEmpty ? "" : " (\(reserved.resource.contact))"
        return """
            <p><a href="\(href: Urls.resource(reserved.resource.id))">\(reserved.resource.name)</a>\(contact) \(Tag(reserved.standing.label, tone))\
            \(answer(reserved))</p>
            """
    }

    private func answer(_ reserved: ReservedResource) -> HTML {
        guard let at = reserved.answeredAt else { return .empty }
        return " <span class=\"soft\">\(page.time.moment(at))\(if: !reserved.why.isEmpty, " : « \(reserved.why) »")</span>"
    }
}

/// Reserving, giving back, and saying what was answered.
struct ReservingSteps: View {
    let page: AppointmentPage

    private var id: ID<Appointment> { page.details.appointment.id }

    var html: HTML {
        guard page.actions.move, !page.reservable.isEmpty || !page.details.resources.isEmpty else { return .empty }
        return """
            \(each: page.details.resources.filter { $0.standing == .toConfirm }, answering)\
            <details class="more"><summary>Salle, voiture, interprète</summary>\(each: page.details.resources, releasing)\(reserving)</details>
            """
    }

    private func answering(_ reserved: ReservedResource) -> HTML {
        ResourceAnswer(appointment: id, resource: reserved.resource).html
    }

    private func releasing(_ reserved: ReservedResource) -> HTML {
        """
        <div class="row">\(ActionButton(
            "Rendre : \(reserved.resource.name)", Urls.resourceRelease(id), fields: [("resource", reserved.resource.id.description)]))</div>
        """
    }

    private var reserving: HTML {
        guard !page.reservable.isEmpty else { return "<p class=\"soft\">Rien d’autre n’est libre à cette heure.</p>" }
        let choices = page.reservable.map { Choice($0.id.description, "\($0.name) (\($0.kind.label))") }
        return PostForm(Urls.appointmentResources(id), page.state) {
            "\(Select("resource", "Réserver aussi", choices, page.state, empty: "Choisir"))\(SubmitRow("Réserver"))"
        }.html
    }
}

/// « Accepté » or « Refusé »: what the interpreter answered.
struct ResourceAnswer: View {
    let appointment: ID<Appointment>
    let resource: Resource
    /// Where one comes back to.
    var back: URLPath?

    var html: HTML {
        """
        <div class="row"><p><b>\(resource.name)</b> : à confirmer</p>\(button("Accepté", "yes"))\(button("Refusé", "no"))</div>
        """
    }

    private func button(_ label: String, _ answer: String) -> ActionButton {
        let fields = [("resource", resource.id.description), ("accepted", answer)] + (back.map { [("back", $0.text)] } ?? [])
        return ActionButton(label, Urls.resourceAnswer(appointment), fields: fields)
    }
}
