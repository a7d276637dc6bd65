/// The text that Prometheus reads (exposition format 0.0.4).
struct PrometheusText {
    private(set) var text = ""

    mutating func add(_ name: String, _ kind: String, _ help: String, _ samples: [(labels: [(String, String)], value: Double)]) {
        begin(name, kind, help)
        for sample in samples { line(name, sample.labels, sample.value) }
    }

    mutating func add(_ metrics: Metrics.State) {
        add(
            "lien_requests_total", "counter", "Requests answered, by method, route and status.",
            metrics.requests.sorted { $0.key < $1.key }.map { key, count in
                ([("method", key.method), ("route", key.route), ("status", String(key.status))], Double(count))
            })
        begin("lien_request_seconds", "histogram", "Seconds until an answer begins, by route.")
        for (route, times) in metrics.times.sorted(by: { $0.key < $1.key }) { add(times, route) }
    }

    private mutating func add(_ times: Metrics.Times, _ route: String) {
        for (bound, count) in zip(Metrics.Times.bounds, times.counts) {
            line("lien_request_seconds_bucket", [("route", route), ("le", String(bound))], Double(count))
        }
        line("lien_request_seconds_bucket", [("route", route), ("le", "+Inf")], Double(times.count))
        line("lien_request_seconds_sum", [("route", route)], times.sum)
        line("lien_request_seconds_count", [("route", route)], Double(times.count))
    }

    private mutating func begin(_ name: String, _ kind: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
    }

    private mutating func line(_ name: String, _ labels: [(String, String)], _ value: Double) {
        let inside = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        let number = value.rounded() == value && abs(value) < 1e15 ? String(Int64(value)) : String(value)
        text += "\(name)\(inside.isEmpty ? "" : "{\(inside)}") \(number)\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
