import Core

/// Horizontal bars, each made of parts, as inline SVG. The table that follows says the same in words.
///
/// Lengths are percentages of the width, so that words keep their size from a telephone to a large screen.
struct FigureChart: View {
    /// Ends the ids of its title and description.
    let id: String
    let title: String
    let description: String
    let parts: [Part]
    let bars: [Bar]
    /// The value that the longest bar could have; that of the longest one unless given.
    var most: Int?
    /// After a bar's number, such as " %".
    var unit = ""

    struct Part: Sendable {
        let label: String
        /// The class that gives its colour.
        let tone: String
    }

    struct Bar: Sendable {
        let label: String
        /// One for each part.
        let values: [Int]
    }

    private static let (line, start, room) = (26, 33.0, 55.0)

    var html: HTML {
        """
        <figure class="chart">\(if: parts.count > 1, legend)\
        <svg role="img" aria-labelledby="chart-\(id)-title chart-\(id)-desc" width="100%" height="\(bars.count * Self.line)">\
        <title id="chart-\(id)-title">\(title)</title><desc id="chart-\(id)-desc">\(description)</desc>\
        \(each: bars.enumerated(), { bar($0.offset, $0.element) })</svg></figure>
        """
    }

    private var legend: HTML {
        """
        <ul class="legend" aria-hidden="true">\(each: parts, { part in
            "<li><svg width=\"14\" height=\"14\"><rect width=\"14\" height=\"14\" class=\"\(part.tone)\"/></svg>\(part.label)</li>"
        })</ul>
        """
    }

    private func bar(_ index: Int, _ bar: Bar) -> HTML {
        let total = bar.values.reduce(0, +), top = index * Self.line
        var x = Self.start
        var rects: [HTML] = []
        for (part, value) in zip(parts, bar.values) where value > 0 {
            let width = length(value)
            rects.append(
                """
                <rect class="\(part.tone)" x="\(Self.percent(x))" y="\(top + 3)" width="\(Self.percent(width))" height="\(Self.line - 8)"/>
                """)
            x += width
        }
        return """
            <text x="0" y="\(top + 17)">\(bar.label)</text>\(HTML(each: rects))\
            <text x="100%" y="\(top + 17)" class="end">\(Format.number(total))\(unit)</text>
            """
    }

    private func length(_ value: Int) -> Double {
        let longest = most ?? bars.map { $0.values.reduce(0, +) }.max() ?? 1
        return Self.room * Double(value) / Double(max(longest, 1))
    }

    /// Two decimals.
    private static func percent(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)%"
    }
}
