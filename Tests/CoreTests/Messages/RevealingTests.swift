import Testing

@testable import Core

@Suite("Nothing revealing")
struct RevealingTests {
    @Test(
        "is found whatever its case, accents and place",
        arguments: [
            ("Votre RSA", "RSA"), ("rdv rsa demain", "RSA"), ("L’Aide sociale à l’enfance", "aide sociale à l’enfance"),
            ("Service P.M.I", nil), ("la PMI d’Orthez", "PMI"), ("à la maternelle de Pau", nil), ("Parsa", nil), ("Bonjour", nil),
            ("VIOLENCES conjugales", "violences"),
        ] as [(String, String?)])
    func words(text: String, found: String?) { #expect(Revealing().found(in: text) == found) }

    @Test("the names of services and reasons are, unless they say nothing")
    func names() {
        let revealing = Revealing(names: ["Suivi budget", "Rendez-vous", ""])
        #expect(revealing.found(in: "Votre suivi budget de jeudi") == "suivi budget")
        #expect(revealing.found(in: "Votre rendez-vous de jeudi") == nil)
        #expect(revealing.withheld("Apportez le suivi budget") == "" && revealing.withheld("Apportez un stylo") == "Apportez un stylo")
    }
}
