import Core
import Scheduling

extension Urls {
    /// Where the code of a letter is typed; it is printed: as short as can be.
    static let code: URLPath = "/c"
    static func code(_ code: some CustomStringConvertible) -> URLPath { "/c/\(code)" }
    static func codeRefusal(_ code: some CustomStringConvertible) -> URLPath { "/c/\(code)/no" }
    static func codeAnswers(_ code: some CustomStringConvertible) -> URLPath { "/c/\(code)/answers" }

    /// Where gateways say what became of a message.
    static let receipts: URLPath = "/receipts"

    /// Where gateways bring what people answer.
    static let inbound: URLPath = "/inbound"

    static let messages: URLPath = "/messages"
    static func messages(_ tray: Envois.Tray, _ state: Message.State? = nil, after mark: Story.Mark? = nil) -> URLPath {
        messages.query("tray", tray.rawValue).query("state", state?.rawValue).query("after", mark?.text)
    }
    static let toCall: URLPath = "/messages/to-call"
    static func called(_ appointment: some CustomStringConvertible, _ person: some CustomStringConvertible) -> URLPath {
        "/messages/to-call/\(appointment)/\(person)"
    }
    static func messageAgain(_ id: some CustomStringConvertible) -> URLPath { "/messages/\(id)/again" }
    static let replies: URLPath = "/messages/replies"
    static func replySettled(_ id: some CustomStringConvertible) -> URLPath { "/messages/replies/\(id)/settled" }
    static let setupGateways: URLPath = "/setup/gateways"
    static let messageCosts: URLPath = "/setup/gateways/costs"
    static func messageCosts(_ month: CivilDate) -> URLPath { messageCosts.query("month", "\(month)") }
    static let campaigns: URLPath = "/messages/campaigns"
    static let newCampaign: URLPath = "/messages/campaigns/new"
    static func campaign(_ id: some CustomStringConvertible) -> URLPath { "/messages/campaigns/\(id)" }
    static func campaign(_ id: some CustomStringConvertible, _ act: String) -> URLPath { "/messages/campaigns/\(id)/\(act)" }
    static func campaignCalled(_ id: some CustomStringConvertible, _ person: some CustomStringConvertible) -> URLPath {
        "/messages/campaigns/\(id)/unreached/\(person)"
    }
    static let setupCampaigns: URLPath = "/setup/campaigns"

    static let letters: URLPath = "/messages/letters"
    static let letterBatches: URLPath = "/messages/letters/batches"
    static func letterBatch(_ id: some CustomStringConvertible) -> URLPath { "/messages/letters/batches/\(id)" }
    /// - Parameter act: `pdf`, `posting` or `undoing`.
    static func letterBatch(_ id: some CustomStringConvertible, _ act: String) -> URLPath { "/messages/letters/batches/\(id)/\(act)" }

    /// Where whoever reads a campaign's e-mail says that they want no more of them.
    static let optOuts: URLPath = "/unsubscribe"
    static func optOut(_ token: String) -> URLPath { "/unsubscribe/\(token)" }
}
