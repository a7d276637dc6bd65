import Scheduling
import Store

extension SummonsProof {
    /// A letter that was printed, and that someone says was posted.
    public struct Posted: Sendable, Equatable {
        /// Its address hidden from who may not read it.
        public let message: Message
        public let batchID: ID<LetterBatch>
        /// On the paper.
        public let number: Int
        public let postedAt: Instant
        /// Who said so.
        public let agentName: String
        /// The last time; nothing when it was never printed from here.
        public let printedAt: Instant?
        public let subject: String
        public let text: String

        public init(
            message: Message, batchID: ID<LetterBatch>, number: Int, postedAt: Instant, agentName: String, printedAt: Instant?,
            subject: String, text: String
        ) {
            (self.message, self.batchID, self.number, self.postedAt) = (message, batchID, number, postedAt)
            (self.agentName, self.printedAt, self.subject, self.text) = (agentName, printedAt, subject, text)
        }
    }

    /// An answer with the code of the letter: whoever gave it had the paper.
    public struct Coded: Sendable, Equatable {
        public let at: Instant
        public let meaning: ReplyMeaning

        public init(at: Instant, meaning: ReplyMeaning) { (self.at, self.meaning) = (at, meaning) }
    }
}

extension SummonsProof {
    /// Those of these messages that stand in a posted batch, the oldest first.
    static func posted(_ messages: [Message], of territory: Int64, in db: Reader) throws -> [Posted] {
        let letters = Dictionary(uniqueKeysWithValues: messages.filter { $0.channel == .letter }.map { ($0.id, $0) })
        guard !letters.isEmpty else { return [] }
        return try db.all(
            """
            SELECT letter.message_id, letter.batch_id, letter.number, letter_batch.posted_at, agent.first_name, agent.last_name,
              letter_text.printed_at, letter_text.subject, letter_text.text
            FROM letter
            JOIN letter_batch ON letter_batch.territory_id = letter.territory_id AND letter_batch.id = letter.batch_id
            JOIN agent ON agent.territory_id = letter_batch.territory_id AND agent.id = letter_batch.posted_by
            LEFT JOIN letter_text ON letter_text.territory_id = letter.territory_id AND letter_text.batch_id = letter.batch_id
              AND letter_text.message_id = letter.message_id
            WHERE letter.territory_id = \(territory) AND letter.message_id IN \(list: letters.keys.sorted()) AND letter.removed_at IS NULL
            ORDER BY letter_batch.posted_at, letter.number
            """
        ) { row in
            try letters[try row[0]].map { message in
                Posted(
                    message: message, batchID: try row[1], number: try row[2], postedAt: try row[3],
                    agentName: Person.displayName(firstName: try row[4], lastName: try row[5]), printedAt: try row[6],
                    subject: try row[7] ?? "", text: try row[8] ?? "")
            }
        }.compactMap { $0 }
    }

    static func coded(_ appointment: Appointment, in db: Reader) throws -> [Coded] {
        try db.all(
            """
            SELECT received_at, meaning FROM reply WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id)
              AND gateway = \(Reply.byCode) AND for_start = \(appointment.startsAt) ORDER BY received_at
            """
        ) { Coded(at: try $0[0], meaning: try $0[1]) }
    }
}

extension LetterBatch {
    /// Of a convocation, the words are kept as they are printed: those of the last print, until the batch is posted.
    func keepWords(of message: Message, _ rendered: Rendered, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO letter_text (territory_id, batch_id, message_id, subject, text, printed_at)
            SELECT appointment.territory_id, \(id), \(message.id), \(rendered.subject), \(rendered.text), \(now) FROM appointment
            JOIN reason ON reason.territory_id = appointment.territory_id AND reason.id = appointment.reason_id
            WHERE appointment.territory_id = \(territoryID) AND appointment.id = \(message.appointmentID) AND reason.summons
            ON CONFLICT (territory_id, batch_id, message_id) DO UPDATE SET subject = excluded.subject, text = excluded.text,
              printed_at = excluded.printed_at
            """)
    }
}
