/// How much a button asks to be pressed. One `main` on a page.
enum ButtonStyle: String, Sendable { case plain, main, alert }

/// A link that looks like what it is: something to press.
struct LinkButton: View {
    let label: String
    let url: URLPath
    var style = ButtonStyle.plain
    /// The key that presses it (see `lien.js`).
    var key: String?
    /// What is said instead of a label that is a sign: "Semaine suivante" for ›.
    var spoken: String?
    var isCurrent = false
    /// It leads to a file to keep, not to a page.
    var isFile = false

    init(
        _ label: String, _ url: URLPath, style: ButtonStyle = .plain, key: String? = nil, spoken: String? = nil, isCurrent: Bool = false,
        isFile: Bool = false
    ) {
        (self.label, self.url, self.style) = (label, url, style)
        (self.key, self.spoken, self.isCurrent, self.isFile) = (key, spoken, isCurrent, isFile)
    }

    var html: HTML {
        """
        <a class="button \(style.rawValue)" href="\(href: url)"\(attribute: "data-key", key)\(attribute: "aria-label", spoken)\
        \(attribute: "aria-current", isCurrent ? "true" : nil)\(attribute: "download", if: isFile)>\(label)\(shownKey)</a>
        """
    }

    /// Signs keep their key to the help dialog.
    private var shownKey: HTML? {
        spoken == nil ? key.map { " <kbd aria-hidden=\"true\">\($0)</kbd>" } : nil
    }
}

/// Before, today, after: `j` and `k`.
struct Steps: View {
    let previous: URLPath
    let today: URLPath
    let next: URLPath
    /// "Semaine" or "Jour", with its gender in what is said: "précédente" or "précédent".
    let spokenPrevious: String
    let spokenNext: String

    var html: HTML {
        """
        <div class="row together">\(LinkButton("‹", previous, key: "j", spoken: spokenPrevious))\(LinkButton("Aujourd’hui", today))\
        \(LinkButton("›", next, key: "k", spoken: spokenNext))</div>
        """
    }
}
