/// What someone wrote in answer to an e-mail, without what they answered to.
enum AnswerText {
    /// - Returns: nothing when they wrote nothing that can be read.
    static func of(_ mail: ReturnedMail) -> String {
        let plain = mail.plain.map(tidied) ?? ""
        let whole = plain.isEmpty ? mail.html.map { tidied(HTMLText.plain($0)) } ?? "" : plain
        let own = tidied(withoutQuote(whole))
        return own.isEmpty ? whole : own
    }

    /// Lines that quote, what mail programs put before a quotation, and what telephones put under what one writes.
    static func withoutQuote(_ text: String) -> String {
        var kept: [Substring] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let bare = line.trimmingPrefix(while: \.isWhitespace)
            if bare.hasPrefix(">") || isOfTelephone(bare) { continue }
            if isAttribution(lines[index...].prefix(3)) || isOfQuote(lines[index...].prefix(4)) || line == "--" || line == "-- " {
                // Under the quotation some write on: only what is quoted by signs is left out then.
                if kept.contains(where: { !$0.allSatisfy(\.isWhitespace) }) { break }
                continue
            }
            kept.append(line)
        }
        return kept.joined(separator: "\n")
    }

    /// « Le 3 déc. 2026 à 10:00, Maison d’Orthez <…> a écrit : », which may run over lines.
    private static func isAttribution(_ lines: ArraySlice<Substring>) -> Bool {
        guard let first = lines.first?.lowercased(), first.hasPrefix("le ") || first.hasPrefix("on ") else { return false }
        let end = lines.joined(separator: " ").lowercased().split(separator: " ").joined(separator: " ")
            .replacing("\u{A0}", with: " ")
        return first.contains(where: \.isNumber) && ["a écrit :", "a écrit:", "wrote:"].contains(where: end.contains)
    }

    /// As Outlook has it: a rule, or a head again.
    private static func isOfQuote(_ lines: ArraySlice<Substring>) -> Bool {
        guard let first = lines.first else { return false }
        if first.hasPrefix("-----") || first.hasPrefix("_____") { return true }
        let second = lines.dropFirst().joined(separator: "\n").replacing("\u{A0}", with: " ")
        let isHead = ["De :", "De:", "From:"].contains { first.replacing("\u{A0}", with: " ").hasPrefix($0) }
        return isHead && ["Envoyé", "Date", "Sent", "À :", "To:"].contains(where: second.contains)
    }

    private static func isOfTelephone(_ line: Substring) -> Bool {
        ["Envoyé de mon", "Envoyé depuis", "Envoyé à partir d", "Sent from my", "Télécharger Outlook", "Get Outlook"].contains {
            line.hasPrefix($0)
        }
    }

    /// Lines end one way, none is empty twice, and nothing stands around.
    private static func tidied(_ text: String) -> String {
        var lines: [String] = []
        for line in text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        {
            let end = String(line.reversed().drop(while: \.isWhitespace).reversed())
            if !end.isEmpty || lines.last?.isEmpty == false { lines.append(end) }
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
