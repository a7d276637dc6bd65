import Core
import Store

/// How the scope of a template is said: « MDS d’Orthez · Point budget · arabe ».
struct TemplateNames: Sendable {
    let houses: [ID<Organization>: String]
    let reasons: [ID<Reason>: String]

    init(houses: [ID<Organization>: String] = [:], reasons: [ID<Reason>: String] = [:]) { (self.houses, self.reasons) = (houses, reasons) }

    /// Reasons that this agent may know: one of a secret service has no name for others.
    init(_ acting: Acting, in db: Reader) throws {
        houses = Dictionary(uniqueKeysWithValues: try Organization.all(of: acting.territoryID, in: db).map { ($0.id, $0.name) })
        reasons = Dictionary(uniqueKeysWithValues: try Reason.known(to: acting, in: db).map { ($0.id, $0.name) })
    }

    func phrase(_ scope: Template.Scope) -> String {
        let parts = [
            scope.organizationID.map { houses[$0] ?? "une organisation" } ?? "toute la collectivité",
            scope.reasonID.map { reasons[$0] ?? "un motif" }, scope.isFrench ? nil : PersonForm.languageName(scope.language).lowercased(),
        ]
        return parts.compactMap { $0 }.joined(separator: " · ")
    }
}

extension Template.Scope {
    /// « Rappel par SMS ».
    var title: String { "\(Format.capitalized(purpose.label)) par \(channel.label)" }
}
