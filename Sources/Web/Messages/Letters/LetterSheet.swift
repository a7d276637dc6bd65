import Core
import Foundation

/// The letters of a batch as one document for `weasyprint`: each begins a page, folds in three, and shows its recipient through a window
/// on the right (NF Z 10-011: DL and C5 envelopes).
struct LetterSheet: View {
    let letters: [PrintedLetter]
    /// Where codes are typed; nothing is answered without.
    let publicBase: String?

    var html: HTML {
        """
        <!DOCTYPE html>
        <html lang="fr"><head><meta charset="utf-8"><title>Lot de courriers</title><style>\(Self.style)</style></head>
        <body>\(each: letters, page)</body></html>
        """
    }

    /// A4; 50 mm above the recipient, who stands 110 mm from the left; the text begins under the first fold.
    private static let style: HTML = """
        @page { size: A4; margin: 20mm 20mm 22mm;
          @bottom-left { content: "Lettre " string(number) string(suite, first-except); font: 9pt "Liberation Sans", "DejaVu Sans", sans-serif }
          @bottom-right { content: "page " counter(page) " sur " counter(pages); font: 9pt "Liberation Sans", "DejaVu Sans", sans-serif } }
        html { font: 14pt/1.45 "Liberation Sans", "DejaVu Sans", sans-serif; color: #000; background: #fff }
        body, p, h1, h2, ul { margin: 0; padding: 0 }
        article { break-before: page; position: relative; string-set: number attr(data-number) }
        .sender { position: absolute; left: 0; top: 0; width: 80mm; font-size: 10pt; line-height: 1.35; string-set: suite attr(data-suite) }
        .to { position: absolute; left: 90mm; top: 30mm; width: 80mm; line-height: 1.3; overflow-wrap: anywhere; font-size: 10.5pt }
        .to.many { font-size: 8.5pt; line-height: 1.25 }
        .text { padding-top: 82mm }
        .text > * + * { margin-top: 5mm }
        h1 { font-size: 16pt; line-height: 1.25 }
        h2 { font-size: 14pt }
        .code { border: 0.4mm solid #000; padding: 4mm; break-inside: avoid; font-size: 12pt; line-height: 1.4; display: flex }
        .code img { width: 34mm; height: 34mm; margin-right: 5mm; flex: none }
        .code b { font: bold 17pt "Liberation Mono", "DejaVu Sans Mono", monospace; white-space: nowrap }
        .address { white-space: nowrap; font-weight: bold }
        """

    private func page(_ letter: PrintedLetter) -> HTML {
        let lines = EnvelopeLines(letter.recipient)
        return """
            <article data-number="\(letter.number)">\
            <p class="sender" data-suite=", suite">\(Self.lines(letter.sender))</p>\
            <p class="to\(if: lines.areMany, " many")">\(Self.lines(lines.lines))</p>\
            <div class="text"><p>\(Format.capitalized(letter.date))</p>\
            <div lang="\(letter.language)"\(attribute: "dir", Self.direction(letter.language))>\
            \(if: !letter.subject.isEmpty, "<h1>\(letter.subject)</h1>")</div>\
            \(each: letter.paragraphs, { paragraph(letter, $0) })\(letter.code.flatMap(answering))</div></article>
            """
    }

    private func paragraph(_ letter: PrintedLetter, _ lines: [String]) -> HTML {
        "<p lang=\"\(letter.language)\"\(attribute: "dir", Self.direction(letter.language))>\(Self.lines(lines))</p>"
    }

    private static func direction(_ language: String) -> String? { ["ar", "fa", "he", "ps", "ur"].contains(language) ? "rtl" : nil }

    private static func lines(_ lines: [String]) -> HTML { HTML(each: lines.map { "\($0)" }, separator: "<br>") }

    /// How to answer: with a camera, or by typing.
    private func answering(_ code: AnswerCode) -> HTML? {
        guard let publicBase else { return nil }
        let address = publicBase + Urls.code.text
        let shown = address.split(separator: "://", maxSplits: 1).last.map(String.init) ?? address
        let square = QRCode(publicBase + Urls.code(code.text).text)
        return """
            <div class="code">\(square?.picture("Carré à photographier : il ouvre la page où répondre"))<div>\
            <h2>Pour nous répondre</h2><p>« Je viendrai », « Je ne peux pas venir » ou « Rappelez-moi » :</p>\
            <p>photographiez ce carré avec un téléphone,</p><p>ou allez à l’adresse <span class="address">\(shown)</span></p>\
            <p>et tapez ce code : <b>\(code.written)</b></p></div></div>
            """
    }
}

/// The lines of an address as a window shows them: 38 signs at most, the town in capitals (NF Z 10-011). A line that is longer goes on
/// below; what would still not fit in the window is cut, never the town.
struct EnvelopeLines: Sendable, Equatable {
    let lines: [String]

    private static let width = 38

    init(_ typed: [String]) {
        let kept = typed.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.filter { !$0.isEmpty }
        guard kept.count > 1, let name = kept.first, let town = kept.last else {
            lines = kept.flatMap { Self.wrapped($0) }
            return
        }
        let middle = kept.dropFirst().dropLast().flatMap { Self.wrapped($0) }
        lines = Array(Self.wrapped(name).prefix(2) + middle.prefix(5) + Self.wrapped(town.uppercased()).prefix(2))
    }

    /// Six lines stand at the usual size.
    var areMany: Bool { lines.count > 6 }

    private static func wrapped(_ line: String) -> [String] {
        var lines: [String] = []
        for word in line.split(separator: " ").flatMap(pieces) {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(word)
            }
        }
        return lines
    }

    /// A word too long for a line, after a hyphen if it has one.
    private static func pieces(_ word: Substring) -> [String] {
        var pieces: [String] = [], rest = word
        while rest.count > width {
            let head = rest.prefix(width)
            let end = head.lastIndex(of: "-").map { rest.index(after: $0) } ?? head.endIndex
            pieces.append(String(rest[..<end]))
            rest = rest[end...]
        }
        return pieces + (rest.isEmpty ? [] : [String(rest)])
    }
}
