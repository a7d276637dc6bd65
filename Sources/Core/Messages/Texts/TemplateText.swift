import Foundation

/// The syntax of templates: text, `{variables}`, and `[parts]` that are left out when a variable in them has nothing to say.
///
/// « Vous avez rendez-vous le {date}[, {comment}].[ Apportez : {consignes}] » A part holds a variable, no other part and no end of line;
/// a line of parts that were all left out is left out whole.
public struct TemplateText: Sendable, Equatable {
    private let lines: [[Piece]]

    private enum Piece: Sendable, Equatable {
        case text(String)
        case variable(TemplateVariable)
        case part([Piece])
    }

    /// What is wrong, and where.
    public enum Fault: Error, Equatable {
        case unknown(String)
        case unclosed(Character)
        case unopened(Character)
        case nested
        case pointless(String)

        public var sentence: String { sentence(among: Set(TemplateVariable.allCases)) }

        /// - Parameter variables: those that can be written there.
        func sentence(among variables: Set<TemplateVariable>) -> String {
            switch self {
            case .unknown(let name):
                "{\(name)} n’existe pas. Entre accolades, écrivez l’un de ces mots : "
                    + Format.list(TemplateVariable.allCases.filter(variables.contains).map(\.written)) + "."
            case .unclosed(let sign): "Il y a un « \(sign) » qui n’est pas refermé sur sa ligne."
            case .unopened(let sign): "Il y a un « \(sign) » que rien n’ouvre."
            case .nested: "Il y a des crochets dans des crochets : fermez les premiers avant d’en ouvrir d’autres."
            case .pointless(let text): "Entre crochets, « \(text) » n’a pas d’accolades : rien ne dit quand l’écrire. Ôtez les crochets."
            }
        }
    }

    public init(_ text: String) throws(Fault) {
        var lines: [[Piece]] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var rest = line
            lines.append(try Self.pieces(&rest, inPart: false))
        }
        self.lines = lines
    }

    private static func pieces(_ rest: inout Substring, inPart: Bool) throws(Fault) -> [Piece] {
        var pieces: [Piece] = []
        while let sign = rest.first {
            switch sign {
            case "{": pieces.append(.variable(try variable(&rest)))
            case "[" where inPart: throw .nested
            case "[": pieces.append(try part(&rest))
            case "]" where inPart: return pieces
            case "]", "}": throw .unopened(sign)
            default:
                let text = rest.prefix { !"{}[]".contains($0) }
                pieces.append(.text(String(text)))
                rest = rest.dropFirst(text.count)
            }
        }
        if inPart { throw .unclosed("[") }
        return pieces
    }

    private static func variable(_ rest: inout Substring) throws(Fault) -> TemplateVariable {
        guard let end = rest.firstIndex(of: "}") else { throw .unclosed("{") }
        let name = String(rest[rest.index(after: rest.startIndex)..<end])
        rest = rest[rest.index(after: end)...]
        guard let variable = TemplateVariable(typed: name) else { throw .unknown(name) }
        return variable
    }

    private static func part(_ rest: inout Substring) throws(Fault) -> Piece {
        let whole = rest
        rest = rest.dropFirst()
        let inside = try pieces(&rest, inPart: true)
        rest = rest.dropFirst()
        guard inside.contains(where: { if case .variable = $0 { true } else { false } }) else {
            throw .pointless(String(whole.dropFirst().prefix { $0 != "]" }))
        }
        return .part(inside)
    }
}

extension TemplateText {
    /// With each variable's value; one that has none, or an empty one, leaves its part out.
    public func filled(_ values: [TemplateVariable: String]) -> String {
        lines.compactMap { line -> String? in
            let text = line.map { Self.text($0, values) }.joined()
            let isLeftOut = text.allSatisfy(\.isWhitespace) && line.contains { if case .part = $0 { true } else { false } }
            return isLeftOut ? nil : text
        }.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func text(_ piece: Piece, _ values: [TemplateVariable: String]) -> String {
        switch piece {
        case .text(let text): return text
        case .variable(let variable): return values[variable] ?? ""
        case .part(let pieces):
            let isSaid = pieces.allSatisfy { if case .variable(let variable) = $0 { values[variable]?.isEmpty == false } else { true } }
            return isSaid ? pieces.map { Self.text($0, values) }.joined() : ""
        }
    }

    /// The variables that it uses.
    public var variables: Set<TemplateVariable> {
        func used(_ pieces: [Piece]) -> [TemplateVariable] {
            pieces.flatMap { piece in
                switch piece {
                case .text: [TemplateVariable]()
                case .variable(let variable): [variable]
                case .part(let inside): used(inside)
                }
            }
        }
        return Set(lines.flatMap(used))
    }
}
