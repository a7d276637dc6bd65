import Testing

@testable import Core

@Suite("The syntax of templates")
struct TemplateTextTests {
    private func filled(_ text: String, _ values: [TemplateVariable: String]) throws -> String { try TemplateText(text).filled(values) }

    @Test("variables are filled whatever their case and accents, and a part without a value is left out")
    func filling() throws {
        let text = "Le {Date} à {HEURE}[, {comment}].[ Appelez le {numero}.]"
        #expect(try filled(text, [.date: "3 mai", .hour: "9 h"]) == "Le 3 mai à 9 h.")
        #expect(
            try filled(text, [.date: "3 mai", .hour: "9 h", .way: "en visio", .number: "05"]) == "Le 3 mai à 9 h, en visio. Appelez le 05.")
        #expect(try filled(text, [.date: "3 mai", .hour: "9 h", .way: ""]) == "Le 3 mai à 9 h.")
    }

    @Test("a line of parts that were all left out is left out whole; an empty line that was written stays")
    func lines() throws {
        let text = "Bonjour,\n\nLe {date}.\n[Lieu : {lieu}.]\n[Pour {personne}.]\n\nÀ bientôt"
        #expect(try filled(text, [.date: "3 mai"]) == "Bonjour,\n\nLe 3 mai.\n\nÀ bientôt")
        #expect(try filled(text, [.date: "3 mai", .place: "Orthez"]) == "Bonjour,\n\nLe 3 mai.\nLieu : Orthez.\n\nÀ bientôt")
    }

    @Test("what a value says is text, never syntax")
    func values() throws {
        #expect(try filled("À {lieu}.", [.place: "[{date}]", .date: "3 mai"]) == "À [{date}].")
    }

    @Test(
        "what is wrong is said",
        arguments: [
            ("Bonjour {prénom}", TemplateText.Fault.unknown("prénom")), ("Le {date", .unclosed("{")), ("Le [{date}", .unclosed("[")),
            ("[le {date}\nà {heure}]", .unclosed("[")), ("Le date}", .unopened("}")), ("Le date]", .unopened("]")),
            ("[le {date}[ à {heure}]]", .nested), ("Venez [vite].", .pointless("vite")), ("{}", .unknown("")),
        ])
    func faults(text: String, fault: TemplateText.Fault) {
        #expect(throws: fault) { try TemplateText(text) }
    }

    @Test("an unknown variable is refused with the list of those that exist")
    func listed() {
        let sentence = TemplateText.Fault.unknown("prénom").sentence
        #expect(sentence.contains("{prénom}") && TemplateVariable.allCases.allSatisfy { sentence.contains($0.written) })
    }

    @Test("every variable is documented, has an example, and is read as it is written")
    func variables() throws {
        for variable in TemplateVariable.allCases {
            #expect(!variable.hint.isEmpty && !variable.sample.isEmpty)
            #expect(try TemplateText("a \(variable.written) b").variables == [variable])
        }
    }
}
