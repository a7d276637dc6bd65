/// Rows of one kind. On a narrow screen each row stands as a card, every cell under its column's name.
///
/// Cards are made by styles that take a table's roles away in some browsers: they are written out.
struct Table: View {
    struct Column: Sendable {
        var label: String
        /// Numbers stand to the right, so that their digits align.
        var isNumber = false

        init(_ label: String, isNumber: Bool = false) { (self.label, self.isNumber) = (label, isNumber) }
    }

    /// What the table lists, for those who do not see it.
    let caption: String
    let columns: [Column]
    let rows: [[HTML]]

    init(_ caption: String, columns: [Column], rows: [[HTML]]) { (self.caption, self.columns, self.rows) = (caption, columns, rows) }

    var html: HTML {
        """
        <table role="table"><caption class="unseen">\(caption)</caption><thead role="rowgroup"><tr role="row">\
        \(each: columns, { "<th role=\"columnheader\" scope=\"col\"\(Self.kind($0))>\($0.label)</th>" })</tr></thead>\
        <tbody role="rowgroup">\(each: rows, row)</tbody></table>
        """
    }

    private func row(_ cells: [HTML]) -> HTML {
        "<tr role=\"row\">\(each: zip(columns, cells), { cell($0.0, $0.1) })</tr>"
    }

    private func cell(_ column: Column, _ content: HTML) -> HTML {
        "<td role=\"cell\" data-label=\"\(column.label)\"\(Self.kind(column))>\(content)</td>"
    }

    private static func kind(_ column: Column) -> HTML { column.isNumber ? " class=\"number\"" : "" }
}
