import Core

/// Whose slots are shown for a follow-up reason, and how to book with another agent all the same.
struct FollowUpFields: View {
    /// `nil` when the time is written straight into an agenda.
    let following: Following?
    let choices: BookingChoices
    let state: FormState

    var html: HTML {
        Notice(.plain, "<p><b>Motif de suivi :</b> \(sentence)</p>\(if: following != .unknownPerson, another)").html
    }

    private var sentence: String {
        switch following {
        case .unknownPerson: "choisissez la personne, et les créneaux de son référent seront proposés."
        case .referent(let agent):
            choices.name(of: agent).isEmpty
                ? "seuls les créneaux du référent de la personne sont proposés ; il travaille dans une autre organisation."
                : "seuls les créneaux de \(choices.name(of: agent)), référent de la personne, sont proposés."
        case .noReferent:
            "la personne n’a pas de référent dans ce service. Désignez-en un sur sa fiche, ou choisissez un autre agent en disant pourquoi."
        case .otherAgents: "les créneaux de tous les agents sont proposés : dites pourquoi un autre que le référent la reçoit."
        case nil: "il se prend avec le référent de la personne."
        }
    }

    private var another: HTML {
        """
        <div data-refreshes="when">\(Checkbox("other_agent", "Un autre agent que le référent", state))</div>\
        \(TextField("other_agent_because", "Pourquoi un autre agent ?", state, isOptional: true, limit: 200))
        """
    }
}
