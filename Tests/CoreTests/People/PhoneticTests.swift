import Testing

@testable import Core

@Suite("The sound of names") struct PhoneticTests {
    @Test(
        "names that sound alike have one code",
        arguments: [
            ["lefebvre", "lefevre"], ["dupont", "dupond", "dupon"], ["arnaud", "arnault", "arnaut", "arno"],
            ["etcheverry", "etxeverri", "echeverry", "etcheveri"], ["philippe", "filipe", "philip"], ["martin", "martins"],
            ["boulanger", "boulangez", "boulange"], ["lambert", "lanber", "lamberd"], ["goyheneche", "goyenetche"], ["michel", "mishel"],
            ["christian", "kristian", "cristian"], ["queyroix", "keyroi"], ["wagner", "vagner"], ["saint", "sin"], ["cazaux", "casau"],
            ["perez", "peres"], ["guillaume", "guilaume"], ["dumont", "dumon"],
            ["st", "saint"], ["francois", "fransois"], ["georges", "jorge"], ["leclerc", "leclercq", "leclerq"], ["rene", "renee"],
        ])
    func alike(_ names: [String]) {
        #expect(Set(names.map { Phonetic.code(of: $0) }).count == 1, "\(names.map { Phonetic.code(of: $0) ?? "-" })")
    }

    @Test(
        "names that do not sound alike have two",
        arguments: [
            ("martin", "morton"), ("dupont", "dupin"), ("lambert", "lombard"), ("durand", "durando"), ("michel", "mikel"), ("pau", "poti"),
            ("martin", "martine"), ("simon", "simone"), ("armand", "armande"), ("vincent", "vincente"), ("pau", "paul"), ("jean", "jeanne"),
        ])
    func apart(_ one: String, _ other: String) {
        #expect(Phonetic.code(of: one) != Phonetic.code(of: other))
    }

    @Test("digits and other scripts have no French sound")
    func none() {
        #expect(Phonetic.code(of: "19501203") == nil)
        #expect(Phonetic.code(of: "олена") == nil)
        #expect(Phonetic.code(of: "") == nil)
    }
}
