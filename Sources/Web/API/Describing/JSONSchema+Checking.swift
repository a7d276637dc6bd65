import Core

/// What is wrong with a value, and where.
struct Fault: Sendable, Equatable {
    /// `participants.0.phone`; empty for the whole.
    let path: String
    let code: String
    let sentence: String
}

extension JSONSchema {
    /// All that is wrong with a value.
    func faults(of value: JSONValue) -> [Fault] {
        var faults: [Fault] = []
        check(value, at: [], &faults)
        return faults
    }

    func check(_ value: JSONValue, at path: [String], _ faults: inout [Fault]) {
        switch self {
        case .boolean: if value.boolean == nil { faults.add(path, "invalid-type", "Ce champ attend true ou false.") }
        case .integer(let range): Self.check(value, in: range, at: path, &faults)
        case .text(let rule): Self.check(value, rule, at: path, &faults)
        case .choice(let values):
            if !(value.text.map(values.contains) ?? false) {
                faults.add(path, "invalid-value", "Valeurs acceptées : \(values.joined(separator: ", ")).")
            }
        case .list(let item, let count): Self.check(value, item, count, at: path, &faults)
        case .object(let object): object.check(value, at: path, &faults)
        case .nullable(let schema): if value != .null { schema.check(value, at: path, &faults) }
        case .texts: break
        }
    }

    private static func check(_ value: JSONValue, in range: ClosedRange<Int>, at path: [String], _ faults: inout [Fault]) {
        guard let integer = value.wholeNumber else { return faults.add(path, "invalid-type", "Ce champ attend un nombre entier.") }
        if !range.contains(integer) {
            faults.add(path, "invalid-value", "Ce champ attend un nombre de \(range.lowerBound) à \(range.upperBound).")
        }
    }

    private static func check(_ value: JSONValue, _ rule: TextRule, at path: [String], _ faults: inout [Fault]) {
        guard let text = value.text else { return faults.add(path, "invalid-type", "Ce champ attend un texte.") }
        let fits = rule.length.map { $0.contains(text.unicodeScalars.count) } ?? true
        if !fits || !rule.accepts(text) { faults.add(path, "invalid-value", "Ce champ attend \(rule.expected).") }
    }

    private static func check(
        _ value: JSONValue, _ item: JSONSchema, _ count: ClosedRange<Int>, at path: [String], _ faults: inout [Fault]
    ) {
        guard let items = value.array else { return faults.add(path, "invalid-type", "Une liste est attendue.") }
        if !count.contains(items.count) {
            faults.add(path, "invalid-value", "Cette liste attend de \(count.lowerBound) à \(count.upperBound) éléments.")
        }
        for (index, value) in items.enumerated() { item.check(value, at: path + [String(index)], &faults) }
    }
}

extension ObjectSchema {
    func check(_ value: JSONValue, at path: [String], _ faults: inout [Fault]) {
        guard case .object(let given) = value else { return faults.add(path, "invalid-type", "Un objet est attendu.") }
        for name in given.keys.sorted() where !members.contains(where: { $0.name == name }) {
            faults.add(path + [name], "unknown-field", "Ce champ n’existe pas.")
        }
        for member in members {
            if let value = given[member.name] {
                member.schema.check(value, at: path + [member.name], &faults)
            } else if member.isNeeded {
                faults.add(path + [member.name], "missing-field", "Ce champ est obligatoire.")
            }
        }
    }
}

extension [Fault] {
    fileprivate mutating func add(_ path: [String], _ code: String, _ sentence: String) {
        append(Fault(path: path.joined(separator: "."), code: code, sentence: sentence))
    }

    /// - Throws: a ``Core/Refusal`` that says all that is wrong, beside each field.
    func check() throws(Refusal) {
        guard let first else { return }
        let fields = Dictionary(filter { !$0.path.isEmpty }.map { ($0.path, $0.sentence) }) { first, _ in first }
        if count == 1 { throw Refusal(.invalid, first.code, first.sentence, fields: fields) }
        throw Refusal(.invalid, "invalid-fields", "\(count) champs sont à corriger.", fields: fields)
    }
}

extension JSONValue {
    /// `30`, and `30.0`, which JSON does not tell apart.
    var wholeNumber: Int? {
        if case .number(let number) = self { return Int(exactly: number) }
        return integer
    }
}
