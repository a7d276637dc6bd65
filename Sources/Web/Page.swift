/// A page is a value: what it shows is `html`, the content of `<main>`; the layout puts the rest around it.
protocol Page: View {
    /// Comes first in the window's title; the page's own `<h1>` says the same.
    var title: String { get }
    /// How the page stands in the window.
    var layout: Layout.Kind { get }
    /// The address whose events make the page refresh its `#live` element (see `events.js`).
    var events: URLPath? { get }
    /// Seconds after which it looks again at itself, for its `#live` element; without JavaScript a link does.
    var refreshed: Int? { get }
    /// Every property filled with invented people: what tests render, check and run axe over.
    static var sample: Self { get }
}

extension Page {
    var layout: Layout.Kind { .full }
    var events: URLPath? { nil }
    var refreshed: Int? { nil }
}
