import Core
import Foundation
import Scheduling

/// The journal's newest entries, and how its chain stands.
struct JournalPage: Page {
    let chain: Journal.Chain
    let lines: [Journal.Line]
    let state: FormState
    var next: URLPath?
    let time: LocalTime

    var title: String { "Journal" }

    var html: HTML {
        """
        \(PageHead(title, actions: LinkButton("Qui a consulté un dossier", Urls.journalPeople, style: .main).html))
        <div class="stack">\(standing)\(filters)\(entries)\(Pagination(first: isNarrowed ? Urls.journal : nil, next: next))</div>
        """
    }

    private var standing: HTML {
        """
        <section class="card stack" aria-labelledby="chain-title"><h2 id="chain-title">La chaîne</h2>\(DefinitionList(facts))
        <p class="soft">Chaque entrée est scellée avec celle qui la précède. La commande « lien journal verify » recalcule toute la chaîne : \
        lancez-la chaque nuit, et notez ailleurs la dernière place et son sceau.</p></section>
        """
    }

    private var facts: [(String, HTML)] {
        [
            ("Entrées scellées", "\(Format.number(Int(chain.head?.seq ?? 0)))"),
            ("En attente de leur sceau", "\(Format.number(chain.unsealed))"),
            ("Dernier sceau", "<code class=\"seal\">\(chain.head?.description ?? "aucun")</code>"),
            ("Effacements légaux", "\(erasures)"),
        ]
    }

    private var erasures: String {
        chain.certificates.isEmpty ? "aucun" : "certificats \(Format.list(chain.certificates.map(String.init)))"
    }

    private var filters: HTML {
        GetForm(Urls.journal) {
            """
            \(Select("act", "Acte", Journal.Act.allCases.map { Choice($0.rawValue, $0.label) }, state, isOptional: true, empty: "Tous"))\
            \(DateField("day", "Jour", state, isOptional: true))<button type="submit">Filtrer</button>
            """
        }.html
    }

    private var isNarrowed: Bool { !state.value("before").isEmpty }

    private var entries: HTML {
        guard !lines.isEmpty else {
            return EmptyState("Aucune entrée", "Rien ne correspond à cet acte et à ce jour. Élargissez le filtre.").html
        }
        return Table(
            "Entrées du journal",
            columns: [.init("Quand"), .init("Acte"), .init("Qui"), .init("À propos de"), .init("Place", isNumber: true)],
            rows: lines.map(row)
        ).html
    }

    private func row(_ line: Journal.Line) -> [HTML] {
        [
            "\(time.moment(line.at))", "\(line.act.label)", "\(line.agentName ?? Self.actor(line.actor))",
            line.subjectID.map { id in
                let short = id.text.suffix(8)
                return "<a href=\"\(href: Urls.journal(of: id.text))\">dossier …\(short)</a>"
            } ?? "—", "\(line.seq.map { Format.number(Int($0)) } ?? "en attente")",
        ]
    }

    private static func actor(_ kind: String) -> String { kind == "system" ? "le système" : "quelqu’un sans compte" }
}

extension JournalPage {
    static var sample: JournalPage {
        let line = Journal.Line(
            id: .new(), at: Samples.time.now.adding(minutes: -30), act: .read, actor: "agent", agentName: "Maïté Ithurralde",
            subjectID: ID<Person>.new().uuid, seq: 1_204)
        let refused = Journal.Line(
            id: .new(), at: Samples.time.now, act: .refused, actor: "anonymous", agentName: nil, subjectID: nil, seq: nil)
        return JournalPage(
            chain: .init(head: .init(seq: 1_204, seal: Array(repeating: 0xA7, count: 32)), unsealed: 1, certificates: [1, 2]),
            lines: [refused, line], state: .blank, next: Urls.journal, time: Samples.time)
    }
}
