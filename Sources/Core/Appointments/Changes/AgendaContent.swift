import Foundation
import Scheduling

/// What an opening or an absence says, as it is kept beside a change to be put back: flat JSON with its keys in order.
public struct AgendaContent: Codable, Sendable, Equatable {
    public var stretch: Stretch
    /// Of an absence.
    public var title: String?
    /// Of an opening, like all that follows.
    public var organization: ID<Organization>?
    public var site: ID<Site>?
    public var place: String?
    public var reasons: [ID<Reason>]?
    /// Of a permanence.
    public var service: ID<Service>?

    public init(_ opening: Opening) {
        stretch = opening.stretch
        (organization, site, place) = (opening.organizationID, opening.siteID, opening.place)
        reasons = opening.reasonIDs.sorted()
        service = opening.permanenceOf
    }

    public init(_ absence: Absence) {
        stretch = absence.stretch
        title = absence.title
    }

    /// - Throws: when it is not what ``text()`` wrote.
    init(text: String) throws { self = try JSONDecoder().decode(AgendaContent.self, from: Data(text.utf8)) }

    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    func opening(_ id: ID<Opening>, of agent: ID<Agent>) -> Opening? {
        guard let organization else { return nil }
        return Opening(
            id: id, agentID: agent, organizationID: organization, siteID: site, place: place ?? "", stretch: stretch,
            reasonIDs: Set(reasons ?? []), permanenceOf: service)
    }

    func absence(_ id: ID<Absence>, of agent: ID<Agent>) -> Absence {
        Absence(id: id, agentID: agent, title: title ?? "", stretch: stretch)
    }
}
