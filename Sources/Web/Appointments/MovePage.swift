import Core
import Scheduling

/// Giving an appointment another time, or another agent.
struct MovePage: Page {
    let details: AppointmentDetails
    let found: FoundSlots
    var nearest: [Slot] = []
    let choices: BookingChoices
    /// The others taken in the same act.
    var together: TakenTogether?
    /// What is said now would wait.
    var mayHurry = false
    let state: FormState
    let time: LocalTime

    var title: String { "Déplacer le rendez-vous de \(Format.list(details.participants.map(\.name)))" }
    private var id: ID<Appointment> { details.appointment.id }

    var html: HTML {
        """
        \(PageHead(title, above: "Prévu \(time.moment(details.appointment.startsAt)), avec \(details.agentName)"))
        \(PostForm(Urls.moveAppointment(id), state) { form })
        """
    }

    private var form: HTML {
        """
        <div class="stack booking" data-refresh="\(href: Urls.movingSlots(id))">\(filters)
        <div id="when">\(picker)</div>\(ScopeField(together: together, appointment: details.appointment, state: state))\
        \(TextField("why", "Pourquoi", state, isOptional: true, limit: 200))\(UrgentFields(isOffered: mayHurry, state: state))
        \(SubmitRow("Déplacer le rendez-vous", cancel: Urls.appointment(id), back: "Ne rien changer"))</div>
        """
    }

    private var filters: HTML {
        """
        <section class="card stack" aria-label="Chercher"><div class="three">\
        \(Select("agent", "Agent", choices.agents.map { Choice($0.id.description, $0.name) }, state, isOptional: true, empty: "Tous les agents"))\
        \(DateField("from", "À partir du", state, isOptional: true))</div>\
        <p class="unscripted"><button type="submit" formaction="\(href: Urls.movingSlots(id))">Chercher</button></p></section>
        """
    }

    private var picker: HTML {
        SlotPicker(
            found: found, nearest: nearest, isOnePlace: true, choices: choices, state: state, time: time, lookAt: Urls.movingSlots(id)
        ).html
    }

    static var sample: MovePage {
        MovePage(
            details: Samples.details, found: FoundSlots(reason: Samples.reason, firstOfPlaces: [], slots: []),
            choices: BookingChoices(reasons: [], sites: [], agents: [], organizations: []), state: .blank, time: Samples.time)
    }
}
