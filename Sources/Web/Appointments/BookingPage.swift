import Core
import Scheduling

/// Finding a slot and booking it while on the phone: what for, when, who, in one screen.
struct BookingPage: Page {
    let draft: BookingDraft
    var state: FormState
    let choices: BookingChoices
    /// Nothing before a reason is chosen.
    var found: FoundSlots?
    /// After a slot was lost: the nearest ones that are free.
    var nearest: [Slot] = []
    var person: Person?
    /// What must be minded before calling or writing to them.
    var discretion = Discretion.none
    var isArchived = false
    /// Children whom the same people answer for: one after the other.
    var siblings: [FoundPerson] = []
    /// Adults who may come with a child.
    var adults: [Relative] = []
    var candidates: [FoundPerson] = []
    /// Others in the same appointment, and who is looked for to be one.
    var also: [AlsoPicker.Someone] = []
    var alsoCandidates: [FoundPerson] = []
    var holds = HoldsShown()
    /// What stands in the way and can be overridden on purpose.
    var obstacle: BookingObstacle?
    /// Upcoming appointments for the same reason: « déplacer plutôt ».
    var upcoming: [AppointmentDetails] = []
    /// Goes with the form: see ``BookingRoutes``.
    var opened = ""
    let mayOverbook: Bool
    /// A manager, who opens time.
    var seesDemands = false
    let privacyNotice: String
    let time: LocalTime

    var title: String { "Nouveau rendez-vous" }

    var html: HTML {
        """
        \(PageHead(title, actions: modes))
        \(PostForm(Urls.appointments, state, id: "booking") { form })
        """
    }

    private var modes: HTML {
        """
        \(if: choices.reasons.contains { $0.reason.seats != nil }, LinkButton("Rendez-vous collectifs", Urls.groups).html)\
        \(if: seesDemands, LinkButton("Demandes sans créneau", Urls.unmetDemands).html)\(otherMode)
        """
    }

    private var otherMode: HTML {
        let other: URLPath = Urls.newAppointment.query("person", person?.id.description).query("reason", state.form.optional("reason"))
        return draft.isDirect
            ? LinkButton("Chercher un créneau", other).html
            : LinkButton("Écrire dans un agenda", other.query("mode", "direct")).html
    }

    private var form: HTML {
        """
        <div class="two booking" data-refresh="\(href: Urls.newAppointment)">
        <div class="stack">\(what)<div id="when">\(when)</div></div>
        <div class="stack"><div id="who">\(PersonPicker(page: self))</div><div id="telling">\(telling)</div>\(submit)</div>
        </div>
        """
    }

    private var what: HTML {
        """
        <section class="card stack" aria-labelledby="what-title"><h2 id="what-title">Pour quoi, et quand ?</h2>
        \(HiddenField("mode", draft.isDirect ? "direct" : "slot"))\(HiddenField("replaces", state.value("replaces")))
        \(ReasonSelect(choices: choices, state: state))
        <div class="pairs">\(siteSelect)\(agentSelect)\(if: !draft.isDirect, moments)</div>
        <div id="two" data-refreshes="when">\(BookingOptions(page: self))</div>
        <p class="unscripted"><button type="submit" formaction="\(href: Urls.newAppointment)">Chercher</button></p></section>
        """
    }

    private var siteSelect: HTML {
        Select(
            "site", "Lieu", (draft.isDirect ? choices.sites : choices.allSites).map { Choice($0.id.description, $0.name) }, state,
            isOptional: true,
            empty: draft.isDirect ? "Aucun" : "Tous les lieux"
        ).html
    }

    private var agentSelect: HTML {
        Select(
            "agent", "Agent", choices.agents.map { Choice($0.id.description, $0.name) }, state, isOptional: !draft.isDirect,
            empty: draft.isDirect ? "Choisir" : "Tous les agents"
        ).html
    }

    private var moments: HTML {
        let parts = [Choice("morning", "Le matin"), Choice("afternoon", "L’après-midi")]
        return """
            \(DateField("from", "À partir du", state, isOptional: true))
            \(Select("part", "Moment", parts, state, isOptional: true, empty: "Toute la journée"))
            """
    }

    private var when: HTML {
        if draft.isDirect {
            return
                "\(DirectTime(state: state))\(if: reason?.isFollowUp == true, FollowUpFields(following: nil, choices: choices, state: state).html)"
        }
        guard let found else { return "<p class=\"soft\">Choisissez le motif : les prochains créneaux libres s’affichent ici.</p>" }
        return SlotPicker(
            found: found, nearest: nearest, isOnePlace: draft.siteID != nil, choices: choices, state: state, time: time,
            lookAt: Urls.newAppointment, noteAt: Urls.unmetDemands, holds: holds
        ).html
    }

    private var telling: HTML { TellingFields(page: self).html }

    private var submit: HTML {
        """
        \(ObstacleFields(page: self))
        <p class="row"><button type="submit" class="main wide">Prendre le rendez-vous</button></p>
        """
    }

    /// The reason chosen.
    var reason: Reason? { choices.reasons.first { $0.reason.id == draft.reasonID }?.reason }
}

/// Why a booking was refused, when it may be made all the same.
enum BookingObstacle: Sendable {
    case slotTaken, personBusy, alreadyUpcoming, lookalikes, notReferent

    init?(code: String) {
        switch code {
        case "slot-taken", "slot-closed": self = .slotTaken
        case "person-busy": self = .personBusy
        case "already-upcoming": self = .alreadyUpcoming
        case "lookalikes": self = .lookalikes
        case "not-referent": self = .notReferent
        default: return nil
        }
    }
}

/// The reasons by service.
struct ReasonSelect: View {
    let choices: BookingChoices
    let state: FormState

    var html: HTML {
        let services = choices.reasons.reduce(into: [String]()) { if $0.last != $1.serviceName { $0.append($1.serviceName) } }
        return Field("reason", "Motif", state, hint: nil, isOptional: false) { attributes in
            """
            <select data-refreshes="two when who telling"\(attributes)><option value="">Choisir le motif</option>\(each: services, group)</select>
            """
        }.html
    }

    private func group(_ service: String) -> HTML {
        "<optgroup label=\"\(service)\">\(each: choices.reasons.filter { $0.serviceName == service }, option)</optgroup>"
    }

    private func option(_ one: BookingChoices.ReasonOfService) -> HTML {
        let id = one.reason.id.description
        return """
            <option value="\(id)"\(attribute: "selected", if: id == state.value("reason"))>\(one.reason.name) · \(one.reason.how.label), \
            \(Format.duration(minutes: one.reason.minutes))</option>
            """
    }
}
