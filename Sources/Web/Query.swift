import Core
import Hummingbird

/// The parameters after the `?`, each given once and well typed, or refused with 422 and its name.
struct Query: Sendable {
    private let form: Form

    /// - Throws: a ``Core/Refusal`` for a wrong percent-encoding or invalid UTF-8.
    init(_ request: Request) throws(Refusal) {
        form = try Form(encoded: (request.uri.query ?? "").utf8)
    }

    /// The value, or nothing when it is empty or not there.
    func optional(_ name: String) throws(Refusal) -> String? {
        guard (form.fields[name]?.count ?? 0) <= 1 else { throw .parameter(name, "donné deux fois") }
        return form.optional(name)
    }

    /// Every value of a parameter that may be repeated.
    func values(_ name: String) -> [String] { form.values(name) }

    /// A whole number in a range, or nothing when it is not there.
    func int(_ name: String, in range: ClosedRange<Int>) throws(Refusal) -> Int? {
        try parse(name, "un nombre de \(range.lowerBound) à \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// Any value made from text, or nothing when the parameter is not there.
    /// - Parameter expected: what should stand there, as in "une date (AAAA-MM-JJ)".
    func parse<T>(_ name: String, _ expected: String, _ make: (String) -> T?) throws(Refusal) -> T? {
        guard let text = try optional(name) else { return nil }
        guard let value = make(text) else { throw .parameter(name, "attend \(expected)") }
        return value
    }

    /// As in forms, for pages that take their filters from the address.
    var state: FormState { FormState(form) }
}

extension Refusal {
    fileprivate static func parameter(_ name: String, _ problem: String) -> Refusal {
        .field(name, "invalid-parameter", "Paramètre « \(name) » : \(problem).")
    }
}
