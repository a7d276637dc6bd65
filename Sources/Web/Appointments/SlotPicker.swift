import Core
import Scheduling

/// The free slots: the next one of each place, then, for one place, all those of the coming days.
struct SlotPicker: View {
    let page: BookingPage

    static let daysShown = 5

    var html: HTML {
        guard let found = page.found else {
            return "<p class=\"soft\">Choisissez le motif : les prochains créneaux libres s’affichent ici.</p>"
        }
        return """
            <section class="card stack" aria-labelledby="when-title"><h2 id="when-title">Créneaux libres</h2>\(lost)\(slots(found))</section>
            """
    }

    private var lost: HTML {
        guard !page.nearest.isEmpty else { return .empty }
        return """
            <fieldset class="field nearest"><legend>Les plus proches du créneau perdu</legend>\
            <div class="cards">\(each: page.nearest, { card($0, id: "near") })</div></fieldset>
            """
    }

    private func slots(_ found: FoundSlots) -> HTML {
        if found.slots.isEmpty { return nothing }
        return page.draft.siteID == nil && found.firstOfPlaces.count > 1 ? firstOfPlaces(found) : days(found.slots)
    }

    private var nothing: HTML {
        EmptyState(
            "Aucun créneau libre", "Élargissez à tous les lieux ou à tous les agents, choisissez une autre date, ou écrivez directement dans un agenda."
        ).html
    }

    private func firstOfPlaces(_ found: FoundSlots) -> HTML {
        """
        <fieldset class="field"\(refused)><legend>Le prochain créneau de chaque lieu</legend>\(Field.error("slot", page.state.error("slot")))\
        <div class="cards">\(each: found.firstOfPlaces, { card($0, id: "first") })</div></fieldset>
        <p class="row">\(each: sites(of: found), more)</p>
        """
    }

    private var refused: HTML { page.state.error("slot") == nil ? .empty : " aria-invalid=\"true\"" }

    private func sites(of found: FoundSlots) -> [Site] {
        found.firstOfPlaces.compactMap { slot in page.choices.sites.first { $0.id == slot.siteID } }
    }

    private func more(_ site: Site) -> HTML {
        """
        <button type="submit" class="quiet" name="show_site" value="\(site.id.description)" formaction="\(href: Urls.newAppointment)" \
        data-refreshes="when">Tous les créneaux : \(site.name)</button>
        """
    }

    private func card(_ slot: Slot, id: String) -> HTML {
        let detail = "\(page.agentName(slot.agentID)) · \(slot.because.label)"
        return radio(slot, id: id, "\(Format.capitalized(page.time.moment(slot.start)))", detail: detail, above: page.placeName(slot))
    }

    private func days(_ slots: [Slot]) -> HTML {
        let byDay = Dictionary(grouping: slots) { page.time.zone.civil($0.start).date }
        let shown = byDay.keys.sorted().prefix(Self.daysShown)
        return """
            \(Field.error("slot", page.state.error("slot")))\(each: shown, { day($0, byDay[$0] ?? []) })\(later(than: shown.last, of: byDay))
            """
    }

    private func day(_ date: CivilDate, _ slots: [Slot]) -> HTML {
        let title = Format.capitalized(Format.near(Day(date), today: page.time.today))
        return """
            <fieldset class="field"><legend class="day-title">\(title)</legend>\
            <div class="slots">\(each: slots, { chip($0) })</div></fieldset>
            """
    }

    private func chip(_ slot: Slot) -> HTML {
        radio(slot, id: "at", page.time.time(slot.start), detail: page.agentName(slot.agentID), above: nil)
    }

    private func radio(_ slot: Slot, id: String, _ label: String, detail: String, above: String?) -> HTML {
        let key = SlotKey(slot).description
        let control = "slot-\(id)-\(key)"
        return """
            <label class="tick slot" for="\(control)"><input type="radio" id="\(control)" name="slot" value="\(key)"\
            \(attribute: "checked", if: page.state.value("slot") == key)><span>\
            \(above.map { "<small>\($0)</small>" as HTML })\(label)<small>\(detail)</small></span></label>
            """
    }

    private func later(than last: CivilDate?, of byDay: [CivilDate: [Slot]]) -> HTML {
        guard let last, byDay.count > Self.daysShown else { return .empty }
        return """
            <p><button type="submit" name="later" value="\(last.adding(days: 1).description)" formaction="\(href: Urls.newAppointment)" \
            data-refreshes="when">Jours suivants ›</button></p>
            """
    }
}

/// A time written straight into an agenda.
struct DirectTime: View {
    let page: BookingPage

    var html: HTML {
        """
        <section class="card stack" aria-labelledby="when-title"><h2 id="when-title">Jour et heure</h2>\
        <div class="three">\(DateField("date", "Jour", page.state))\(TimeField("time", "Heure", page.state))\
        \(TextField("minutes", "Durée", page.state, hint: "En minutes. Sans réponse : celle du motif.", kind: .number, isOptional: true, size: .short))</div>
        \(TextField("place", "Autre lieu", page.state, isOptional: true, limit: 100))</section>
        """
    }
}
