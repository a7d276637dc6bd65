import Core
import Scheduling

/// The free slots: the next one of each place, then, for one place, all those of the coming days.
struct SlotPicker: View {
    let found: FoundSlots
    /// After a slot was lost: the nearest ones that are free.
    var nearest: [Slot] = []
    /// One place was asked for: all its slots are shown.
    let isOnePlace: Bool
    let choices: BookingChoices
    let state: FormState
    let time: LocalTime
    /// Where the same form is sent to look for other slots.
    let lookAt: URLPath
    /// Where what nothing was found for is noted, in one press.
    var noteAt: URLPath?
    /// What is being booked just now; `nil` where nothing is held.
    var holds: HoldsShown?

    static let daysShown = 5

    var html: HTML {
        """
        <section class="card stack" aria-labelledby="when-title"><h2 id="when-title">Créneaux libres</h2>\
        \(followUp)\(holding)<div class="offers stack"\(attribute: "data-refreshes", holds == nil ? nil : "held")>\(mine)\(lost)\(slots)</div></section>
        """
    }

    private var holding: HTML {
        holds.map { "\(HeldNotice(holds: $0, time: time))\(HeldByOthers(lines: $0.others, time: time))" } ?? .empty
    }

    /// What is held for oneself is busy to the search, and stays chosen.
    private var mine: HTML {
        guard let held = holds?.mine?.slot, !found.slots.contains(where: { SlotKey($0) == SlotKey(held) }) else { return .empty }
        return "<div class=\"cards\">\(card(held, id: "held"))</div>"
    }

    private var followUp: HTML {
        found.following.map { FollowUpFields(following: $0, choices: choices, state: state).html } ?? .empty
    }

    private var lost: HTML {
        guard !nearest.isEmpty else { return .empty }
        return """
            <fieldset class="field nearest"><legend>Les plus proches du créneau perdu</legend>\
            <div class="cards">\(each: nearest, { card($0, id: "near") })</div></fieldset>
            """
    }

    private var slots: HTML {
        if found.slots.isEmpty { return found.groups.contains { $0.left > 0 } ? groups : "\(groups)\(nothing)" }
        return "\(groups)\(newGroup)\(!isOnePlace && found.firstOfPlaces.count > 1 ? firstOfPlaces : days)"
    }

    private var groups: HTML { GroupOffers(groups: found.groups, choices: choices, state: state, time: time).html }

    private var newGroup: HTML {
        guard let seats = found.reason.seats else { return .empty }
        return "<p class=\"hint\">Choisir un créneau libre ouvre un nouveau rendez-vous collectif de \(Format.count(seats, "place")).</p>"
    }

    private var nothing: HTML {
        let said = EmptyState(
            "Aucun créneau libre",
            "Élargissez à tous les lieux ou à tous les agents, choisissez une autre date, ou écrivez directement dans un agenda."
        )
        return "\(said)\(noteAt.map(noting))"
    }

    private func noting(_ url: URLPath) -> HTML {
        """
        <p class="row"><button type="submit" formaction="\(href: url)">Noter la demande sans créneau</button></p>\
        <p class="hint">Motif, lieu et moment sont comptés pour les responsables, qui verront où ouvrir du temps.</p>
        """
    }

    private var firstOfPlaces: HTML {
        """
        <fieldset class="field"><legend>Le prochain créneau de chaque lieu</legend>\(Field.error("slot", state.error("slot")))\
        <div class="cards">\(each: found.firstOfPlaces, { card($0, id: "first") })</div></fieldset>
        <p class="row">\(each: sites, more)</p>
        """
    }

    private var sites: [Site] {
        found.firstOfPlaces.compactMap { slot in choices.allSites.first { $0.id == slot.siteID } }
    }

    private func more(_ site: Site) -> HTML {
        """
        <button type="submit" class="quiet" name="show_site" value="\(site.id.description)" formaction="\(href: lookAt)" \
        data-refreshes="when">Tous les créneaux : \(site.name)</button>
        """
    }

    private func card(_ slot: Slot, id: String) -> HTML {
        let detail = choices.isBeyond(slot) ? choices.houseName(slot) : "\(choices.names(of: slot)) · \(slot.because.label)"
        return radio(slot, id: id, Format.capitalized(time.moment(slot.start)), detail: detail, above: choices.placeName(slot))
    }

    private var days: HTML {
        let byDay = Dictionary(grouping: found.slots) { time.zone.civil($0.start).date }
        let shown = byDay.keys.sorted().prefix(Self.daysShown)
        return """
            <p class="hint">L’agent proposé est le référent de la personne, sinon qui l’a reçue la dernière fois, sinon le moins chargé cette \
            semaine-là.</p>\(Field.error("slot", state.error("slot")))\(each: shown, { day($0, byDay[$0] ?? []) })\
            \(if: byDay.count > Self.daysShown, later(than: shown.last))
            """
    }

    private func day(_ date: CivilDate, _ slots: [Slot]) -> HTML {
        let title = Format.capitalized(Format.near(date, today: time.today))
        return """
            <fieldset class="field"><legend class="day-title">\(title)</legend><div class="slots">\(each: slots, chip)</div></fieldset>
            """
    }

    private func chip(_ slot: Slot) -> HTML {
        let why = slot.because == .leastBusy ? "" : " · \(slot.because.label)"
        return radio(slot, id: "at", time.time(slot.start), detail: choices.names(of: slot) + why, above: nil)
    }

    private func radio(_ slot: Slot, id: String, _ label: String, detail: String, above: String?) -> HTML {
        SlotRadio(
            slot: slot, id: id, label: label, detail: detail, above: above, isChosen: state.value("slot") == SlotKey(slot).description
        ).html
    }

    private func later(than last: CivilDate?) -> HTML {
        guard let last else { return .empty }
        return """
            <p><button type="submit" name="later" value="\(last.adding(days: 1).description)" formaction="\(href: lookAt)" \
            data-refreshes="when">Jours suivants ›</button></p>
            """
    }
}

/// One time that can be chosen.
struct SlotRadio: View {
    let slot: Slot
    /// Tells apart the same time offered twice.
    let id: String
    let label: String
    let detail: String
    let above: String?
    let isChosen: Bool

    var html: HTML {
        let key = SlotKey(slot).description
        let control = "slot-\(id)-\(key)"
        return """
            <label class="tick slot" for="\(control)"><input type="radio" id="\(control)" name="slot" value="\(key)"\
            \(attribute: "checked", if: isChosen)><span>\
            \(above.map { "<small>\($0)</small>" as HTML })\(label)<small>\(detail)</small></span></label>
            """
    }
}

extension BookingChoices {
    func name(of agent: ID<Agent>) -> String { agents.first { $0.id == agent }?.name ?? "" }

    /// All who receive.
    func names(of slot: Slot) -> String {
        let reserved = slot.resourceIDs.compactMap { id in resources.first { $0.id == id }?.name }
        let next = slot.next.map { next in
            "puis \(reasons.first { $0.reason.id == next.reasonID }?.reason.name ?? "") avec \(name(of: next.agentID))"
        }
        let parts = [Format.list(([slot.agentID] + slot.colleagueIDs).map(name))] + reserved + [next].compactMap { $0 }
        return parts.joined(separator: " · ")
    }

    /// The site, or the organization for what is at none.
    func placeName(_ slot: Slot) -> String {
        if let site = slot.siteID { return allSites.first { $0.id == site }?.name ?? "" }
        return houseName(slot)
    }

    var allSites: [Site] { sites + sitesBeyond }

    /// Whoever prescribes is told where, and with whom once it is booked.
    func isBeyond(_ slot: Slot) -> Bool { organizationsBeyond.contains { $0.id == slot.organizationID } }

    func houseName(_ slot: Slot) -> String {
        (organizations + organizationsBeyond).first { $0.id == slot.organizationID }?.name ?? ""
    }
}

/// A time written straight into an agenda.
struct DirectTime: View {
    let state: FormState

    var html: HTML {
        """
        <section class="card stack" aria-labelledby="when-title"><h2 id="when-title">Jour et heure</h2>\
        <div class="three">\(DateField("date", "Jour", state))\(TimeField("time", "Heure", state))\(minutes)</div>\
        \(TextField("place", "Autre lieu", state, isOptional: true, limit: 100))</section>
        """
    }

    private var minutes: HTML {
        TextField(
            "minutes", "Durée", state, hint: "En minutes. Sans réponse\u{A0}: celle du motif.", kind: .number, isOptional: true,
            size: .short
        ).html
    }
}
