import Foundation
import Scheduling
import Store

/// Un modèle: from what a message is made (table `template`). What it says is in its versions, none of which ever changes.
public struct Template: Sendable, Equatable {
    public let id: ID<Template>
    public let scope: Scope
    /// What it says now.
    public let version: TemplateVersion
    /// No longer used: what is wider speaks again.
    public let retiredAt: Instant?

    public enum Purpose: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case confirmation, change, cancellation, reminder, missed
        case earlierSlot = "earlier-slot"
        case standing

        public var label: String {
            switch self {
            case .confirmation: "confirmation"
            case .change: "changement"
            case .cancellation: "annulation"
            case .reminder: "rappel"
            case .missed: "rendez-vous manqué"
            case .earlierSlot: "créneau plus tôt"
            case .standing: "rendez-vous maintenu"
            }
        }
    }

    public enum Channel: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case sms, email, letter

        public var label: String {
            switch self {
            case .sms: "SMS"
            case .email: "e-mail"
            case .letter: "courrier"
            }
        }
        /// An SMS has no title.
        public var hasSubject: Bool { self != .sms }
    }

    /// For what it speaks: the narrowest that fits is used, the reason's before the organization's before the territory's.
    public struct Scope: Sendable, Hashable {
        public var purpose: Purpose
        public var channel: Channel
        public var organizationID: ID<Organization>?
        public var reasonID: ID<Reason>?
        /// BCP 47: `fr`, `ar`. French speaks for a language that has no template.
        public var language: String

        public init(
            _ purpose: Purpose, _ channel: Channel, organization: ID<Organization>? = nil, reason: ID<Reason>? = nil,
            language: String = "fr"
        ) {
            (self.purpose, self.channel, self.organizationID) = (purpose, channel, organization)
            (self.reasonID, self.language) = (reason, language)
        }

        public var isTerritorys: Bool { organizationID == nil && reasonID == nil }
        /// The formula of readability is for French alone.
        public var isFrench: Bool { language == "fr" }
    }
}

/// What a template says since someone wrote it (table `template_version`).
public struct TemplateVersion: Sendable, Equatable {
    public let id: ID<TemplateVersion>
    /// From 1; 0 for what comes with the product.
    public let number: Int
    /// Empty for an SMS.
    public let subject: String
    public let body: String
    /// In tenths; nothing for another language than French.
    public let readability: Int?
    /// Why it is kept although it is hard to read.
    public let because: String?
    public let writtenAt: Instant?
    public let author: ID<Agent>?

    init(
        id: ID<TemplateVersion>, number: Int, subject: String, body: String, readability: Int?, because: String? = nil,
        writtenAt: Instant? = nil, author: ID<Agent>? = nil
    ) {
        (self.id, self.number, self.subject, self.body) = (id, number, subject, body)
        (self.readability, self.because, self.writtenAt, self.author) = (readability, because, writtenAt, author)
    }

    public var isShipped: Bool { number == 0 }
}
