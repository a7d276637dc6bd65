import Core
import Foundation
import Testing

@Suite("Folding of names") struct FoldingTests {
    @Test("accents, case, ligatures, apostrophes and hyphens do not count")
    func examples() {
        #expect(Folding.words(of: "Éléonore d’Arcangues-Etchéberry") == ["eleonore", "d", "arcangues", "etcheberry"])
        #expect(Folding.key("SAINT-JEAN-DE-LUZ") == "saint jean de luz")
        #expect(Folding.key("Cœur Æsop Ÿvan Łódź Weiß Ñuñez Ćirić") == "coeur aesop yvan lodz weiss nunez ciric")
        #expect(Folding.key("Noël") == Folding.key("Noe\u{308}l"))
        #expect(Folding.key("N'Diaye") == Folding.key("n’diaye"))
        #expect(Folding.key("Taʻaroa") == "ta aroa")
        #expect(Folding.key("Nguyễn Thị") == "nguyen thi")
        #expect(Folding.key("Олена Ёлкіна") == "олена елкіна")
        #expect(Folding.words(of: " % _ ' - \u{A0} ").isEmpty)
    }

    @Test("folding what is folded changes nothing, and never leaves a mark, a capital or a wildcard")
    func properties() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<3000 {
            let scalars = (0..<12).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: Bool.random(using: &random) ? 0x20...0x24F : 0x250...0x1FFFF, using: &random))
            }
            let text = String(String.UnicodeScalarView(scalars))
            let words = Folding.words(of: text)
            #expect(Folding.words(of: words.joined(separator: " ")) == words, "\(scalars)")
            #expect(
                words.allSatisfy { !$0.isEmpty && !$0.contains("%") && !$0.contains("_") && !$0.contains(" ") && $0.lowercased() == $0 })
        }
    }
}
