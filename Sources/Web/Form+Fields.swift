import Core

/// Reading a field and saying beside it what is wrong; all complaints of a form are said at once (``Complaints/check()``).
extension Form {
    /// A text that must be there and holds in `limit` characters. `nil` after a complaint.
    func text(_ name: String, required sentence: String, limit: Int = 200, _ complaints: inout Complaints) -> String? {
        guard let text = optional(name) else {
            complaints.add(name, sentence)
            return nil
        }
        return within(limit, name, text, &complaints)
    }

    /// A text that may be left out.
    func optional(_ name: String, limit: Int, _ complaints: inout Complaints) -> String? {
        optional(name).flatMap { within(limit, name, $0, &complaints) }
    }

    /// A whole number in a range that must be there.
    func int(_ name: String, in range: ClosedRange<Int>, _ sentence: String, _ complaints: inout Complaints) -> Int? {
        parse(name, sentence, &complaints) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }

    /// Any value made from text (a date, an hour, an identifier, a choice) that must be there.
    func parse<T>(_ name: String, _ sentence: String, _ complaints: inout Complaints, _ make: (String) -> T?) -> T? {
        if let value = make(text(name)) { return value }
        complaints.add(name, sentence)
        return nil
    }

    /// The same, that may be left empty; only a wrong value is a complaint.
    func parseOptional<T>(_ name: String, _ sentence: String, _ complaints: inout Complaints, _ make: (String) -> T?) -> T? {
        optional(name) == nil ? nil : parse(name, sentence, &complaints, make)
    }

    private func within(_ limit: Int, _ name: String, _ text: String, _ complaints: inout Complaints) -> String? {
        if text.count <= limit { return text }
        complaints.add(name, "C’est trop long : \(text.count) caractères, pour \(limit) au plus.")
        return nil
    }
}
