extension Format {
    /// A number as it is read aloud: "06 39 98 12 34" for France and its overseas territories, "+34 612 345 678" for others.
    /// - Parameter number: E.164; anything else is shown as it is.
    public static func phone(_ number: String) -> String {
        guard number.hasPrefix("+"), number.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return number }
        for prefix in national where number.hasPrefix(prefix) && number.count == prefix.count + 9 {
            return grouped("0" + number.dropFirst(prefix.count), by: 2)
        }
        guard let prefix = foreign.first(where: number.hasPrefix) else { return grouped(number.dropFirst(), by: 3, after: "+") }
        return prefix + "\u{A0}" + grouped(number.dropFirst(prefix.count), by: 3)
    }

    /// Numbered like the mainland: nine digits after the prefix, read with a 0.
    private static let national = ["+33", "+262", "+590", "+594", "+596"]

    /// Longest first where one begins another; enough for neighbours and the countries that people call from.
    private static let foreign = [
        "+212", "+213", "+216", "+221", "+223", "+224", "+225", "+237", "+243", "+269", "+351", "+352", "+376", "+377", "+380", "+508",
        "+681", "+687", "+689", "+32", "+34", "+39", "+40", "+41", "+44", "+48", "+49", "+90", "+1", "+7",
    ]

    private static func grouped(_ digits: some StringProtocol, by size: Int, after sign: String = "") -> String {
        var rest = Substring(digits)
        var groups: [Substring] = []
        while !rest.isEmpty {
            groups.append(rest.prefix(rest.count == size + 1 && size == 3 ? 2 : size))
            rest = rest.dropFirst(groups[groups.count - 1].count)
        }
        return sign + groups.joined(separator: "\u{A0}")
    }
}
