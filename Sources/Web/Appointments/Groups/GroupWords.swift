import Core

extension Format {
    /// "12 places, 3 restantes", "12 places, complet".
    static func seats(_ seats: Int, left: Int) -> String {
        "\(count(seats, "place")), \(left == 0 ? "complet" : count(left, "restante"))"
    }

    /// "3 inscrits sur 12".
    static func enrolled(_ count: Int, of seats: Int) -> String {
        "\(count == 0 ? "Personne d’inscrit" : self.count(count, "inscrit")) sur \(number(seats))"
    }
}

/// The group appointments of a search: those with a seat left can be chosen, the others say that they are full.
struct GroupOffers: View {
    let groups: [GroupSlot]
    let choices: BookingChoices
    let state: FormState
    let time: LocalTime

    var html: HTML {
        guard !groups.isEmpty else { return .empty }
        let open = groups.filter { $0.left > 0 }, full = groups.filter { $0.left == 0 }
        return """
            \(if: !open.isEmpty, cards(open))\
            \(if: !full.isEmpty, "<p class=\"hint\">Complets : \(Format.list(full.map(said))).</p>")
            """
    }

    private func cards(_ open: [GroupSlot]) -> HTML {
        """
        <fieldset class="field"><legend>Rendez-vous collectifs où s’inscrire</legend><div class="cards">\(each: open, card)</div></fieldset>
        """
    }

    private func said(_ group: GroupSlot) -> String { time.moment(group.slot.start) }

    private func card(_ group: GroupSlot) -> HTML {
        let detail = "\(choices.name(of: group.slot.agentID)) · \(Format.seats(group.seats, left: group.left))"
        return SlotRadio(
            slot: group.slot, id: "group", label: Format.capitalized(said(group)), detail: detail, above: choices.placeName(group.slot),
            isChosen: state.value("slot") == SlotKey(group.slot).description
        ).html
    }
}
