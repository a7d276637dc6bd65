import Core
import Foundation
import Testing

@Suite("A CSV file")
struct CSVTests {
    private func rows(_ text: String) -> [[String]] { CSV(Array(text.utf8)).map(\.fields) }

    @Test("is read with commas, semicolons or tabs", arguments: [",", ";", "\t"])
    func separators(_ separator: String) {
        let text = "code\(separator)nom\n64430\(separator)Orthez\n"
        #expect(rows(text) == [["code", "nom"], ["64430", "Orthez"]])
    }

    @Test("may have quoted fields, with separators, line ends and quotes in them")
    func quoted() {
        #expect(rows("a,b\n\"x,\"\"y\"\"\r\nz\",2\n") == [["a", "b"], ["x,\"y\"\nz", "2"]])
        #expect(rows("a;b\n\"\";\"\"\"\"\n") == [["a", "b"], ["", "\""]])
    }

    @Test("ends its lines as any system does", arguments: ["\n", "\r\n", "\r"])
    func lineEnds(_ end: String) {
        let records = Array(CSV(Array("a,b\(end)1,2\(end)\(end)3,4".utf8)))
        #expect(records.map(\.fields) == [["a", "b"], ["1", "2"], ["3", "4"]])
        #expect(records.map(\.line) == [1, 2, 4])
    }

    @Test("may begin with a byte order mark")
    func mark() {
        #expect(rows("\u{FEFF}nom\nPau\n") == [["nom"], ["Pau"]])
    }

    @Test("may be Latin-1, or what Windows makes of it")
    func latin1() {
        let bytes: [UInt8] = Array("nom\nB".utf8) + [0xE9] + Array("arn ".utf8) + [0x80, 0x92, 0x9C, 0x0A]
        #expect(CSV(bytes).map(\.fields) == [["nom"], ["Béarn €’œ"]])
    }

    @Test("names the line where a broken row begins", arguments: ["\"Pau,1\nBayonne,2\n", "\"Pau\"x,1\n"])
    func broken(_ row: String) {
        let records = Array(CSV(Array("nom,n\nOrthez,1\n\(row)".utf8)))
        #expect(records[2].isBroken)
        #expect(records[2].line == 3)
        #expect(!records[1].isBroken)
    }

    @Test("a quote inside a plain field is itself")
    func strayQuote() {
        let records = Array(CSV(Array("a,b\nl\"eau,2\n".utf8)))
        #expect(records[1].fields == ["l\"eau", "2"])
        #expect(!records[1].isBroken)
    }

    @Test("an empty file has no rows", arguments: ["", "\n\n", "\u{FEFF}"])
    func empty(_ text: String) {
        #expect(rows(text).isEmpty)
    }

    @Test("whatever the fields hold, what is written is what is read", arguments: 0..<200)
    func roundTrip(_ seed: UInt64) {
        var random = Repeatable(seed: seed)
        let alphabet: [Character] = ["a", "é", "\"", ",", ";", "\t", "\n", " ", "’", "0"]
        let separator = [",", ";", "\t"].randomElement(using: &random)!
        let width = Int.random(in: 2...5, using: &random)
        // The header settles the separator; a quoted one in it would not.
        let header = (0..<width).map { "colonne\($0)" }
        let body = (0..<Int.random(in: 1...20, using: &random)).map { _ in
            (0..<width).map { _ in
                String((0..<Int.random(in: 0...6, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
            }
        }
        let end = ["\n", "\r\n"].randomElement(using: &random)!
        let text = ([header] + body).map { row in row.map(Self.quoted).joined(separator: separator) }.joined(separator: end)
        #expect(rows(text) == [header] + body)
    }

    private static func quoted(_ field: String) -> String { "\"" + field.replacing("\"", with: "\"\"") + "\"" }
}

/// The same numbers for the same seed.
struct Repeatable: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
