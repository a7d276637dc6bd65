import Foundation
import Scheduling
import Store

/// What a message says, as it leaves.
public struct Rendered: Sendable, Equatable {
    /// Empty for an SMS.
    public let subject: String
    /// Of an SMS as it leaves: in signs that it has, as long as it can (``SMSText``).
    public let text: String
    /// The same for who reads in a mailbox or on paper; nothing for an SMS.
    public let html: String?
    /// What it was made from.
    public let templateVersionID: ID<TemplateVersion>?
    public var language = "fr"

    public init(subject: String, text: String, html: String? = nil, templateVersionID: ID<TemplateVersion>? = nil) {
        (self.subject, self.text, self.html, self.templateVersionID) = (subject, text, html, templateVersionID)
    }
}

extension Message {
    /// The text, from what is true now: the house by its public name, day, hour and place, the number to call; neither the reason nor
    /// the service. In the language of who reads it, if there is a template in it.
    /// - Throws: ``Refusal/nothingToSay`` for a message about no appointment.
    func rendered(in db: Reader) throws -> Rendered {
        if purpose == .campaign { return try renderedOfCampaign(in: db) }
        guard let made = try making(in: db) else { throw Refusal.nothingToSay }
        return try Rendered(made.template, made.facts.values(in: made.template.scope.language, namesReason: namesReason, at: dueAt))
    }

    /// What the text is made from; nothing for what is about no appointment.
    func making(in db: Reader) throws -> (template: Template, facts: RenderingFacts)? {
        guard let appointmentID, let purpose = Template.Purpose(rawValue: purpose.rawValue),
            var facts = try RenderingFacts.load(
                about: appointmentID, others: others, for: personID, to: toPersonID, of: territoryID, in: db)
        else { return nil }
        if purpose == .earlierSlot { facts.place = forStart }
        let scope = Template.Scope(
            purpose, Template.Channel(channel), organization: facts.appointment.organizationID, reason: facts.reason.id,
            language: facts.language)
        return (try Template.used(for: scope, of: territoryID, in: db), facts)
    }
}

extension Template.Channel {
    /// What is said on the telephone is what an SMS would say.
    init(_ channel: Person.Channel) {
        switch channel {
        case .sms, .phone, .none: self = .sms
        case .email: self = .email
        case .letter: self = .letter
        }
    }
}

extension Rendered {
    init(_ template: Template, _ values: [TemplateVariable: String]) throws {
        let subject = try TemplateText(template.version.subject).filled(values),
            text = try TemplateText(template.version.body).filled(values)
        let html = template.scope.channel.hasSubject ? Self.html(subject, text, in: template.scope.language) : nil
        let leaving = template.scope.channel == .sms ? SMSText(text).text : text
        self.init(subject: subject, text: leaving, html: html, templateVersionID: template.version.id)
        language = template.scope.language
    }

    /// Paragraphs, and nothing else: no picture to load, no address that tells that it was read.
    static func html(_ subject: String, _ text: String, in language: String) -> String {
        let paragraphs = text.split(separator: /\n\s*\n/).map { paragraph in
            "<p>" + paragraph.split(separator: "\n").map { escaped(String($0)) }.joined(separator: "<br>\n") + "</p>"
        }
        let direction = ["ar", "fa", "he", "ps", "ur"].contains(language) ? " dir=\"rtl\"" : ""
        return """
            <!DOCTYPE html>
            <html lang="\(escaped(language))"\(direction)><head><meta charset="utf-8"><title>\(escaped(subject))</title></head>
            <body>
            \(paragraphs.joined(separator: "\n"))
            </body></html>
            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}

extension Refusal {
    public static let nothingToSay = Refusal(
        .conflict, "nothing-to-say", "Ce message ne parle d’aucun rendez-vous : il n’y a rien à écrire. Dites-le à votre administrateur.")
}
