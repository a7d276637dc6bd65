import Foundation
import TestKit
import Testing

@testable import Core

@Suite("An SMS is counted exactly")
struct SMSTextTests {
    @Test(
        "at each edge of a part",
        arguments: [
            (String(repeating: "a", count: 160), "gsm-7", 160, 1), (String(repeating: "a", count: 161), "gsm-7", 161, 2),
            (String(repeating: "a", count: 306), "gsm-7", 306, 2), (String(repeating: "a", count: 307), "gsm-7", 307, 3),
            (String(repeating: "€", count: 80), "gsm-7", 160, 1), (String(repeating: "€", count: 81), "gsm-7", 162, 2),
            (String(repeating: "ж", count: 70), "ucs-2", 70, 1), (String(repeating: "ж", count: 71), "ucs-2", 71, 2),
            (String(repeating: "ж", count: 134), "ucs-2", 134, 2), (String(repeating: "ж", count: 135), "ucs-2", 135, 3),
            (String(repeating: "🙂", count: 35), "ucs-2", 70, 1), (String(repeating: "🙂", count: 36), "ucs-2", 72, 2), ("", "gsm-7", 0, 0),
        ])
    func edges(text: String, encoding: String, units: Int, parts: Int) {
        let sms = SMSText(text)
        #expect(sms.encoding.rawValue == encoding && sms.units == units && sms.parts.count == parts)
    }

    /// A euro is an escape and a sign, a face two surrogates: neither is cut in two, and the part before is one unit short.
    @Test("a sign of two units is never cut")
    func whole() {
        let euro = SMSText(String(repeating: "a", count: 152) + "€" + String(repeating: "b", count: 20))
        #expect(euro.parts == [String(repeating: "a", count: 152), "€" + String(repeating: "b", count: 20)])
        let face = SMSText(String(repeating: "ж", count: 66) + "🙂" + String(repeating: "ж", count: 10))
        #expect(face.parts == [String(repeating: "ж", count: 66), "🙂" + String(repeating: "ж", count: 10)])
    }

    @Test("what the alphabet does not have is written otherwise, once said")
    func transliteration() {
        let sms = SMSText("« Ça » : reçu, c’est fête… à 9\u{A0}h\u{202F}30, cœur naïf — 5 €")
        #expect(sms.text == "\"Ça\" : recu, c'est fete... à 9 h 30, coeur naif - 5 €")
        #expect(sms.encoding == .gsm7 && sms.foreign.isEmpty)
        #expect(sms.replaced.map(\.sign).contains("ç") && sms.replaced.count { $0.sign == "ê" } == 1)
    }

    @Test("é è à ù ì ò Ç stay as they are, also when their accent is a sign of its own")
    func kept() {
        #expect(SMSText("éèàùìòÇ").text == "éèàùìòÇ" && SMSText("éèàùìòÇ").replaced.isEmpty)
        #expect(SMSText("e\u{301}te\u{301}").text == "été" && SMSText("e\u{301}").units == 1)
    }

    /// One sign that nothing replaces makes all of it dearer: it leaves as it was written, accents and all.
    @Test("a text that needs UCS-2 is not impoverished")
    func foreign() {
        let sms = SMSText("ça va, Оля ?")
        #expect(sms.encoding == .ucs2 && sms.text == "ça va, Оля ?" && sms.replaced.isEmpty && sms.foreign == ["О", "л", "я"])
    }

    private static let signs: [String] =
        "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡AZÄÖÑÜ§¿azäöñüà^{}\\[~]|€".map(String.init)
    private static let far = ["ж", "д", "م", "ر", "漢", "🙂", "𝄞"]

    private static func random(_ seed: Int) -> String {
        var generator = Numbers(state: UInt64(seed))
        let mix = seed % 3 == 0 ? signs + far : signs
        return (0..<Int.random(in: 0...420, using: &generator)).map { _ in mix.randomElement(using: &generator) ?? "" }.joined()
    }

    @Test("parts put end to end are the text, and none is over its room", arguments: 0..<200)
    func property(seed: Int) {
        let text = Self.random(seed), sms = SMSText(text)
        #expect(sms.parts.joined() == sms.text && sms.text == text)
        let room = sms.parts.count > 1 ? sms.encoding.room.part : sms.encoding.room.alone
        let sizes = sms.parts.map { SMSText($0).encoding == sms.encoding ? SMSText($0).units : $0.utf16.count }
        #expect(sizes.allSatisfy { (1...room).contains($0) } && (sms.parts.isEmpty || (0..<room).contains(sms.left)))
        // No part is shorter than it needs to be: but for the last, the next sign had no room in it.
        #expect(sizes.dropLast().allSatisfy { $0 >= room - 1 })
        #expect(SMSText(sms.text).text == sms.text, "writing it otherwise twice changes nothing more")
    }

    @Test("a count written apart from this one, in Python, finds the same", .enabled(if: Python.isExpectedToWork(with: "json")))
    func oracle() throws {
        let texts = (0..<400).map(Self.random)
        let output = try Python.run([Python.script("sms.py", of: "CoreTests")], input: JSONEncoder().encode(texts))
        let answers = try #require(try JSONSerialization.jsonObject(with: output) as? [[Any]])
        #expect(answers.count == texts.count)
        for (text, answer) in zip(texts, answers) {
            let sms = SMSText(text)
            #expect(answer[0] as? String == sms.encoding.rawValue && answer[1] as? Int == sms.units && answer[2] as? [String] == sms.parts)
        }
    }

    @Test("what it costs, in tenths of a cent a part")
    func price() throws {
        let price = try #require(SMSPrice(typed: " 4,5 "))
        #expect(price.tenths == 45 && price.typed == "4,5")
        #expect(price.inWords(parts: 2) == "9\u{A0}centimes" && price.inWords(parts: 3) == "13,5\u{A0}centimes")
        #expect(SMSPrice(tenths: 450).inWords(parts: 3) == "1,35\u{A0}€" && SMSPrice(tenths: 10).inWords(parts: 1) == "1\u{A0}centime")
        for wrong in ["", "-1", "4,55", "a", "100,1", "4,", ",5", "1e2", "٤"] { #expect(SMSPrice(typed: wrong) == nil, "\(wrong)") }
    }
}

/// SplitMix64: the same texts on every run.
private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
