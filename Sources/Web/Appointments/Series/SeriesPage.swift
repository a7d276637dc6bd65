import Core
import Scheduling

/// Each date of a series: the hour asked for, or what stands in the way and the nearest instead.
struct SeriesPage: Page {
    let form: Form
    let dates: [SeriesPlan.Date]
    let choices: BookingChoices
    var personName: String?
    var state: FormState
    let time: LocalTime

    let title = "Les dates de la série"

    /// What the booking screen said, carried along.
    static let own = ["csrf", "slot", "later"]

    var html: HTML {
        """
        \(PageHead(title, above: above))\(PostForm(Urls.series, state, id: "series") {
            """
            <div class="stack column">\(carried)\(each: Array(dates.enumerated()), date)\
            <p class="row"><button type="submit" class="main">Prendre ces rendez-vous</button>\
            <button type="submit" formaction="\(href: Urls.newAppointment)">Revenir aux créneaux</button></p></div>
            """
        })
        """
    }

    private var above: String {
        let reason = choices.reasons.first { $0.reason.id.description == form.text("reason") }?.reason.name
        return [reason, personName].compactMap { $0 }.joined(separator: " · ")
    }

    private var carried: HTML {
        let fields = form.fields.filter { !Self.own.contains($0.key) && !$0.key.hasPrefix("date-") }
        let pairs = fields.keys.sorted().flatMap { name in (fields[name] ?? []).map { (name, $0) } }
        return "\(HiddenField("slot", form.text("slot")))\(each: pairs, { HiddenField($0.0, $0.1).html })"
    }

    private func date(_ one: (offset: Int, element: SeriesPlan.Date)) -> HTML {
        let (index, date) = one, name = "date-\(index)"
        let chosen = state.value(name).isEmpty ? first(date) : state.value(name)
        let day = Format.capitalized(Format.near(date.date, today: time.today))
        return """
            <fieldset class="field card"><legend class="day-title">\(day)</legend>\(Field.error(name, state.error(name)))\
            \(date.obstacle.map { "<p>\(Tag(sentence($0), .warn))</p>" as HTML })<div class="slots">\
            \(date.wanted.map { radio(name, $0, chosen, isOther: false) })\(date.alternative.map { radio(name, $0, chosen, isOther: true) })\
            \(skip(name, chosen))</div></fieldset>
            """
    }

    /// The hour asked for, else the nearest, else nothing.
    private func first(_ date: SeriesPlan.Date) -> String {
        (date.wanted ?? date.alternative).map { SlotKey($0).description } ?? "none"
    }

    private func sentence(_ obstacle: SeriesPlan.Obstacle) -> String {
        switch obstacle {
        case .holiday(let name): "Férié : \(name)"
        case .closed(let title): "Fermé : \(title)"
        case .busy: "L’agent n’est pas libre à cette heure"
        case .notOpen: "Rien n’est ouvert à cette heure"
        case .tooFar: "Trop loin : l’agenda n’est pas encore ouvert"
        }
    }

    private func radio(_ name: String, _ slot: Slot, _ chosen: String, isOther: Bool) -> HTML {
        let label = isOther ? Format.capitalized(time.moment(slot.start)) : time.time(slot.start)
        return option(name, SlotKey(slot).description, chosen, label, detail: (isOther ? "au plus près · " : "") + choices.names(of: slot))
    }

    private func skip(_ name: String, _ chosen: String) -> HTML {
        option(name, "none", chosen, "Ne pas prendre", detail: "aucun rendez-vous cette fois")
    }

    private func option(_ name: String, _ value: String, _ chosen: String, _ label: String, detail: String) -> HTML {
        let control = "\(name)-\(value)"
        return """
            <label class="tick slot" for="\(control)"><input type="radio" id="\(control)" name="\(name)" value="\(value)"\
            \(attribute: "checked", if: value == chosen)><span>\(label)<small>\(detail)</small></span></label>
            """
    }

    static var sample: SeriesPage {
        let start = Samples.time.now.adding(days: 1)
        let slot = { (days: Int) in
            Slot(
                start: start.adding(days: days), minutes: 30, organizationID: Samples.organization.id, siteID: Samples.place.id,
                agentID: Samples.agent, because: .leastBusy, count: 1)
        }
        let date = { (days: Int) in Samples.time.zone.civil(start.adding(days: days)).date }
        let choices = BookingChoices(
            reasons: [.init(reason: Samples.reason, serviceName: "Service social")], sites: [Samples.place],
            agents: [.init(id: Samples.agent, name: "Maïté Ithurralde", organizationIDs: [Samples.organization.id])],
            organizations: [Samples.organization])
        let form = Form(["reason": [Samples.reason.id.description], "slot": [SlotKey(slot(0)).description]])
        return SeriesPage(
            form: form,
            dates: [
                .init(date: date(0), wanted: slot(0), obstacle: nil, alternative: nil),
                .init(date: date(7), wanted: nil, obstacle: .holiday("Jour de l’An"), alternative: slot(8)),
                .init(date: date(14), wanted: nil, obstacle: .tooFar, alternative: nil),
            ], choices: choices, personName: "Jeanne Lacoste", state: FormState(form), time: Samples.time)
    }
}
