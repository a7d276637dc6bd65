import Core
import Scheduling

/// Words for agents: those that wait, then those that were settled today.
struct MemosPage: Page {
    let memos: [MemoDetails]
    let colleagues: [Choice]
    let mayLeave: Bool
    let time: LocalTime

    var title: String { "Mots pour un agent" }

    var html: HTML {
        """
        \(PageHead(title, actions: mayLeave ? LinkButton("Laisser un mot", Urls.newMemo(for: nil), style: .main).html : .empty))
        \(open.isEmpty ? empty : list(open))\(if: !settled.isEmpty, done)
        """
    }

    private var open: [MemoDetails] { memos.filter { $0.memo.settledAt == nil } }
    private var settled: [MemoDetails] { memos.filter { $0.memo.settledAt != nil } }

    private var empty: HTML {
        EmptyState("Aucun mot en attente", "Quelqu’un a appelé pour un agent ? Laissez-lui un mot : il le lira en haut de sa journée.").html
    }

    private var done: HTML { "<details class=\"more\"><summary>Réglés aujourd’hui (\(settled.count))</summary>\(list(settled))</details>" }

    private func list(_ memos: [MemoDetails]) -> HTML {
        "<ul class=\"memos\">\(each: memos, { MemoCard(one: $0, colleagues: colleagues, time: time, back: Urls.memos, isForSomeone: true).html })</ul>"
    }
}

/// What waits on top of an agent's day.
struct WaitingMemos: View {
    let memos: [MemoDetails]
    let colleagues: [Choice]
    let time: LocalTime
    let back: URLPath

    var html: HTML {
        guard !memos.isEmpty else { return .empty }
        return """
            <section class="waiting-memos" aria-labelledby="memos"><h2 id="memos">\(Format.count(memos.count, "mot", "mots"))</h2>\
            <ul class="memos">\(each: memos, card)</ul></section>
            """
    }

    private func card(_ one: MemoDetails) -> HTML {
        MemoCard(one: one, colleagues: colleagues, time: time, back: back, isForSomeone: one.isForTeam).html
    }
}

/// One memo, with the number to call and what can be said of it.
struct MemoCard: View {
    let one: MemoDetails
    let colleagues: [Choice]
    let time: LocalTime
    let back: URLPath
    /// Whether the addressee is named: not on one's own day.
    let isForSomeone: Bool

    private var memo: Memo { one.memo }

    var html: HTML {
        """
        <li class="card memo\(if: isLate, " late")"><div><p><b>\(caller)</b>\(tags)</p><p>\(memo.text)</p>\
        <p class="soft">\(Format.capitalized(time.moment(memo.createdAt))), mot de \(one.author)\(last)</p></div>\(actions)</li>
        """
    }

    private var caller: HTML {
        memo.personID.map { "<a href=\"\(href: Urls.person($0))\">\(memo.caller)</a>" as HTML } ?? "\(memo.caller)"
    }

    private var isLate: Bool { memo.settledAt == nil && memo.dueAt < time.now }

    private var tags: HTML {
        let due = "avant \(time.moment(memo.dueAt))"
        return """
            \(if: isForSomeone, " \(Tag("pour \(one.agent)"))")\(if: one.isForTeam, " \(Tag("absent : à l’équipe", .warn))")\
            \(if: memo.settledAt == nil, " \(Tag(isLate ? "en retard, \(due)" : due, isLate ? .alert : .plain))")
            """
    }

    private var last: HTML? { one.last.map { " · \($0.act.label) par \($0.by), \(time.moment($0.at))" } }

    private var actions: HTML {
        if memo.settledAt != nil { return answer(.reopened, "Rouvrir") }
        let call: HTML? = memo.phone.map { number in
            "<a class=\"button tel\" href=\"\(href: .tel(number))\"><span class=\"unseen\">Appeler le </span>\(Format.phone(number))</a>"
        }
        return "<div class=\"row\">\(call)\(answer(.calledBack, "Rappelé"))\(answer(.notReached, "Pas joint"))\(passing)</div>"
    }

    private func answer(_ act: Memo.Act, _ label: String) -> HTML {
        ActionButton(label, Urls.memoAnswers(memo.id), fields: [("act", act.rawValue), ("back", back.text)]).html
    }

    private var passing: HTML {
        let others = colleagues.filter { $0.value != memo.agentID.description }
        guard !others.isEmpty else { return .empty }
        let options: [HTML] = others.map { "<option value=\"\($0.value)\">\($0.label)</option>" }
        let fields: HTML = """
            \(HiddenField("back", back.text))<div class="field"><label for="to-\(memo.id.description)">À qui ?</label>\
            <select id="to-\(memo.id.description)" name="agent">\(each: options, { $0 })</select></div>\
            <button type="submit">Transmettre</button>
            """
        return "<details class=\"more\"><summary>Transmettre</summary>\(PostForm(Urls.memoPassing(memo.id)) { fields })</details>"
    }
}

/// Writing a memo while someone is on the phone.
struct NewMemoPage: Page {
    let state: FormState
    let agents: [Choice]

    var title: String { "Laisser un mot" }

    var html: HTML {
        """
        <div class="column">\(PageHead(title))\(PostForm(Urls.memos, state) { fields })</div>
        """
    }

    private var fields: HTML {
        """
        \(HiddenField("person", state.value("person")))
        \(Select("agent", "Pour qui ?", agents, state, empty: "Choisissez un agent"))
        \(TextField("caller", "Qui a appelé ?", state, limit: Memo.longestCaller))
        \(TextField("phone", "Numéro à rappeler", state, kind: .tel, isOptional: true, size: .medium))
        \(TextArea(
            "text", "Que faut-il savoir ?", state, hint: "200 caractères au plus, lus par l’agent, et par son équipe s’il est absent.",
            rows: 3, limit: Memo.longest))
        <div class="row">\(DateField("date", "À rappeler avant le", state))\(TimeField("time", "Heure", state))</div>
        \(SubmitRow("Laisser le mot", cancel: Urls.memos))
        """
    }
}
