import Foundation

/// A text of a template looked at before it is kept: filled with an example, counted and measured.
public struct TemplateLook: Sendable, Equatable {
    public let subject: String
    /// As it would leave, at a site, told to the person themselves.
    public let text: String
    /// Of an SMS.
    public let sms: SMSText?
    /// How many parts it may have at most, with all that there may be to say.
    public let mostParts: Int
    /// Of a text in French.
    public let readability: Readability?

    /// An SMS of more parts is a letter.
    public static let longestSMS = 5

    /// - Parameter values: of a real appointment, else of an example.
    /// - Returns: `nil` for a text with a fault.
    public init?(subject: String, body: String, for scope: Template.Scope, filling values: [TemplateVariable: String]? = nil) {
        guard let title = try? TemplateText(subject), let text = try? TemplateText(body) else { return nil }
        let usual = [TemplateVariable: String].usual(for: scope.purpose)
        self.subject = title.filled(values ?? usual)
        self.text = text.filled(values ?? usual)
        sms = scope.channel == .sms ? SMSText(self.text) : nil
        mostParts = SMSText(text.filled(.fullest)).parts.count
        // Measured on the example, whatever appointment is looked at: what is kept does not depend on it.
        readability = scope.isFrench ? Readability(text.filled(usual)) : nil
    }
}
