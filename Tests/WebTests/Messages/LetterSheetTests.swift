import Core
import Foundation
import Testing

@testable import Web

@Suite("A letter on paper")
struct LetterSheetTests {
    @Test(
        "shows in the window six short lines at most, the town in capitals",
        arguments: [
            (["Jeanne Lacoste", "12 rue du Pont", "64300 Orthez"], ["Jeanne Lacoste", "12 rue du Pont", "64300 ORTHEZ"]),
            (["Jeanne Lacoste", "", " 64300  Salies-de-Béarn "], ["Jeanne Lacoste", "64300 SALIES-DE-BÉARN"]),
            (
                ["Anne-Marie Lacoste", "Résidence des Trois-Gaves-et-du-Grand-Pont-Neuf 3 bis", "64300 Orthez"],
                ["Anne-Marie Lacoste", "Résidence des", "Trois-Gaves-et-du-Grand-Pont-Neuf 3", "bis", "64300 ORTHEZ"]
            ),
        ])
    func window(_ typed: [String], _ expected: [String]) {
        #expect(EnvelopeLines(typed).lines == expected)
    }

    @Test("never shows more than the window holds, nor loses the town")
    func longest() {
        let typed = [String(repeating: "Anne-", count: 40), String(repeating: "rue ", count: 90), String(repeating: "Z", count: 90)]
        let lines = EnvelopeLines(typed)
        #expect(lines.lines.count == 9 && lines.areMany && lines.lines.allSatisfy { $0.count <= 38 })
        #expect(lines.lines.last?.hasPrefix("Z") == true)
    }

    private static let base = "https://rdv.example.org"

    private static func letter(_ number: Int, paragraphs: Int = 3) -> PrintedLetter {
        PrintedLetter(
            number: number, sender: ["Département d’essai", "Maison d’Orthez", "1 rue des Essais", "Orthez"],
            recipient: ["Jeanne Lacoste-\(number)", "12 rue du Pont", "64300 Orthez"], date: "le 29 novembre 2026",
            subject: "Votre rendez-vous du jeudi 3 décembre",
            paragraphs: Array(
                repeating: ["Vous avez un rendez-vous le jeudi 3 décembre à 9 h 30 <ici> & \"là\".", "Lieu : Orthez"], count: paragraphs),
            code: AnswerCode.example)
    }

    private static func printed(_ letters: [PrintedLetter], base: String? = base) async throws -> URL {
        let file = FileManager.default.temporaryDirectory.appending(path: "lien-\(UUID().uuidString).pdf")
        try await WeasyPrint().pdf(LetterSheet(letters: letters, publicBase: base).html).write(to: file)
        return file
    }

    @Test("is a tagged A4 file in French, a page or more for each, which a reader reads back and a camera answers")
    func pdf() async throws {
        try #require(WeasyPrint.program != nil, "install weasyprint: bin/setup test")
        let file = try await Self.printed([Self.letter(1), Self.letter(2, paragraphs: 14), Self.letter(3)])
        defer { try? FileManager.default.removeItem(at: file) }
        let facts = try Tool.run("pdfinfo", file.path)
        for expected in ["Tagged:          yes", "Pages:           4", "(A4)", "Lot de courriers"] {
            #expect(facts.contains(expected), "\(facts)")
        }
        #expect(try Data(contentsOf: file).range(of: Data("/Lang (fr)".utf8)) != nil)
        let pages = try Tool.run("pdftotext", "-layout", file.path, "-").split(separator: "\u{0C}")
        #expect(pages[0].contains("Jeanne Lacoste-1") && pages[0].contains("9 h 30 <ici> & \"là\"") && pages[0].contains("64300 ORTHEZ"))
        let first = pages[0].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(first.contains("rdv.example.org/c") && first.contains("tapez ce code : K7QX 3M9P"), "\(first)")
        #expect(pages[1].contains("Lettre 2") && pages[2].contains("Lettre 2, suite") && !pages[2].contains("Jeanne"))
        #expect(pages[3].contains("Jeanne Lacoste-3") && pages[3].contains("page 4 sur 4"))
        #expect(try square(of: file, page: 1) == "\(Self.base)/c/K7QX3M9P")
    }

    @Test("stands where the window is: 110 mm from the left, 50 mm from the top, within 85 by 35 mm")
    func place() async throws {
        try #require(WeasyPrint.program != nil, "install weasyprint: bin/setup test")
        let file = try await Self.printed([Self.letter(1)])
        defer { try? FileManager.default.removeItem(at: file) }
        // Words with their boxes, in points.
        let boxes = try Tool.run("pdftotext", "-bbox", file.path, "-").matches(
            of: /xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(Jeanne|ORTHEZ|Bonjour|Le)</)
        func millimetres(_ text: Substring) -> Double { (Double(text) ?? 0) / 72 * 25.4 }
        let name = try #require(boxes.first { $0.5 == "Jeanne" }), town = try #require(boxes.first { $0.5 == "ORTHEZ" })
        #expect(abs(millimetres(name.1) - 110) < 1.5 && millimetres(name.2) >= 49.5 && millimetres(name.2) < 53)
        #expect(millimetres(town.3) < 195 && millimetres(town.4) < 85)
        let text = try #require(boxes.first { $0.5 == "Le" })
        #expect(millimetres(text.2) > 99, "the text is under the first fold")
    }

    @Test("carries no code where there is no address to type it at")
    func noAddress() {
        let html = LetterSheet(letters: [Self.letter(1)], publicBase: nil).html.text
        #expect(!html.contains("K7QX") && !html.contains("Pour nous répondre"))
    }

    private func square(of file: URL, page: Int) throws -> String {
        let picture = file.deletingPathExtension()
        defer { try? FileManager.default.removeItem(at: picture.appendingPathExtension("png")) }
        _ = try Tool.run("pdftoppm", "-png", "-singlefile", "-r", "150", "-f", "\(page)", "-l", "\(page)", file.path, picture.path)
        return try Tool.run("zbarimg", "-q", "--raw", picture.path + ".png").trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// A program of the system that reads what we made.
private enum Tool {
    struct Failed: Error { let words: String }

    static func run(_ name: String, _ arguments: String...) throws -> String {
        let process = Process(), output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(words: "\(name) \(arguments.joined(separator: " "))") }
        return String(decoding: said, as: UTF8.self)
    }
}
