/// What came back is, whatever its words say of themselves: a machine's news of the delivery, a machine's answer, or someone's.
extension ReturnedMail {
    public enum Verdict: Sendable, Equatable {
        /// It did not arrive. `isGone`: since nothing arrives at this address; otherwise about this letter, or the day.
        case bounced(isGone: Bool)
        /// The servers are still trying: nothing to do.
        case delayed
        /// A machine answered: nobody reads it, and nothing answers it (RFC 3834).
        case automatic
        case answered
    }

    public var verdict: Verdict {
        if let notified { return notified }
        if isOfPostmaster { return postmasters }
        return isAutomatic ? .automatic : .answered
    }

    /// RFC 3464, 2.3.3: of several recipients one failed, and the letter had one.
    private var notified: Verdict? {
        let told = statuses.compactMap { group -> Verdict? in
            guard let action = group.first("action")?.lowercased() else { return nil }
            switch action {
            case "failed": return .bounced(isGone: Self.isGone(group))
            case "delayed": return .delayed
            default: return .automatic
            }
        }
        return told.first { if case .bounced = $0 { true } else { false } } ?? told.first
    }

    /// What the server that refused said is finer than what the one that reports made of it: « 5.0.0 » beside « 550 5.7.1 blocked ».
    private static func isGone(_ group: [Field]) -> Bool {
        let words = group.first("diagnostic-code") ?? ""
        let codes = [group.first("status") ?? "", words].flatMap(StatusCode.all)
        guard let code = codes.first(where: { !$0.isVague }) ?? codes.first else { return false }
        return code.isOfAddress && !(code.isVague && isAboutUs(words))
    }

    /// Servers that know no RFC 3464 write from one of these names; Exim names the recipients in its head.
    private var isOfPostmaster: Bool {
        let name = (sender ?? "").split(separator: "@").first.map { $0.lowercased() } ?? ""
        return ["mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon"].contains(name) || first("x-failed-recipients") != nil
    }

    private var postmasters: Verdict {
        let subject = (first("subject") ?? "").lowercased(), words = plain ?? ""
        if ["delay", "warning", "retard"].contains(where: subject.contains) { return .delayed }
        let codes = StatusCode.all(words)
        if let code = codes.first(where: { $0.isPermanent && !$0.isVague }) { return .bounced(isGone: code.isOfAddress) }
        let isRefused = StatusCode.replies(words).contains { [550, 551, 553].contains($0) } || first("x-failed-recipients") != nil
        return .bounced(isGone: isRefused && !Self.isAboutUs(words))
    }

    /// A server that takes us for a sender of rubbish says nothing of the address.
    fileprivate static func isAboutUs(_ words: String) -> Bool {
        let words = words.lowercased()
        return ["spam", "block", "blacklist", "policy", "reputation", "spf", "dkim", "dmarc", "quota"].contains(where: words.contains)
    }

    private var isAutomatic: Bool {
        if let said = first("auto-submitted")?.lowercased(), !said.hasPrefix("no") { return true }
        if let said = first("precedence")?.lowercased(), ["bulk", "list", "junk", "auto_reply", "auto-reply"].contains(said) {
            return true
        }
        if first("return-path") == "<>" || isReport { return true }
        return ["x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-response-suppress"].contains { first($0) != nil }
    }
}

/// What a server says of a recipient as it is named (RCPT): the address itself is at fault, or what it thinks of us, or of the day.
public enum RefusedRecipient {
    /// - Parameter words: its answer: `550 5.1.1 <jean@example.org>: user unknown`.
    public static func isGone(_ words: String) -> Bool {
        guard words.hasPrefix("5"), !ReturnedMail.isAboutUs(words) else { return false }
        if let code = StatusCode.all(words).first(where: { !$0.isVague }) { return code.isOfMailbox }
        // Without a finer one, a server that speaks of the mailbox; a relay that does not know us says 550 too.
        let replies: Set = [550, 551, 553], said = words.lowercased()
        return !replies.isDisjoint(with: StatusCode.replies(words))
            && ["user", "mailbox", "recipient", "unknown", "no such", "inconnu"].contains(where: said.contains)
            && !["relay", "sender", "access", "authent", "denied"].contains(where: said.contains)
    }
}

/// A status of RFC 3463: `5.1.1`.
struct StatusCode: Equatable {
    let numbers: [Int]

    /// Those that stand in a text, in their order. What has four numbers is an address of a machine.
    static func all(_ text: String) -> [StatusCode] {
        text.split { !$0.isASCII || !($0.isNumber || $0 == ".") }.compactMap { word in
            let parts = word.split(separator: ".").compactMap { Int($0) }
            return parts.count == 3 && [2, 4, 5].contains(parts[0]) ? StatusCode(numbers: parts) : nil
        }
    }

    /// The codes of SMTP that stand in a text: `550`.
    static func replies(_ text: String) -> [Int] {
        text.split { !$0.isASCII || !$0.isNumber }.compactMap { $0.count == 3 ? Int($0) : nil }
    }

    var isPermanent: Bool { numbers[0] == 5 }
    /// It says that it failed, and not why.
    var isVague: Bool { numbers[1] == 0 }

    /// Its mailbox or its domain does not exist (RFC 3463, 3.2; 5.1.10 is RFC 7505's), or is closed; 5.1.7 and 5.1.8 are about who sends.
    var isOfMailbox: Bool {
        guard isPermanent else { return false }
        return (numbers[1] == 1 && [1, 2, 3, 6, 10].contains(numbers[2])) || (numbers[1] == 2 && numbers[2] == 1)
    }

    /// Nothing will arrive at this address: about it (1), its mailbox (2, but 2.2 is full and 2.3 is about the letter), the way there (4), or,
    /// as some servers have it, the protocol (5). What is about the system (3), the content (6) or us (7) is of one day or one letter.
    var isOfAddress: Bool {
        guard isPermanent else { return false }
        switch numbers[1] {
        case 0, 1, 5: return true
        case 2: return numbers[2] < 2
        case 4: return [1, 4, 310].contains(numbers[2])
        default: return false
        }
    }
}
