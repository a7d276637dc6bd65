import Core
import Scheduling

/// Whose slots are being booked at this moment, and the one that is held for whoever looks.
struct HoldsShown: Sendable {
    /// The slot chosen, held for this agent.
    var mine: (slot: Slot, hold: Hold)?
    /// Those of colleagues, with their names.
    var others: [Line] = []

    struct Line: Sendable, Equatable {
        let start: Instant
        let agent: String
        let by: String
    }
}

/// « Gardé pour vous jusqu’à 9 h 42 »: part of the form, so that leaving the page gives it back (`hold.js`).
struct HeldNotice: View {
    let holds: HoldsShown
    let time: LocalTime

    var html: HTML {
        """
        <div id="held" aria-live="polite" data-release="\(href: Urls.holdRelease)">\(holds.mine.map { notice($0.hold) })</div>
        """
    }

    private func notice(_ hold: Hold) -> HTML {
        """
        \(HiddenField("hold", hold.id.description))\
        <p class="hint">Créneau gardé pour vous jusqu’à \(time.time(hold.expiresAt)) : vos collègues le voient en cours de réservation.</p>
        """
    }
}

/// What colleagues are writing down just now.
struct HeldByOthers: View {
    let lines: [HoldsShown.Line]
    let time: LocalTime

    var html: HTML {
        guard !lines.isEmpty else { return .empty }
        return "<ul class=\"stack soft\">\(each: lines, line)</ul>"
    }

    private func line(_ one: HoldsShown.Line) -> HTML {
        "<li>\(Format.capitalized(time.moment(one.start))) avec \(one.agent) : en cours de réservation par \(one.by).</li>"
    }
}
