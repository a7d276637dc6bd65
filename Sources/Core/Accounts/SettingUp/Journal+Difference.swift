import Scheduling
import Store

extension Journal {
    /// What changed between two states: `name.before` and `name.after` for each fact that differs; empty when nothing does.
    static func difference(_ before: [String: String], _ after: [String: String]) -> [String: String] {
        Set(before.keys).union(after.keys).reduce(into: [:]) { changes, name in
            guard before[name] != after[name] else { return }
            changes["\(name).before"] = before[name] ?? ""
            changes["\(name).after"] = after[name] ?? ""
        }
    }
}
