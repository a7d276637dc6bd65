import Core
import Foundation
import Testing

@testable import Web

@Suite("Forms")
struct FormTests {
    private func form(_ text: String) throws -> Form { try Form(encoded: text.utf8) }

    @Test("every value of a name is kept in order, accents and spaces decoded")
    func decoding() throws {
        let form = try form("name=+Ma%C3%AFt%C3%A9+&day=1&day=3&empty=&alone&a%26b=%3D")
        #expect(form.text("name") == "Maïté")
        #expect(form.fields["name"] == [" Maïté "])
        #expect(form.values("day") == ["1", "3"])
        #expect(form.optional("empty") == nil)
        #expect(form.has("alone") && !form.has("absent"))
        #expect(form.text("a&b") == "=")
    }

    @Test(
        "broken text is refused, never repaired",
        arguments: ["a=%", "a=%4", "a=%zz", "a=%C3", "a=%FF%FE", "a=%00", "%C0%80=1", "a=%ED%A0%80"])
    func broken(text: String) throws {
        #expect(throws: Refusal.invalidText) { try form(text) }
    }

    @Test("raw invalid UTF-8 is refused")
    func rawBytes() {
        #expect(throws: Refusal.invalidText) { try Form(encoded: [0x61, 0x3D, 0xC3, 0x28]) }
    }

    @Test("all that is wrong is said at once, beside its field")
    func complaints() throws {
        let form = try form("minutes=abc&long=\(String(repeating: "x", count: 30))&ok=7&day=32")
        var complaints = Complaints()
        #expect(form.text("name", required: "Écrivez le nom.", &complaints) == nil)
        #expect(form.int("minutes", in: 5...480, "Indiquez une durée.", &complaints) == nil)
        #expect(form.int("ok", in: 5...480, "Indiquez une durée.", &complaints) == 7)
        #expect(form.optional("long", limit: 20, &complaints) == nil)
        #expect(form.parseOptional("absent", "Date ?", &complaints) { Int($0) } == nil)
        #expect(form.parseOptional("day", "Ce jour n’existe pas.", &complaints) { Int($0).flatMap { $0 < 32 ? $0 : nil } } == nil)
        #expect(Set(complaints.fields.keys) == ["name", "minutes", "long", "day"])
        #expect(throws: Refusal.self) { try complaints.check() }
    }

    @Test("a refused form keeps what was typed and leads from its top to each field, in the form's order")
    func refused() throws {
        let form = try form("name=%3Cb%3E&phone=12&kind=home&day=2&pass=secret")
        let refusal = Refusal(
            .invalid, "invalid-fields", "2 réponses sont à corriger.", fields: ["phone": "Numéro trop court.", "name": "Sans chevrons."])
        let state = FormState(form, refused: refusal)
        let html = PostForm("/people", state) {
            """
            \(TextField("name", "Nom", state))\(TextField("phone", "Téléphone", state, kind: .tel))\
            \(TextField("pass", "Mot de passe", state, kind: .password))\
            \(RadioCards("kind", "Où", [Choice("site", "Sur place"), Choice("home", "À domicile")], state))\
            \(CheckboxGroup("day", "Jours", [Choice("1", "lundi"), Choice("2", "mardi")], state))
            """
        }.html.text
        #expect(html.contains("value=\"&lt;b&gt;\""))
        #expect(html.contains("value=\"home\" checked") && !html.contains("value=\"site\" checked"))
        #expect(html.contains("value=\"2\" checked"))
        #expect(!html.contains("secret"))
        #expect(html.contains("aria-describedby=\"f-phone-error\" aria-invalid=\"true\""))
        let name = try #require(html.range(of: "href=\"#f-name\""))
        let phone = try #require(html.range(of: "href=\"#f-phone\""))
        #expect(name.lowerBound < phone.lowerBound)
    }
}
