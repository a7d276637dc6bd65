import Core

/// What administrators set up.
extension Urls {
    static let setup: URLPath = "/setup"
    static let setupTerritory: URLPath = "/setup/territory"
    static let setupPersonFields: URLPath = "/setup/person-fields"
    static let setupRights: URLPath = "/setup/rights"
    static let setupAgents: URLPath = "/setup/agents"
    /// A list of things to set up: `areas`, `organizations`, `services`, `sites`, `reasons`.
    static func setup(_ things: String) -> URLPath { "/setup/\(things)" }
    static func newSetup(_ things: String) -> URLPath { "/setup/\(things)/new" }
    static func setup(_ things: String, _ id: some CustomStringConvertible) -> URLPath { "/setup/\(things)/\(id)" }
    static func setup(_ things: String, _ id: some CustomStringConvertible, _ act: String) -> URLPath { "/setup/\(things)/\(id)/\(act)" }
    static let templates: URLPath = "/setup/templates"
    static let templateEdit: URLPath = "/setup/templates/edit"
    static let templatePrice: URLPath = "/setup/templates/price"
    static func templates(of organization: ID<Organization>?) -> URLPath { templates.query("organization", organization?.description) }
    static func template(_ scope: Template.Scope, _ act: String = "edit") -> URLPath {
        ("/setup/templates/\(act)" as URLPath).query("purpose", scope.purpose.rawValue).query("channel", scope.channel.rawValue)
            .query("organization", scope.organizationID?.description).query("reason", scope.reasonID?.description)
            .query("language", scope.isFrench ? nil : scope.language)
    }
    static let setupImports: URLPath = "/setup/imports"
    static func setupImport(_ id: some CustomStringConvertible) -> URLPath { "/setup/imports/\(id)" }
    static func setupImportPreview(_ id: some CustomStringConvertible) -> URLPath { "/setup/imports/\(id)/preview" }
    static func setupImportRun(_ id: some CustomStringConvertible) -> URLPath { "/setup/imports/\(id)/run" }
    static func members(_ organization: some CustomStringConvertible) -> URLPath { "/setup/organizations/\(organization)/members" }
    static func member(_ organization: some CustomStringConvertible, _ agent: some CustomStringConvertible) -> URLPath {
        "/setup/organizations/\(organization)/members/\(agent)"
    }

    static func webhooks(of organization: some CustomStringConvertible) -> URLPath { "/setup/organizations/\(organization)/webhooks" }
    static func webhook(_ organization: some CustomStringConvertible, _ webhook: some CustomStringConvertible) -> URLPath {
        "/setup/organizations/\(organization)/webhooks/\(webhook)"
    }
    /// - Parameter act: `switch`, `secret`, `pings`, `deletion`.
    static func webhook(
        _ organization: some CustomStringConvertible, _ webhook: some CustomStringConvertible, _ act: String
    ) -> URLPath { "/setup/organizations/\(organization)/webhooks/\(webhook)/\(act)" }
    static func webhookDelivery(
        _ organization: some CustomStringConvertible, _ webhook: some CustomStringConvertible, _ delivery: some CustomStringConvertible
    ) -> URLPath { "/setup/organizations/\(organization)/webhooks/\(webhook)/deliveries/\(delivery)" }
    static func webhookReplay(
        _ organization: some CustomStringConvertible, _ webhook: some CustomStringConvertible, _ delivery: some CustomStringConvertible
    ) -> URLPath { "/setup/organizations/\(organization)/webhooks/\(webhook)/deliveries/\(delivery)/replay" }
}
