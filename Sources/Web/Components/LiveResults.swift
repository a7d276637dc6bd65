/// The candidates of a search as you type, as `search.js` shows them.
struct LiveResults: View {
    struct Item: View {
        var label: HTML
        var detail: String?
        /// Where choosing leads…
        var url: URLPath?
        /// …or what it puts into the form: the value of the hidden field, and the words in the input.
        var value: String?
        var valueLabel: String?

        var html: HTML {
            """
            <div role="option"\(attribute: "data-url", url?.text)\(attribute: "data-value", value)\(attribute: "data-label", valueLabel)>\
            \(label)\(detail.map { "<small>\($0)</small>" as HTML })</div>
            """
        }
    }

    let items: [Item]
    /// What is said when nobody is found, with what to do next.
    let empty: String

    var html: HTML {
        items.isEmpty ? "<div class=\"none\" role=\"option\" aria-disabled=\"true\">\(empty)</div>" : "\(each: items)"
    }
}
