import Scheduling
import Store

extension Person {
    /// They want no more of something, from now on, what waits included. Asked twice it changes nothing.
    /// - Parameters:
    ///   - what: ``Discretion/neverCampaign`` or ``Discretion/neverSMS``.
    ///   - why: how they said it, for the journal.
    static func oppose(
        _ what: WritableKeyPath<Discretion, Bool>, for people: [ID<Person>], of territory: Int64, why: String, at now: Instant,
        in db: Writer
    ) throws {
        for id in people {
            guard let person = try find(id, of: territory, in: db) else { continue }
            var detail = try PersonDetail.of(id, of: territory, in: db)
            guard !detail.discretion[keyPath: what] else { continue }
            detail.discretion[keyPath: what] = true
            try detail.write(id, of: territory, in: db)
            try Message.readdress(person, minding: detail.discretion, at: now, in: db)
            try Journal.record(
                .changed, about: id.uuid,
                ["what": "person", "stopped": what == \Discretion.neverCampaign ? "campaigns" : "sms", "why": why],
                by: .anonymous, of: territory, at: now, in: db)
        }
    }
}

/// Une désinscription: whoever reads a campaign's e-mail says that they want no more of them.
public struct OptOut: Sendable, Equatable {
    /// Whose information it is.
    public let territoryName: String
    /// Whose address it was sent to.
    let people: [ID<Person>]
    public let isDone: Bool
}

extension OptOut {
    /// - Parameter message: proven by the address that is asked.
    /// - Returns: `nil` for what is no e-mail of a campaign: what is about an appointment is not refused that way.
    public static func find(_ message: ID<Message>, of territory: Int64, in db: Reader) throws -> OptOut? {
        let found = try db.first(
            """
            SELECT message.person_id, message.recipient, territory.name FROM message JOIN territory ON territory.id = message.territory_id
            WHERE message.territory_id = \(territory) AND message.id = \(message) AND message.purpose = 'campaign'
              AND message.channel = 'email'
            """
        ) { (person: try $0[0] as ID<Person>, recipient: try $0[1] as String, name: try $0[2] as String) }
        guard let found else { return nil }
        let owners: [ID<Person>] = try db.all(
            "SELECT DISTINCT person_id FROM person_email WHERE territory_id = \(territory) AND address = \(found.recipient)"
        ) { try $0[0] }
        let people = Set(owners + [found.person]).sorted()
        let known = try Discretion.of(people, of: territory, in: db)
        return OptOut(territoryName: found.name, people: people, isDone: people.allSatisfy { known[$0]?.neverCampaign == true })
    }

    /// The same as STOP in answer to a campaign, for all who have the address.
    /// - Throws: ``Refusal/notFound``.
    @discardableResult
    public static func take(_ message: ID<Message>, of territory: Int64, at now: Instant, in db: Writer) throws -> OptOut {
        guard let found = try find(message, of: territory, in: db) else { throw Refusal.notFound }
        try Person.oppose(\.neverCampaign, for: found.people, of: territory, why: "e-mail", at: now, in: db)
        return OptOut(territoryName: found.territoryName, people: found.people, isDone: true)
    }
}

extension Sending {
    /// The same, with the way to want no more of it at its foot and in its head.
    /// - Parameter address: for this message alone.
    public func offering(optOut address: String) -> Sending {
        var offering = self
        offering.optOut = address
        offering.rendered = rendered.withFoot(Self.footWords, link: address)
        return offering
    }

    private static let footWords = "Vous ne voulez plus de ces informations ? Ouvrez cette page :"
}

extension Rendered {
    /// Under the text, and as a link in the page; what holds no other address of ours holds no sign to escape.
    fileprivate func withFoot(_ words: String, link: String) -> Rendered {
        let foot = "<p>\(words) <a href=\"\(link)\">ne plus les recevoir</a></p>\n</body>"
        return Rendered(
            subject: subject, text: "\(text)\n\n\(words)\n\(link)\n", html: html?.replacing("</body>", with: foot),
            templateVersionID: templateVersionID)
    }
}
