import Testing

@testable import Web

@Suite("HTML")
struct HTMLTests {
    @Test("text is escaped, markup of the code is not")
    func escaping() {
        let text = #"<b>"L'été" & 'co'</b>"#
        let html: HTML = "<p title=\"\(text)\">\(text)</p>"
        let escaped = "&lt;b&gt;&quot;L&#39;été&quot; &amp; &#39;co&#39;&lt;/b&gt;"
        #expect(html.text == "<p title=\"\(escaped)\">\(escaped)</p>")
    }

    @Test("a substring, a number and an absent text are told apart")
    func kinds() {
        let absent: String? = nil
        let html: HTML = "\("a<b".prefix(2))|\(-42)|\(absent)|\(Optional("x&y"))"
        #expect(html.text == "a&lt;|-42||x&amp;y")
    }

    @Test("lists, conditions and attributes")
    func composition() {
        let html: HTML = """
            <ul>\(each: ["a", "<"], { "<li>\($0)</li>" })</ul>\(if: false, "no")\(if: true, "<hr>")\
            <input\(attribute: "value", "\"")\(attribute: "min", nil)\(attribute: "checked", if: true)>
            """
        #expect(html.text == "<ul><li>a</li><li>&lt;</li></ul><hr><input value=\"&quot;\" checked>")
    }

    @Test("every byte that HTML forbids or that means something is replaced, and all others stay")
    func everyByte() {
        for byte in UInt8(0)..<128 {
            let character = String(UnicodeScalar(byte))
            let html: HTML = "\(character)"
            let isPlain = !(byte < 0x20 || byte == 0x7F || "<>&\"'".contains(character)) || [0x09, 0x0A, 0x0D].contains(byte)
            #expect((html.text == character) == isPlain, "byte \(byte)")
        }
    }

    @Test("nobody can write the slot of the form token")
    func slot() {
        let forged: HTML = "<p>\("\u{1A}")</p>"
        #expect(!String(decoding: forged.bytes(token: "secret"), as: UTF8.self).contains("secret"))
        let form = PostForm("/x") { "" }
        #expect(String(decoding: form.html.bytes(token: "secret"), as: UTF8.self).contains("name=\"csrf\" value=\"secret\""))
    }
}

@Suite("Addresses")
struct URLPathTests {
    @Test("what is interpolated stays one segment")
    func segments() {
        let name = "../a b/?é#"
        let url: URLPath = "/people/\(name)"
        #expect(url.text == "/people/..%2Fa%20b%2F%3F%C3%A9%23")
        #expect(url.query("q", "a&b=c").query("x", nil).query("y", "1").text.hasSuffix("?q=a%26b%3Dc&y=1"))
    }

    @Test("a user's link must be of the web", arguments: ["javascript:alert(1)", "data:text/html,x", "https://a b", "//evil.example"])
    func web(text: String) {
        #expect(URLPath.web(text) == nil)
        #expect(URLPath.web("https://visio.example.org/salle") != nil)
    }

    @Test(
        "one returns to this site only",
        arguments: ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a\u{0D}\u{0A}b", "/a\\b"])
    func local(path: String) {
        #expect(URLPath.local(path) == nil)
        #expect(Urls.signIn(returningTo: path) == Urls.signIn)
        #expect(Urls.signIn(returningTo: "/agenda").text == "/sign-in?return=%2Fagenda")
    }

    @Test("telephones and mailboxes")
    func schemes() {
        #expect(URLPath.tel("+33 6 39\"98").text == "tel:+3363998")
        #expect(URLPath.mail("a?b@example.org").text == "mailto:a%3Fb@example.org")
    }
}
