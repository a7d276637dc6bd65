import Foundation
import Scheduling
import Store

/// A letter as the paper says it.
public struct PrintedLetter: Sendable, Equatable {
    public let number: Int
    /// The house by its public name, its address, its number.
    public let sender: [String]
    /// What shows through the envelope's window: the name, then the lines of the address.
    public let recipient: [String]
    /// « le 29 novembre 2026 ».
    public let date: String
    public let subject: String
    /// Each of its lines.
    public let paragraphs: [[String]]
    public let language: String
    /// With which it is answered.
    public let code: AnswerCode?

    public init(
        number: Int, sender: [String], recipient: [String], date: String, subject: String, paragraphs: [[String]], language: String = "fr",
        code: AnswerCode? = nil
    ) {
        (self.number, self.sender, self.recipient, self.date) = (number, sender, recipient, date)
        (self.subject, self.paragraphs, self.language, self.code) = (subject, paragraphs, language, code)
    }
}

extension LetterBatch {
    /// The letters of a batch, as they are to be posted now: each stays pinned to the version that it was made from. That they were taken
    /// away is journalled, batch and each person.
    /// - Throws: ``Refusal/letterBatchSettled`` when it is posted or undone; ``Refusal/nothingToPrint`` when none is to be posted any more.
    public static func print(
        _ id: ID<LetterBatch>, key: AnswerCode.Key?, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> [PrintedLetter] {
        let batch = try lock(id, seenBy: acting, in: db)
        guard batch.state == .prepared else { throw Refusal.letterBatchSettled }
        let letters = try batch.standing(of: acting.territory, at: now, in: db).filter { $0.trouble == nil }
        guard !letters.isEmpty else { throw Refusal.nothingToPrint }
        let press = LetterPress(
            batch: batch, now: now, sender: try batch.sender(in: db), date: "le " + Format.date(acting.territory.zone.civil(now).date),
            codes: try key.map { try AnswerCode.of(letters.map(\.message), $0, in: db) } ?? [:])
        let printed = try letters.map { try press.print($0, in: db) }
        try batch.journalExport(as: "pdf", letters.map(\.message.personID), by: acting, at: now, in: db)
        return printed
    }

    /// The organization by the name that messages say, and the first of its sites that has an address.
    private func sender(in db: Reader) throws -> [String] {
        guard let voice = try CampaignVoice.of(organizationID, of: territoryID, in: db) else { return [] }
        let site = try db.first(
            """
            SELECT address, commune, phone FROM site
            WHERE territory_id = \(territoryID) AND organization_id = \(organizationID) AND address <> '' ORDER BY id LIMIT 1
            """
        ) { (address: try $0[0] as String, commune: try $0[1] as String, phone: try $0[2] as String?) }
        let house = voice.values[.house] ?? voice.territory
        let number = (voice.phone ?? site?.phone).map { "Téléphone : " + Format.phone($0) }
        return [voice.territory, house == voice.territory ? nil : house, site?.address, site?.commune, number].compactMap(\.self)
            .filter { !$0.isEmpty }
    }
}

/// What all letters of a batch share.
private struct LetterPress {
    let batch: LetterBatch
    let now: Instant
    let sender: [String]
    let date: String
    let codes: [ID<Message>: AnswerCode]

    func print(_ letter: LetterBatch.Standing, in db: Writer) throws -> PrintedLetter {
        let message = letter.message, rendered = try message.rendered(in: db)
        try db.run(
            """
            UPDATE message SET template_version_id = \(rendered.templateVersionID)
            WHERE territory_id = \(message.territoryID) AND id = \(message.id)
            """)
        try batch.keepWords(of: message, rendered, at: now, in: db)
        let reader = try Person.find(message.toPersonID ?? message.personID, of: message.territoryID, in: db)
        let address = message.recipient.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        return PrintedLetter(
            number: letter.number, sender: sender, recipient: [reader?.name ?? ""] + address, date: date, subject: rendered.subject,
            paragraphs: rendered.text.split(separator: /\n\s*\n/).map { $0.split(separator: "\n").map(String.init) },
            language: rendered.language, code: codes[message.id])
    }
}

extension Refusal {
    public static let nothingToPrint = Refusal(
        .conflict, "nothing-to-print", "Plus aucune lettre de ce lot n’est à poster. Défaites-le, ou dites que tout est posté.")
}
