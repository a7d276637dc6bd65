import Core
import Testing

@testable import Web

@Suite("Forms with a file")
struct MultipartTests {
    private static let type = "multipart/form-data; boundary=\"AbC\""
    private static let body = """
        --AbC\r
        Content-Disposition: form-data; name="kind"\r
        \r
        people\r
        --AbC\r
        Content-Disposition: form-data; name="file"; filename="a%22é.csv"\r
        Content-Type: text/csv\r
        \r
        nom\r\n--AbD\r\n--Ab\r
        --AbC--\r

        """

    @Test("fields and files, to the byte")
    func reads() throws {
        let read = try Multipart(Array(Self.body.utf8), type: Self.type)
        #expect(try read.form == Form(["kind": ["people"]]))
        let file = try #require(read.file("file"))
        #expect(file.filename == "a\"é.csv" && String(decoding: file.bytes, as: UTF8.self) == "nom\r\n--AbD\r\n--Ab")
        #expect(read.file("kind") == nil)
        var binary = Array("--AbC\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n".utf8)
        binary += [0xFF, 0x00, 0x0D, 0x0A] + Array("\r\n--AbC--\r\n".utf8)
        #expect(try Multipart(binary, type: Self.type).file("file")?.bytes == [0xFF, 0x00, 0x0D, 0x0A])
    }

    @Test("nothing is decoded, and a name may hold any letter")
    func raw() throws {
        let head = "--AbC\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Né à Salies.csv\"\r\n"
        let body = head + "Content-Transfer-Encoding: base64\r\n\r\nYWJj\r\n--AbC--"
        let file = try #require(try Multipart(Array(body.utf8), type: Self.type).file("file"))
        #expect(file.filename == "Né à Salies.csv" && file.bytes == Array("YWJj".utf8))
        let empty = "--AbC\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--AbC--\r\n"
        #expect(try Multipart(Array(empty.utf8), type: Self.type).file("file")?.bytes == [])
    }

    @Test(
        "anything else is refused",
        arguments: [
            ("", "multipart/form-data; boundary=AbC"), ("--AbC--\r\n", "multipart/form-data"),
            ("--AbC--\r\n", "multipart/mixed; boundary=AbC"),
            ("--AbC\r\n", "multipart/form-data; boundary=AbC"), ("--AbC\r\n\r\nx\r\n--AbC--", "multipart/form-data; boundary=AbC"),
            (
                "--AbC\r\nContent-Disposition: form-data; name=\"f\"\r\nContent-Type: message/rfc822\r\n\r\nA: b\r\n\r\nc\r\n--AbC--",
                "multipart/form-data; boundary=AbC"
            ),
            ("x--AbC--\r\n", "multipart/form-data; boundary=AbC"),
            (
                String(repeating: "--AbC\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n", count: 101) + "--AbC--",
                "multipart/form-data; boundary=AbC"
            ),
            ("--AbC\r\nContent-Disposition: form-data\r\n\r\nx\r\n--AbC--", "multipart/form-data; boundary=AbC"),
            ("--AbC\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--AbC", "multipart/form-data; boundary=AbC"),
        ])
    func refuses(_ body: String, _ type: String) {
        #expect(throws: Refusal.self) { try Multipart(Array(body.utf8), type: type) }
    }
}
