/// What an e-mail address looks like: a plain check that catches slips, not a proof that it exists.
public enum EmailAddress {
    /// - Returns: the address with its domain in lower case; `nil` when a part is missing or cannot be (RFC 5321's sizes, no quoting).
    public static func normal(_ typed: String) -> String? {
        let parts = typed.split(separator: "@", omittingEmptySubsequences: false)
        guard typed.utf8.count <= 254, parts.count == 2, isLocal(parts[0]) else { return nil }
        let domain = parts[1].lowercased()
        return isDomain(domain) ? "\(parts[0])@\(domain)" : nil
    }

    private static func isLocal(_ part: Substring) -> Bool {
        guard (1...64).contains(part.utf8.count), !part.hasPrefix("."), !part.hasSuffix("."), !part.contains("..") else { return false }
        return part.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "!#$%&'*+-/=?^_`{|}~.".unicodeScalars.contains(scalar)
        }
    }

    private static func isDomain(_ domain: String) -> Bool {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, last.count >= 2, !last.allSatisfy(\.isNumber) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-" }
        }
    }
}
