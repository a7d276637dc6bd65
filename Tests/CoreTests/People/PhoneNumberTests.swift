import Core
import Testing

@Suite("Phone numbers") struct PhoneNumberTests {
    @Test(
        "a number is the same however it is written",
        arguments: [
            "06 39 98 12 34", "0639981234", "+33 6 39 98 12 34", "06.39.98.12.34", "06-39-98-12-34", "0033639981234",
            "+33 (0)6 39 98 12 34",
            "06\u{A0}39\u{202F}98\u{A0}12\u{A0}34", "٠٦٣٩٩٨١٢٣٤", "+33639981234", " 06/39/98/12/34 ", "\u{202A}+33 6 39 98 12 34\u{202C}",
        ])
    func writings(_ typed: String) {
        #expect(PhoneNumber(typed)?.e164 == "+33639981234")
    }

    @Test(
        "what cannot be a number is refused",
        arguments: [
            "", "12", "0639", "063998123", "06399812345", "bonjour", "06 39 98 12 34 (fille)", "+", "++33639981234", "06+39981234", "1950",
        ])
    func impossible(_ typed: String) {
        #expect(PhoneNumber(typed) == nil)
    }

    @Test("mobiles are known from landlines, and the numbers kept for fiction are mobiles")
    func mobiles() {
        #expect(PhoneNumber("06 39 98 12 34")?.isMobile == true)
        #expect(PhoneNumber("06 12 34 56 78")?.isMobile == true)
        #expect(PhoneNumber("05 36 49 00 01")?.isMobile == false)
        #expect(PhoneNumber("01 99 00 12 34")?.isMobile == false)
    }

    @Test("a number is said two digits at a time, and a foreign one with its country")
    func display() {
        #expect(PhoneNumber("0639981234")?.display == "06\u{A0}39\u{A0}98\u{A0}12\u{A0}34")
        #expect(PhoneNumber("+34 612 34 56 78")?.display == "+34\u{A0}612\u{A0}34\u{A0}56\u{A0}78")
        #expect(PhoneNumber("+262 262 12 34 56")?.display == "02\u{A0}62\u{A0}12\u{A0}34\u{A0}56")
    }

    @Test("the number of an overseas territory is read as its people give it, and a metropolitan one all the same")
    func overseas() {
        #expect(PhoneNumber("0262 20 12 34", region: "RE")?.e164 == "+262262201234")
        #expect(PhoneNumber("06 12 34 56 78", region: "RE")?.e164 == "+33612345678")
    }

    @Test("a stored number is strict E.164")
    func stored() {
        #expect(PhoneNumber(stored: "+33639981234")?.nationalDigits == "0639981234")
        #expect(PhoneNumber(stored: "+34612345678")?.nationalDigits == "0034612345678")
        for wrong in ["0639981234", "+0639981234", "+33 639981234", "+336", "+336399812341234567", "+٣٣639981234", ""] {
            #expect(PhoneNumber(stored: wrong) == nil)
        }
    }
}
