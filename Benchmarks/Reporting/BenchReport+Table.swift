import Store

extension BenchReport {
    /// For people: each figure beside its floor and its target.
    public func table() -> String {
        let head = ["", "median", "p50 ms", "p99 ms", "n", "beside the floor", "target"] + (small.isEmpty ? [] : ["grown"])
        let cells = [head] + rows.indices.map(cells)
        let widths = head.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return ([title] + cells.map { line($0, widths) }).joined(separator: "\n")
    }

    private var title: String {
        let commit = request.commit.map { ", \($0)" } ?? ""
        return """
            \(bench.rawValue) on \(request.engine.rawValue), \(request.scale)×\(commit): \(machine), load \(load.short), \
            \(peak.short) MB at most
            """
    }

    private func cells(_ index: Int) -> [String] {
        let row = rows[index]
        let isCount = row.unit.isEmpty
        let cells = [
            row.name, "\(row.value.short)\(row.unit == "/s" ? "/s" : isCount ? "" : " ms")", isCount ? "" : row.p50.short,
            isCount ? "" : row.p99.short, String(row.n), besideFloor(row), verdict(row),
        ]
        return cells + (small.isEmpty ? [] : [grown(index)])
    }

    /// How many times slower than the floor.
    private func besideFloor(_ row: BenchRow) -> String {
        guard let floor = floor(of: row), floor > 0, row.value > 0 else { return "" }
        return row.unit == "/s" ? "floor / \((floor / row.value).short)" : "floor × \((row.value / floor).short)"
    }

    private func verdict(_ row: BenchRow) -> String {
        row.targets.map { "\($0.text) \($0.isMet(by: row, floor: floor(of: row)) ? "met" : "MISSED")" }.joined(separator: ", ")
    }

    private func grown(_ index: Int) -> String {
        guard small.indices.contains(index), small[index].value > 0 else { return "" }
        return "× \((rows[index].value / small[index].value).short)"
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(cells, widths).enumerated().map { column, pair in
            let space = String(repeating: " ", count: pair.1 - pair.0.count)
            return (1...4).contains(column) ? space + pair.0 : pair.0 + space
        }
        return padded.joined(separator: "  ")
    }
}
