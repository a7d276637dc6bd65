import Configuration

/// Reads one setting at a time, and names it when it cannot be used.
struct SettingsReader: Sendable {
    private let reader: ConfigReader

    init(_ reader: ConfigReader) { self.reader = reader }

    func text(_ name: String) async throws -> String? {
        try await value(name, "give a text") { $0.isEmpty ? nil : $0 }
    }

    func choice<Value: Sendable>(_ name: String, _ values: [String: Value]) async throws -> Value? {
        try await value(name, "choose \(values.keys.sorted().joined(separator: " or "))") { values[$0] }
    }

    /// - Parameter parse: gives `nil` for what cannot be used; `advice` is then said.
    func value<Value: Sendable>(_ name: String, _ advice: String, _ parse: (String) -> Value?) async throws -> Value? {
        guard let text = try await fetched(name, advice, { try await reader.fetchString(forKey: ConfigKey(name)) }) else { return nil }
        guard let value = parse(text) else { throw Failure.setting(Self.variable(name), advice) }
        return value
    }

    func number(_ name: String, _ range: ClosedRange<Int>) async throws -> Int? {
        let advice = "give a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let number = try await fetched(name, advice, { try await reader.fetchInt(forKey: ConfigKey(name)) }) else { return nil }
        guard range.contains(number) else { throw Failure.setting(Self.variable(name), advice) }
        return number
    }

    /// The provider's own complaint may quote the value, which may be secret.
    private func fetched<Value>(_ name: String, _ advice: String, _ fetch: () async throws -> Value?) async throws -> Value? {
        do { return try await fetch() } catch { throw Failure.setting(Self.variable(name), advice) }
    }

    /// `trustedProxies` is known as LIEN_TRUSTED_PROXIES.
    static func variable(_ name: String) -> String {
        "LIEN_" + name.map { $0.isUppercase ? "_\($0)" : $0.uppercased() }.joined()
    }
}
