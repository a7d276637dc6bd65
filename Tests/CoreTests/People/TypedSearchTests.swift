import Scheduling
import Testing

@testable import Core

@Suite("What is typed in the search field") struct TypedSearchTests {
    private func readings(_ typed: String) -> [[String]] { TypedSearch(typed).readings }

    @Test("names are words in any order")
    func names() {
        #expect(readings("Jean-Pierre ETCHÉVERRY") == [["jean", "pierre", "etcheverry"]])
        #expect(readings("d’Arcangues") == [["d", "arcangues"]])
        #expect(TypedSearch("le Febvre").joiningParticles == ["lefebvre"])
        #expect(TypedSearch("Jean de la Rue").joiningParticles == ["jean", "delarue"])
        #expect(TypedSearch("Febvre").joiningParticles == nil)
    }

    @Test(
        "a number begun is the beginning of the national number",
        arguments: [
            ("06", "06"), ("06 39", "0639"), ("0639 98", "063998"), ("+33 6 39", "0639"), ("+336", "06"), ("0033 6", "06"),
            ("06.39.98.1", "0639981"),
            ("639981234", "0639981234"), ("6 39 98 12 34", "0639981234"), ("+34 612", "0034612"),
        ])
    func partialNumbers(_ typed: String, _ token: String) {
        #expect(readings(typed) == [[token]])
        #expect(TypedSearch(typed).number == PhoneNumber(typed))
    }

    @Test(
        "a birth date is understood as people write it",
        arguments: [
            "3/12/1950", "03/12/1950", "03.12.1950", "3-12-1950", "3 décembre 1950", "3 DECEMBRE 1950", "3 déc. 1950", "1950-12-03",
            "03 12 1950",
        ])
    func dates(_ typed: String) {
        #expect(readings(typed).first == ["19501203"])
        #expect(TypedSearch(typed).birthDate == "19501203")
        #expect(TypedDate.parse(typed) == CivilDate(year: 1950, month: 12, day: 3))
    }

    @Test("the first of the month, a month of a year, a year, and a short year")
    func otherDates() {
        #expect(readings("1er mai 1950") == [["19500501"]])
        #expect(readings("12/1950") == [["195012"]])
        #expect(readings("etchev 1950") == [["etchev", "1950"]])
        #expect(readings("1950 etchev") == [["1950", "etchev"]])
        #expect(readings("3/12/50") == [["19501203"], ["20501203"]])
    }

    @Test("digits that may be a date or a number are tried as both")
    func ambiguous() {
        #expect(readings("03121950") == [["19501203"], ["03121950"]])
        #expect(readings("06.12.50") == [["19501206"], ["20501206"], ["061250"]])
        #expect(readings("06 12 19 50 34 etchev") == [["0612195034", "etchev"]])
        #expect(readings("30 février 1950").first == ["30", "fevrier", "1950"])
    }

    @Test("a name and a number together, and nothing at all")
    func mixed() {
        #expect(readings("lacoste 06 39 98") == [["lacoste", "063998"]])
        #expect(readings("06 39 98 12 34 1950") == [["0639981234", "1950"]])
        #expect(readings("lacoste 3/12/1950 jeanne") == [["lacoste", "19501203", "jeanne"]])
        #expect(TypedSearch("%").words.isEmpty)
        #expect(TypedSearch("_ ' \u{A0}").words.isEmpty)
        #expect(TypedSearch(String(repeating: "a b ", count: 500)).words.count == 8)
    }
}
