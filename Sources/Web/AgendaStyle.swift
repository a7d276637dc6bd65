/// Where appointments stand in an agenda, as classes: the content-security policy forbids inline styles.
///
/// Units are the 5 minutes of the calendars. `at-12` is an hour below the top of the lane, `for-6` half an hour high; `of-2 nth-1` is
/// the first of two side by side.
enum AgendaStyle {
    static let unitsPerDay = 288
    /// How many may stand side by side before they share the last place.
    static let columns = 4

    static let css: String = (tops + heights + widths).joined()

    private static let tops = (0...unitsPerDay).map { ".at-\($0){top:calc(var(--unit)*\($0))}" }
    private static let heights = (1...unitsPerDay).map { ".for-\($0){height:calc(var(--unit)*\($0))}" }
    private static let widths = (2...columns).flatMap { count in
        (1...count).map {
            ".of-\(count).nth-\($0){left:calc(100%*\($0 - 1)/\(count) + .2rem);right:calc(100%*\(count - $0)/\(count) + .2rem)}"
        }
    }

    /// The classes of a stretch of time in a lane.
    /// - Parameters:
    ///   - start: 5-minute units below the lane's top.
    ///   - length: units; at least one is shown.
    static func place(start: Int, length: Int, column: Int = 0, of count: Int = 1) -> String {
        let top = min(max(start, 0), unitsPerDay)
        let height = min(max(length + min(start, 0), 1), unitsPerDay)
        guard count > 1 else { return "at-\(top) for-\(height)" }
        let shown = min(count, columns)
        return "at-\(top) for-\(height) of-\(shown) nth-\(min(column + 1, shown))"
    }
}
