import Core

/// What most appointments do without: a second agent, a room or an interpreter, another reason right after, a series. Folded until one
/// of them is chosen, asked for by the reason or the file, or to be corrected.
struct BookingOptions: View {
    let page: BookingPage

    var html: HTML {
        """
        \(if: page.mustBeTwo, Notice(.warn, "<p><b>Visite à deux</b> : un second agent vient aussi.</p>").html)\
        <details class="more" id="options"\(attribute: "open", if: isOpen)><summary>\(summary)</summary><div class="stack">\
        \(PairFields(page: page))\(ResourceFields(page: page))\(series)</div></details>
        """
    }

    private var series: TogetherFields { TogetherFields(page: page) }

    private var summary: String {
        page.draft.isDirect
            ? "Plus d’options : second agent, salle, interprète" : "Plus d’options : second agent, salle, interprète, à la suite, en série"
    }

    private var isOpen: Bool {
        let names = ["colleague", "for_two", "resource", "interpreter", "then_reason"]
        return page.mustBeTwo || page.resourceAskedFor != nil || series.isOpen
            || names.contains { !page.state.value($0).isEmpty || page.state.error($0) != nil }
    }
}
