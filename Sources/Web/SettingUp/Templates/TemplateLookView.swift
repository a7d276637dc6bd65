import Core

/// What would leave: as it reads, what it costs, how easy it is. It is made again while one types.
struct TemplateLookView: View {
    let look: TemplateLook?
    let faults: [String: String]
    let price: SMSPrice?
    let isFrench: Bool

    var html: HTML {
        """
        <section class="card stack" id="look" aria-labelledby="look-title"><h2 id="look-title">Ce qui partira</h2>\
        \(look.map(whole) ?? fault)</section>
        """
    }

    /// The same under another heading, where nothing is typed.
    func said(_ heading: String) -> HTML { "<div class=\"stack\"><h3>\(heading)</h3>\(look.map(whole) ?? fault)</div>" }

    private var fault: HTML {
        Notice(.alert, "\(each: faults.values.sorted(), { "<p>\($0)</p>" })").html
    }

    private func whole(_ look: TemplateLook) -> HTML {
        """
        \(if: !look.subject.isEmpty, "<p><b>\(look.subject)</b></p>")\(look.sms.map(message) ?? Self.lines(look.text))\
        \(look.sms.map { cost($0, most: look.mostParts) })\(if: isFrench, ease(look.readability))
        """
    }

    /// Each part apart, as it arrives.
    private func message(_ sms: SMSText) -> HTML { "\(each: sms.parts, Self.lines)" }

    private static func lines(_ text: String) -> HTML {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return """
            <blockquote class="said">\(each: lines.enumerated(), { line in "\(if: line.offset > 0, "<br>")\(line.element)" })</blockquote>
            """
    }

    private func cost(_ sms: SMSText, most: Int) -> HTML {
        let room = sms.parts.count > 1 ? "\(sms.units) signes" : "\(sms.units) signes sur \(sms.encoding.room.alone)"
        return """
            <p>\(Tag(Format.count(sms.parts.count, "SMS", "SMS"), sms.parts.count > 1 ? .warn : .good)) \(room)\
            \(price.map { " · \($0.inWords(parts: sms.parts.count))" as HTML })\
            \(if: most > sms.parts.count, " · jusqu’à \(Format.count(most, "SMS", "SMS")) quand il y a plus à dire")</p>\
            \(if: !sms.replaced.isEmpty, "<p class=\"soft\">Écrits autrement : \(Format.list(sms.replaced.map(Self.replaced))).</p>")\
            \(if: !sms.foreign.isEmpty, foreign(sms))
            """
    }

    private static func replaced(_ one: SMSText.Replacement) -> String {
        let sign = one.sign.isWhitespace ? "espace insécable" : String(one.sign)
        return one.instead.trimmed.isEmpty ? "\(sign) devient une espace" : "\(sign) devient \(one.instead)"
    }

    private func foreign(_ sms: SMSText) -> HTML {
        Notice(
            .warn,
            "<p>Ces signes coûtent plus cher, 70 par SMS au lieu de 160 : \(Format.list(sms.foreign.prefix(10).map { String($0) })).</p>"
        ).html
    }

    private func ease(_ readability: Readability?) -> HTML {
        guard let readability else { return .empty }
        let mark = "Lisibilité \(Readability.written(readability.tenths))"
        return """
            <p>\(Tag(mark, readability.isEasy ? .good : .alert)) \(Int(Readability.threshold)) au moins : plus c’est haut, mieux c’est.</p>\
            <p\(attribute: "class", readability.longest > Readability.longSentence ? nil : "soft")>La phrase la plus longue a \
            \(Format.count(readability.longest, "mot")) : « \(readability.longestSentence) »</p>\(hard(readability.hardWords))
            """
    }

    private func hard(_ words: [Readability.HardWord]) -> HTML {
        guard !words.isEmpty else { return .empty }
        return """
            <p>Plus simple :</p><ul class="bullets">\(each: words, { "<li>\($0.word) : <b>\($0.suggestion)</b></li>" })</ul>
            """
    }
}
