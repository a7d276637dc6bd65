/// What one part of an SMS costs a territory, in tenths of a cent.
public struct SMSPrice: Sendable, Equatable {
    public let tenths: Int

    public init(tenths: Int) { self.tenths = tenths }

    /// The dearest that may be typed: a euro a part.
    public static let dearest = SMSPrice(tenths: 1000)

    /// « 4,5 » or « 4.5 » cents; `nil` for what is no price, or more than ``dearest``.
    public init?(typed: String) {
        let parts = typed.filter { !$0.isWhitespace }.replacing(",", with: ".").split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let cents = Self.digits(parts[0]), (0...100).contains(cents) else { return nil }
        let tenth = parts.count == 2 ? Self.digits(parts[1]).flatMap { parts[1].utf8.count == 1 ? $0 : nil } : 0
        guard let tenth, cents * 10 + tenth <= Self.dearest.tenths else { return nil }
        tenths = cents * 10 + tenth
    }

    private static func digits(_ text: Substring) -> Int? {
        (1...3).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    /// What is typed again: « 4,5 ».
    public var typed: String { tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10),\(tenths % 10)" }

    /// « 9 centimes », « 13,5 centimes », « 1,08 € ».
    public func inWords(parts: Int) -> String {
        let all = tenths * parts
        guard all >= 1000 else { return "\(SMSPrice(tenths: all).typed)\u{A0}centime\(all < 20 ? "" : "s")" }
        let cents = (all + 5) / 10, rest = cents % 100
        return "\(cents / 100),\(rest < 10 ? "0" : "")\(rest)\u{A0}€"
    }
}
