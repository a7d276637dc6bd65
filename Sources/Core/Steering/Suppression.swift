/// Hiding small numbers so that nobody finds them again.
///
/// A cell under eleven is hidden, zero too: nothing happened to anyone is also something that is said of people. All the tables that are
/// published cut the same appointments in other ways, so that a column's sum may be known from another table, whole: what a column hides is
/// therefore always two cells or more, which make eleven or more together. Their sum is then all that can be known of them. There are no
/// totals, and nothing is computed from what is hidden.
enum Suppression {
    static let fewest = 11

    /// - Parameter column: the numbers of one column, row by row.
    /// - Returns: the same, nil where hidden.
    static func hide(_ column: [Int]) -> [Int?] {
        var hidden = Set(column.indices.filter { column[$0] < fewest })
        guard !hidden.isEmpty else { return column }
        var shown = column.indices.filter { !hidden.contains($0) }.sorted { (column[$0], $0) > (column[$1], $1) }
        while hidden.count < 2 || hidden.reduce(0, { $0 + column[$1] }) < fewest, let smallest = shown.popLast() {
            hidden.insert(smallest)
        }
        return column.indices.map { hidden.contains($0) ? nil : column[$0] }
    }
}
