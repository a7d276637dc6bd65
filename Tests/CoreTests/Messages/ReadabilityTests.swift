import Testing

@testable import Core

@Suite("A French text is measured")
struct ReadabilityTests {
    private func sentences(_ text: String) -> [String] { Sentences(text).all.map(\.text) }

    @Test(
        "what has points of its own ends no sentence",
        arguments: [
            "L’article L. 262-37 du code le dit.", "Voyez M. Etcheberry avec Mme. Lafitte.", "Cela coûte 1 234,56 € par an.",
            "Le 3.12.2026 à 9 h.",
            "Appelez le 05.36.49.10.10 avant midi.", "Voyez https://exemple.fr/a.b?c=d.e pour la suite.",
            "Écrivez à accueil.orthez@example.org vite.",
            "Le taux est de 3.5 % cette année.", "Apportez vos papiers (carte, livret, etc.) ce jour-là.",
            "Voir art. 12 et R. 123-4 du code.",
            "La R.A.T.P. et la S.N.C.F. roulent.", "Venez le 3 déc. prochain.", "Rendez-vous à 9 h 30 au 2 av. de la Gare.",
            "Allez sur exemple.fr ce soir.",
            "Le dossier n. 12 est là, cf. la page 3.",
        ])
    func oneSentence(text: String) {
        #expect(sentences(text).count == 1, "\(sentences(text))")
    }

    @Test(
        "and what ends one does",
        arguments: [
            ("Bonjour. Vous avez un rendez-vous. À bientôt !", 3), ("Vous venez ? Oui. Non…", 3), ("Il dit : « Venez. » Et il part.", 2),
            ("Apportez un livret, etc. Venez à l’heure.", 2), ("Bonjour,\n\nVous avez un rendez-vous", 2),
            ("Il faut :\n- une carte\n- un livret", 3), ("Une ligne coupée\nau milieu", 1), ("Lieu : 2 rue des Gaves\nOrthez", 2),
            ("Rendez-vous le 3 déc. Apportez vos papiers.", 2), ("", 0), ("…", 0),
        ])
    func severalSentences(text: String, count: Int) {
        #expect(sentences(text).count == count, "\(sentences(text))")
    }

    @Test(
        "a number, an hour, an address is one word",
        arguments: [
            ("05 36 49 10 10", 1), ("1 234,56 €", 1), ("9 h 30", 1), ("9h", 1), ("le 03/12/2026", 2), ("https://exemple.fr/rdv?a=1&b=2", 1),
            ("article L. 262-37", 2), ("accueil@example.org", 1), ("le 1er mai", 3), ("l’accueil", 1), ("rendez-vous", 2),
            ("appelez-nous", 2),
            ("aujourd’hui", 1), ("12 rue des Gaves", 4), ("+33 5 36 49 10 10", 1), ("64300 Orthez", 2), ("10:30", 1),
        ])
    func words(text: String, count: Int) {
        #expect(Sentences(text).all.flatMap(\.words).count == count, "\(Sentences(text).all)")
    }

    @Test("the sentence that is shown is the one that was written")
    func restored() {
        let text = "Bonjour. Selon l’art. L. 262-37, appelez M. Pomès au 05 36 49 10 10 avant 9 h 30. Merci."
        #expect(sentences(text)[1] == "Selon l’art. L. 262-37, appelez M. Pomès au 05 36 49 10 10 avant 9 h 30")
    }

    /// 10 words (two of them figures) in two sentences; the other 8 words have 12 syllables.
    @Test("the formula, by hand")
    func formula() throws {
        let measured = try #require(Readability("Venez le 3 juin à 9 h. Merci de nous appeler."))
        #expect(measured.words == 10 && measured.sentences == 2 && measured.longest == 6)
        #expect(abs(measured.score - (207 - 1.015 * 10 / 2 - 73.6 * 12 / 8)) < 0.001)
        #expect(Readability("12 € !") == nil)
    }

    @Test("office French fails, and plain French passes")
    func threshold() throws {
        let office = try #require(
            Readability(
                """
                Conformément aux dispositions de l’article L. 262-37 du code de l’action sociale et des familles, nous vous informons que \
                votre absence injustifiée est susceptible d’entraîner la suspension de votre allocation.
                """))
        let plain = try #require(Readability("Vous avez un rendez-vous le 3 mai. Si vous ne venez pas, dites-le nous."))
        #expect(!office.isEasy && office.longest > Readability.longSentence)
        #expect(plain.isEasy)
        #expect(office.hardWords.map(\.suggestion).contains("aide") && plain.hardWords.isEmpty)
    }

    @Test("hard words are found with their article, in the plural and in expressions")
    func hardWords() throws {
        let words = try #require(Readability("Afin de percevoir l’allocation, transmettez vos justificatifs ci-joint.")).hardWords
        #expect(words.map(\.word) == ["Afin de", "percevoir", "l’allocation", "transmettez", "justificatifs", "ci joint"])
        #expect(words.map(\.suggestion).prefix(2) == ["pour", "recevoir"])
    }

    @Test("shorter sentences are never harder")
    func property() throws {
        let words = ["vous", "venez", "ici", "demain", "avec", "un", "papier", "vert"]
        for cut in 1..<words.count {
            let whole = try #require(Readability(words.joined(separator: " ") + "."))
            let parts = try #require(Readability(words[..<cut].joined(separator: " ") + ". " + words[cut...].joined(separator: " ") + "."))
            #expect(parts.score > whole.score)
        }
    }
}
