import Crypto
import Foundation
import Scheduling
import Store

/// Un code de réponse: what a letter about an appointment is answered with, without a login, until the appointment ends.
///
/// Eight signs of Crockford's base 32, whose lookalikes are read as one: 40 bits. Of the code the database keeps a keyed digest
/// (table `answer_code`); it is made again from the server's key for another print of the same letter.
public struct AnswerCode: Sendable, Equatable {
    /// The eight signs.
    public let text: String

    static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    static let length = 8

    /// As people type it, in whatever case, with spaces or hyphens or without: O is read as 0, I and L as 1.
    /// - Returns: `nil` for what can be none.
    public init?(_ typed: String) {
        let signs = typed.uppercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "\u{2011}" }.map { sign -> Character in
            sign == "O" ? "0" : sign == "I" || sign == "L" ? "1" : sign
        }
        guard signs.count == Self.length, signs.allSatisfy(Self.alphabet.contains) else { return nil }
        text = String(signs)
    }

    fileprivate init(_ bytes: some Sequence<UInt8>) {
        text = String(bytes.prefix(Self.length).map { Self.alphabet[Int($0) % Self.alphabet.count] })
    }

    private init(signs: String) { text = signs }

    /// What one looks like.
    public static let example = AnswerCode(signs: "K7QX3M9P")

    /// In two groups, as it is printed.
    public var written: String { text.prefix(4) + "\u{A0}" + text.suffix(4) }

    /// What makes codes and recognizes them: the site's secret.
    public struct Key: Sendable {
        private let key: SymmetricKey

        public init(_ key: SymmetricKey) { self.key = key }

        func code(of message: ID<Message>, turn: Int) -> AnswerCode { AnswerCode(authentication(of: "answer-code/\(message)/\(turn)")) }
        func digest(of code: AnswerCode) -> [UInt8] { authentication(of: "answer-code-digest/\(code.text)") }

        private func authentication(of text: String) -> [UInt8] {
            Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
        }
    }
}

extension AnswerCode {
    /// One for each letter: given again, it is the same. Two codes that would be alike are not: the next one is taken.
    static func give(to message: Message, _ key: Key, at now: Instant, in db: Writer) throws {
        for turn in 0..<100 where try !isGiven(to: message, in: db) {
            try db.run(
                """
                INSERT INTO answer_code (territory_id, message_id, turn, digest, created_at)
                VALUES (\(message.territoryID), \(message.id), \(turn), \(key.digest(of: key.code(of: message.id, turn: turn))), \(now))
                ON CONFLICT DO NOTHING
                """)
        }
    }

    private static func isGiven(to message: Message, in db: Reader) throws -> Bool {
        try db.exists("SELECT 1 FROM answer_code WHERE territory_id = \(message.territoryID) AND message_id = \(message.id)")
    }

    /// Those of these letters. One that another key made is not printed: it would lead nowhere.
    static func of(_ messages: [Message], _ key: Key, in db: Reader) throws -> [ID<Message>: AnswerCode] {
        guard let territory = messages.first?.territoryID else { return [:] }
        var codes: [ID<Message>: AnswerCode] = [:]
        try db.forEach(
            """
            SELECT message_id, turn, digest FROM answer_code
            WHERE territory_id = \(territory) AND message_id IN \(list: messages.map(\.id))
            """
        ) { row in
            let message: ID<Message> = try row[0], code = key.code(of: message, turn: try row[1]), digest: [UInt8] = try row[2]
            if key.digest(of: code) == digest { codes[message] = code }
        }
        return codes
    }

    /// Of appointments that are over.
    static func forget(at now: Instant) -> SQL {
        """
        DELETE FROM answer_code WHERE EXISTS (SELECT 1 FROM message
          JOIN appointment ON appointment.territory_id = message.territory_id AND appointment.id = message.appointment_id
          WHERE message.territory_id = answer_code.territory_id AND message.id = answer_code.message_id AND appointment.ends_at <= \(now))
        """
    }
}
