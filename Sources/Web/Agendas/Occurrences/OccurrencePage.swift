import Core
import Scheduling

/// What recurs, as pages speak of it.
protocol DayByDay: Recurring {
    /// In addresses: `openings`.
    static var things: String { get }
    /// "cette plage".
    static var words: OccurrenceWords { get }
    static var isAbsence: Bool { get }
    static var sampled: Self { get }
}

struct OccurrenceWords: Sendable {
    let this: String
    let back: String
}

extension Opening: DayByDay {
    static let things = "openings"
    static let words = OccurrenceWords(this: "cette plage", back: "Toute la plage")
    static let isAbsence = false
    static var sampled: Opening { AgendaSample.listed[0].opening }
}

extension Absence: DayByDay {
    static let things = "absences"
    static let words = OccurrenceWords(this: "cette indisponibilité", back: "Toute l’indisponibilité")
    static let isAbsence = true
    static var sampled: Absence { AgendaSample.absences[0] }
}

/// The coming days of what recurs, each with its page, and one more day.
struct OccurrenceList<Thing: DayByDay>: View {
    let thing: Thing
    let time: LocalTime
    private let shown = 10

    var html: HTML {
        guard thing.stretch.recurrence.pattern != .once else { return .empty }
        return """
            <section class="card stack after" aria-labelledby="days-title"><h2 id="days-title">Un seul jour</h2>\
            <p class="soft">Changer, supprimer ou ajouter un jour sans toucher aux autres.</p>\
            <ul class="stack">\(each: days, line)</ul>\
            \(LinkButton("Ajouter un jour", Urls.occurrences(Thing.things, thing.id)))</section>
            """
    }

    private var days: [Occurrence] {
        let today = time.zone.civil(time.now).date
        return Array(thing.stretch.occurrences(in: today..<today.adding(days: 366)).prefix(shown))
    }

    private func line(_ one: Occurrence) -> HTML {
        let day = Format.capitalized(Format.day(one.date, today: time.today))
        return "<li><a href=\"\(href: Urls.occurrence(Thing.things, thing.id, one.date))\">\(day)</a>\(one.exception.map(tag))</li>"
    }

    private func tag(_ exception: Recurrence.Exception) -> HTML {
        switch exception {
        case .deleted: " \(Tag("supprimé", .warn))"
        case .added(let minutes): " \(Tag("ajouté, \(Format.span(minutes))"))"
        case .cut(let minutes): " \(Tag(Format.span(minutes)))"
        case .moved(let other, let minutes):
            " \(Tag("déplacé au \(Format.day(other, today: time.today)), \(Format.span(minutes))"))"
        }
    }
}

/// One day of what recurs: moved, given other hours, deleted; that day alone, those after too, or all. Or one more day.
struct OccurrencePage<Thing: DayByDay>: Page {
    let thing: Thing
    let owner: AgendaOwner
    /// Nothing for one more day.
    let date: CivilDate?
    var state: FormState
    let time: LocalTime

    var title: String { date.map { Format.capitalized(Format.day($0, today: time.today)) } ?? "Ajouter un jour" }

    var html: HTML {
        """
        <div class="column">\(PageHead(title, above: owner.agent.name, actions: back))\
        <p class="sentence after-head">\(StretchSentence(stretch: thing.stretch, today: time.today).text)</p>\
        \(PostForm(action, state) { fields })\(deletion)</div>
        """
    }

    private var here: URLPath { Thing.isAbsence ? Urls.absence(thing.id) : Urls.opening(thing.id) }
    private var back: HTML { LinkButton(Thing.words.back, here).html }
    private var action: URLPath {
        date.map { Urls.occurrence(Thing.things, thing.id, $0) } ?? Urls.occurrences(Thing.things, thing.id)
    }

    private var fields: HTML {
        """
        \(HiddenField("version", String(thing.version)))<div class="hours-fields\(if: Thing.isAbsence, " pairs")">\
        \(DateField("date", "Le", state))\(TimeField("from", "De", state))\
        \(if: Thing.isAbsence, DateField("end_date", "Au", state, hint: "Vide\u{A0}: le même jour.", isOptional: true).html)\
        \(TimeField("to", "À", state))</div>\(if: date != nil, scope("scope"))\
        \(SubmitRow(date == nil ? "Ajouter ce jour" : "Enregistrer", cancel: here))
        """
    }

    private func scope(_ name: String) -> HTML {
        RadioCards(
            name, "Pour quelles fois ?",
            [
                Choice("one", "Celle-ci"), Choice("following", "Celle-ci et les suivantes"), Choice("all", "Toutes"),
            ], state
        ).html
    }

    private var exception: Recurrence.Exception? { date.flatMap { thing.stretch.recurrence.exceptions[$0] } }

    private var deletion: HTML? {
        date.map { date in
            let restore = ("act", "restore"), version = ("version", String(thing.version))
            let url = Urls.occurrenceDeletion(Thing.things, thing.id, date)
            let isDeleted = exception == .deleted
            return """
                <div class="row after">\
                \(if: exception != nil && exception?.isAdded == false, ActionButton("Remettre ce jour comme les autres", url, fields: [restore, version]).html)\
                \(if: !isDeleted, ActionButton("Supprimer ce jour", url, style: .alert, fields: [("scope", "one"), version]).html)\
                \(if: !isDeleted && exception?.isAdded != true,
                    ActionButton("Supprimer ce jour et les suivants", url, style: .alert, fields: [("scope", "following"), version]).html)</div>
                """
        }
    }

    static var sample: OccurrencePage {
        OccurrencePage(
            thing: Thing.sampled, owner: AgendaSample.owner, date: AgendaSample.monday,
            state: FormState(["date": "2026-11-30", "from": "09:00", "to": "12:00", "scope": "one"]), time: AgendaSample.time)
    }
}
