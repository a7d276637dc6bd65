/// The top of a page: its title, what stands above it, what can be done.
struct PageHead: View {
    let title: String
    var above: String?
    var actions: HTML

    init(_ title: String, above: String? = nil, actions: HTML = .empty) {
        (self.title, self.above, self.actions) = (title, above, actions)
    }

    var html: HTML {
        """
        <div class="head"><div>\(above.map { "<p class=\"soft\">\($0)</p>" as HTML })<h1>\(title)</h1></div>\
        \(if: !actions.isEmpty, "<div class=\"row\">\(actions)</div>")</div>
        """
    }
}

/// How a thing is meant; always with words, never by colour alone.
enum Tone: String, Sendable { case plain, good, warn, alert }

/// A word on a thing: "Vigilance orange : chaleur".
struct Tag: View {
    let label: String
    var tone = Tone.plain

    init(_ label: String, _ tone: Tone = .plain) { (self.label, self.tone) = (label, tone) }

    var html: HTML { "<span class=\"tag \(tone.rawValue)\">\(label)</span>" }
}

/// A sentence that must be seen.
struct Notice: View {
    let content: HTML
    var tone = Tone.plain

    init(_ tone: Tone = .plain, _ content: HTML) { (self.content, self.tone) = (content, tone) }

    var html: HTML { "<div class=\"notice \(tone.rawValue)\">\(content)</div>" }
}

/// What stands where a list would, and what to do about it.
struct EmptyState: View {
    let title: String
    let sentence: String
    var action: LinkButton?

    init(_ title: String, _ sentence: String, action: LinkButton? = nil) {
        (self.title, self.sentence, self.action) = (title, sentence, action)
    }

    var html: HTML {
        "<div class=\"empty\"><p class=\"big\">\(title)</p><p class=\"soft\">\(sentence)</p>\(action)</div>"
    }
}

/// What is known of a thing, name by name.
struct DefinitionList: View {
    let items: [(String, HTML)]

    init(_ items: [(String, HTML)]) { self.items = items }

    var html: HTML {
        "<dl class=\"facts\">\(each: items, { item in "<div><dt>\(item.0)</dt><dd>\(item.1)</dd></div>" })</dl>"
    }
}

/// Pages that stand side by side.
struct Tabs: View {
    struct Item: Sendable {
        var label: String
        var url: URLPath
        var count: Int?
        var isCurrent = false

        init(_ label: String, _ url: URLPath, count: Int? = nil, isCurrent: Bool = false) {
            (self.label, self.url, self.count, self.isCurrent) = (label, url, count, isCurrent)
        }
    }

    /// What the tabs are about, for those who do not see them.
    let label: String
    let items: [Item]

    init(_ label: String, _ items: [Item]) { (self.label, self.items) = (label, items) }

    var html: HTML {
        "<nav class=\"tabs\" aria-label=\"\(label)\"><ul>\(each: items, item)</ul></nav>"
    }

    private func item(_ item: Item) -> HTML {
        let count: HTML? = item.count.map { " <span class=\"count\">\($0)</span>" }
        return "<li><a href=\"\(href: item.url)\"\(attribute: "aria-current", item.isCurrent ? "page" : nil)>\(item.label)\(count)</a></li>"
    }
}

/// The way through a list that is longer than a page.
struct Pagination: View {
    var first: URLPath?
    var next: URLPath?

    var html: HTML {
        guard first != nil || next != nil else { return .empty }
        return """
            <nav class="row pages" aria-label="Pages">\(first.map { LinkButton("Revenir au début", $0) })\
            \(next.map { LinkButton("Page suivante ›", $0) })</nav>
            """
    }
}
