import Core

/// All that a template has said, the latest first: any of them may speak again.
struct TemplateVersionsPage: Page {
    let scope: Template.Scope
    let phrase: String
    let versions: [TemplateVersion]
    let isRetired: Bool
    let authors: [ID<Agent>: String]
    let time: LocalTime

    init(
        scope: Template.Scope, for phrase: String, versions: [TemplateVersion], isRetired: Bool, authors: [ID<Agent>: String],
        time: LocalTime
    ) {
        (self.scope, self.phrase, self.versions, self.isRetired) = (scope, phrase, versions, isRetired)
        (self.authors, self.time) = (authors, time)
    }

    var title: String { "\(scope.title) : historique" }

    var html: HTML {
        """
        \(PageHead(title, above: "Modèles de messages : \(phrase)", actions: LinkButton("Revenir au texte", Urls.template(scope)).html))\
        <p>Une version ne change jamais : chaque message garde celle dont il est fait.</p>\(list)
        """
    }

    private var list: HTML {
        versions.isEmpty
            ? EmptyState("Rien n’a encore été écrit ici", "C’est un texte plus général qui sert.").html
            : "<ol class=\"plain stack column\" reversed>\(each: versions, card)</ol>"
    }

    private func card(_ version: TemplateVersion) -> HTML {
        let isUsed = version.number == versions.first?.number && !isRetired
        return """
            <li class="card stack"><div class="head"><h2>Version \(version.number)</h2>\(if: isUsed, Tag("utilisée", .good).html)</div>\
            <p class="soft">\(when(version))\(version.readability.map { " Lisibilité \(Readability.written($0))." })</p>\
            \(version.because.map { "<p>Gardée bien que difficile à lire : « \($0) »</p>" as HTML })\
            \(if: !version.subject.isEmpty, "<p><b>\(version.subject)</b></p>")<blockquote class="said">\(lines(version.body))</blockquote>\
            \(if: !isUsed, back(to: version))</li>
            """
    }

    private func when(_ version: TemplateVersion) -> String {
        let who = version.author.flatMap { authors[$0] }.map { ", par \($0)" } ?? ""
        return version.writtenAt.map { "Écrite \(time.moment($0))\(who)." } ?? ""
    }

    private func lines(_ text: String) -> HTML {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return "\(each: lines.enumerated(), { line in "\(if: line.offset > 0, "<br>")\(line.element)" })"
    }

    private func back(to version: TemplateVersion) -> HTML {
        ActionButton(
            "Revenir à la version \(version.number)", Urls.template(scope, "versions"), fields: [("version", version.id.description)]
        ).html
    }

    static var sample: TemplateVersionsPage {
        TemplateVersionsPage(
            scope: Template.Scope(.reminder, .letter), for: "toute la collectivité", versions: Template.shipped.suffix(2).map(\.version),
            isRetired: false,
            authors: [:], time: Samples.time)
    }
}
