import Foundation
import Scheduling
import TestKit
import Testing

@testable import Core

@Suite("A new password")
struct PasswordRuleTests {
    static let agent = Agent(territoryID: 64, firstName: "Maïté", lastName: "Ithurralde", email: "maite.ithurralde@example.org")
    static let territory = World().territory

    static func refusal(_ text: String) -> String? {
        do {
            _ = try NewPassword(text, for: agent, of: territory)
            return nil
        } catch { return error.fields["password"] }
    }

    @Test(
        "is refused when short, common, made of runs, repeated, or made of what is known of its owner",
        arguments: [
            "Court-9x", "motdepasse12", "MotDePasse2024!", "m0tdep@sse!!!!", "password1234", "P@ssw0rd2024", "azertyuiop12", "qsdfghjklm12",
            "poiuytreza99", "123456789012", "abcdefghijkl", "zyxwvutsrqpo", "aaaaaaaaaaaa", "bonjourbonjour", "xk9xk9xk9xk9xk9",
            "soleil-soleil-1",
            "Bienvenue64!", "jetaime-jetaime", "Marseille2024", "maman-papa-1985", "ithurralde2024", "Maïté-Ithurralde", "example-org-64",
            "departement-64", "1234-azerty-2024", "lesvacances2024", "!!!!!!!!!!!!!!", "            a",
        ])
    func refused(_ text: String) {
        #expect(Self.refusal(text) != nil)
    }

    @Test(
        "is accepted when a guesser has much to guess",
        arguments: [
            "girafe-compas-tunnel-ardoise", "le chat boit du café tiède", "7#q9$Zp2!mW8", "correct horse battery", "Kz8vPq2LxT4n",
            "ardoise compas", "пароль-секрет-окно", "Le 14, j’irai à Hendaye",
        ])
    func accepted(_ text: String) {
        #expect(Self.refusal(text) == nil)
    }

    @Test("counts characters as people do, and says how many are missing")
    func counted() {
        #expect(Self.refusal("éàùçîôêë")?.contains("il y en a 8") == true)
        #expect(Self.refusal("girafe-comp") != nil)
        #expect(Self.refusal("girafe-compa") == nil)
        #expect(Self.refusal(String(repeating: "girafe compas ", count: 15)) != nil, "more than 200")
    }

    @Test("written with composed or separate accents is one password")
    func normalised() async throws {
        let composed = "caf\u{E9}-compas-tunnel"
        let separate = "cafe\u{301}-compas-tunnel"
        let hash = try await Office.hasher.hash(NewPassword(composed, for: Self.agent, of: Self.territory))
        #expect(try await Office.hasher.verify(separate, hash))
    }

    @Test("says whether it is what everyone takes or what is known of its owner")
    func sentences() {
        #expect(Self.refusal("motdepasse2024")?.contains("facile à deviner") == true)
        #expect(Self.refusal("maite-ithurralde")?.contains("votre nom") == true)
    }

    @Test("the longest one is judged in no time")
    func longest() {
        let random = (0..<200).map { _ in "abcdefghijklmnop0123456789".randomElement()! }
        #expect(Guessing.steps(String(random)) > 20)
        #expect(Guessing.steps(String(repeating: "a", count: 200)) == 1)
    }
}
