import Core

/// The questions of a person's file. Only a name is required.
struct PersonFields: View {
    let state: FormState
    var shown = ShownFields()

    var html: HTML {
        """
        <div class="two"><div class="stack">\(who)\(home)</div><div class="stack">\(reach)\(manner)\(DetailFields(state: state, shown: shown))</div></div>
        """
    }

    private var who: HTML {
        """
        <section class="card stack" aria-labelledby="who-title"><h2 id="who-title">Qui</h2><div class="three">\
        \(TextField("last_name", "Nom", state, hint: "Seul le nom, ou le prénom, est nécessaire.", limit: 100))\
        \(TextField("first_name", "Prénom", state, isOptional: true, limit: 100))\
        \(if: shown.has(.birthName), birthName)</div>\
        \(TextField("birth_date", "Date de naissance", state, hint: "03/12/1950 ou 3 décembre 1950", isOptional: true, size: .short))\
        \(if: shown.has(.expectedBirth), expected)</section>
        """
    }

    private var birthName: HTML {
        TextField("birth_name", "Nom de naissance", state, hint: "S’il n’est pas le nom d’usage.", isOptional: true, limit: 100).html
    }

    private var expected: HTML {
        TextField(
            "expected_birth", "Naissance prévue", state, hint: "Pour un enfant à naître.", isOptional: true, size: .short
        ).html
    }

    private var reach: HTML {
        """
        <section class="card stack" aria-labelledby="reach-title"><h2 id="reach-title">Joindre</h2>\
        \(each: ranks("phone"), { line("phone", $0, "Téléphone", .tel, $0 == 1 ? "« Fille », « après 18 h »." : nil) })\
        \(each: ranks("email"), { line("email", $0, "E-mail", .email, nil) })</section>
        """
    }

    /// Those that hold something and one more, two at least.
    private func ranks(_ name: String) -> ClosedRange<Int> {
        let ranks = 1...PersonDraft.mostLines
        let filled = ranks.last { !state.value("\(name)_\($0)").isEmpty || !state.value("\(name)_label_\($0)").isEmpty } ?? 0
        return 1...min(max(filled + 1, name == "phone" ? 2 : 1), PersonDraft.mostLines)
    }

    private func line(_ name: String, _ rank: Int, _ label: String, _ kind: TextField.Kind, _ example: String?) -> HTML {
        let number = rank == 1 ? "" : " \(rank)"
        return """
            <div class="three">\(TextField("\(name)_\(rank)", label + number, state, kind: kind, isOptional: true, size: .medium))\
            \(TextField("\(name)_label_\(rank)", "Précision, \(label.lowercased())\(number)", state, hint: example, isOptional: true, limit: 40))</div>
            """
    }

    private var home: HTML {
        """
        <section class="card stack" aria-labelledby="home-title"><h2 id="home-title">Adresse</h2>\
        \(TextField("address", "Numéro et rue", state, isOptional: true, limit: 200))<div class="three">\
        \(TextField(
            "commune", "Commune", state, hint: "Le nom ou le code postal.", isOptional: true, limit: 100,
            live: Urls.communes, liveInto: "postal_code"))\
        \(TextField("postal_code", "Code postal", state, isOptional: true, size: .short, limit: 10))</div></section>
        """
    }

    private var manner: HTML {
        """
        <section class="card stack" aria-labelledby="manner-title"><h2 id="manner-title">Comment lui parler</h2>\
        \(if: shown.has(.needs), needs)<div class="three">\
        \(Select("channel", "Comment la prévenir", Person.Channel.allCases.map { Choice($0.rawValue, $0.label) }, state))\
        \(if: shown.has(.language), Select("language", "Langue", languages, state).html)</div></section>
        """
    }

    private var needs: HTML {
        TextField(
            "needs", "Besoins dits par la personne", state, hint: "« Parler fort », « fauteuil », « interprète arabe ».", isOptional: true,
            limit: PersonDraft.longestNeeds
        ).html
    }

    private var languages: [Choice] {
        let known = PersonForm.languages.map { Choice($0.0, $0.1) }
        let typed = state.value("language")
        return typed.isEmpty || known.contains { $0.value == typed } ? known : known + [Choice(typed, typed)]
    }
}
