import Foundation
import Store

/// What a campaign says: checked as templates are, with the few variables that need no appointment.
enum CampaignText {
    /// What can be written between braces.
    static let variables: Set<TemplateVariable> = [.house, .territory, .number]

    /// - Returns: the text, tidied; it counts after ``Complaints/check()``.
    static func checked(
        _ text: Campaign.Text, for house: ID<Organization>, by acting: Acting, _ complaints: inout Complaints, in db: Reader
    ) throws -> Campaign.Text {
        var tidied = Campaign.Text()
        if text.sms.isBlank, text.email.isBlank { complaints.add("sms", "Écrivez au moins un texte : SMS ou e-mail.") }
        if !text.sms.isBlank {
            tidied.sms = try checked(.sms, "", text.sms, ["body": "sms"], house, acting, &complaints, in: db).body
        }
        if !text.email.isBlank {
            let names = ["body": "email", "subject": "subject"]
            let draft = try checked(.email, text.subject, text.email, names, house, acting, &complaints, in: db)
            (tidied.subject, tidied.email) = (draft.subject, draft.body)
        }
        return tidied
    }

    private static func checked(
        _ channel: Template.Channel, _ subject: String, _ body: String, _ names: [String: String], _ house: ID<Organization>,
        _ acting: Acting, _ complaints: inout Complaints, in db: Reader
    ) throws -> Template.Draft {
        let draft = Template.Draft(scope: scope(channel, house), subject: subject, body: body)
        for (text, field) in [(subject, "subject"), (body, "body")] {
            if let fault = fault(in: text), let name = names[field] { complaints.add(name, fault) }
        }
        do {
            return try draft.checked(by: acting, in: db)
        } catch let refusal as Refusal where refusal.kind == .invalid {
            for (field, sentence) in refusal.fields { complaints.add(names[field] ?? field, sentence) }
            return draft
        }
    }

    private static func fault(in text: String) -> String? {
        do {
            let used = try TemplateText(text).variables
            guard let foreign = TemplateVariable.allCases.first(where: { used.contains($0) && !variables.contains($0) }) else { return nil }
            return "Une campagne ne parle d’aucun rendez-vous : \(foreign.written) n’y dirait rien. Ici, écrivez l’un de ces mots : "
                + Format.list(TemplateVariable.allCases.filter(variables.contains).map(\.written)) + "."
        } catch { return error.sentence(among: variables) }
    }

    /// For the rules of a channel; a campaign has no template.
    static func scope(_ channel: Template.Channel, _ house: ID<Organization>) -> Template.Scope {
        Template.Scope(.reminder, channel, organization: house)
    }
}

extension Campaign {
    /// What each text would be: filled with what this organization has to say, counted and measured.
    public struct Look: Sendable, Equatable {
        public let sms: TemplateLook?
        public let email: TemplateLook?

        public init(sms: TemplateLook?, email: TemplateLook?) { (self.sms, self.email) = (sms, email) }
    }

    public func look(in db: Reader) throws -> Look {
        let values = try CampaignVoice.of(organizationID, of: territoryID, in: db)?.values
        func look(_ channel: Template.Channel, _ subject: String, _ body: String) -> TemplateLook? {
            body.isEmpty
                ? nil : TemplateLook(subject: subject, body: body, for: CampaignText.scope(channel, organizationID), filling: values)
        }
        return Look(sms: look(.sms, "", text.sms), email: look(.email, text.subject, text.email))
    }
}

/// In whose name a campaign speaks.
struct CampaignVoice: Sendable {
    let house: String
    let phone: String?
    let territory: String

    /// The organization's public name, or the territory's when that says too much.
    var values: [TemplateVariable: String] {
        [
            .house: Revealing().found(in: house) == nil ? house : territory, .territory: territory,
            .number: phone.map(Format.phone) ?? "",
        ]
    }

    static func of(_ house: ID<Organization>, of territory: Int64, in db: Reader) throws -> CampaignVoice? {
        try db.first(
            """
            SELECT organization.name, organization.phone, territory.name FROM organization
            JOIN territory ON territory.id = organization.territory_id
            WHERE organization.territory_id = \(territory) AND organization.id = \(house)
            """
        ) { CampaignVoice(house: try $0[0], phone: try $0[1], territory: try $0[2]) }
    }
}

extension Campaign.Text {
    /// As it leaves by a channel.
    /// - Throws: ``Refusal/nothingToSay`` by a channel that has no text.
    func rendered(by channel: Person.Channel, with values: [TemplateVariable: String]) throws -> Rendered {
        switch channel {
        case .sms where !sms.isEmpty: return Rendered(subject: "", text: SMSText(try TemplateText(sms).filled(values)).text)
        case .email where !email.isEmpty:
            let title = try TemplateText(subject).filled(values), text = try TemplateText(email).filled(values)
            return Rendered(subject: title, text: text, html: Rendered.html(title, text, in: "fr"))
        default: throw Refusal.nothingToSay
        }
    }
}

extension Message {
    /// The text of the campaign that it is of.
    func renderedOfCampaign(in db: Reader) throws -> Rendered {
        guard let standing = try CampaignStanding.of([self], by: channel, in: db)[id] else { throw Refusal.nothingToSay }
        return try rendered(standing)
    }

    func rendered(_ standing: CampaignStanding) throws -> Rendered {
        try standing.text.rendered(by: channel, with: standing.voice.values)
    }
}

extension String {
    fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
