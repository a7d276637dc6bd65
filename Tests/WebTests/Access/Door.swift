import Core
import HTTPTypes
import TestKit

@testable import Web

/// A door of the walk: one route, who may go there, and what is asked.
struct Door: Sendable {
    /// « GET /people/{id} », as the router has it.
    let route: String
    let rule: Rule
    /// What is asked about one compartment.
    let ask: @Sendable (Compartment) -> Asked
    /// Names nothing: asked once.
    var isPlain = false
    /// Has an answer that never ends, or a state that the walk does not make, when allowed: only tried on those who may not.
    var onlyRefused = false

    struct Asked: Sendable {
        let path: String
        var form: [(String, String)] = []
        var json: JSONValue?
    }

    var method: HTTPRequest.Method { HTTPRequest.Method(String(route.split(separator: " ")[0])) ?? .get }
    var pattern: String { String(route.split(separator: " ")[1]) }
    var isAPI: Bool { pattern.hasPrefix(Endpoint.root + "/") && pattern != OpenAPI.path }
    var namesInPath: Bool { pattern.contains("{") }
}

extension Door {
    /// A page; or a form sent empty: who may not is refused, who may is told what is missing.
    static func page(
        _ route: String, _ rule: Rule, on colleague: Bool = false, query: (@Sendable (Compartment) -> String)? = nil
    ) -> Door {
        let pattern = String(route.split(separator: " ")[1])
        var door = Door(route: route, rule: rule) { compartment in
            Asked(path: compartment.path(pattern, onColleague: colleague) + (query?(compartment) ?? ""))
        }
        door.isPlain = !door.namesInPath && query == nil
        return door
    }

    /// A form sent with these fields.
    static func form(_ route: String, _ rule: Rule, _ fields: @escaping @Sendable (Compartment) -> [(String, String)]) -> Door {
        let pattern = String(route.split(separator: " ")[1])
        return Door(route: route, rule: rule) { compartment in
            Asked(path: compartment.path(pattern, onColleague: false), form: fields(compartment))
        }
    }

    var tryingRefusals: Door {
        var door = self
        door.onlyRefused = true
        return door
    }
}

extension Compartment {
    /// The address of what it holds.
    /// - Parameter onColleague: changes are made to the colleague, so that the worker stays as they are.
    func path(_ pattern: String, onColleague: Bool) -> String {
        var before = Substring()
        let parts = pattern.split(separator: "/").map { part -> String in
            defer { before = part }
            guard part.hasPrefix("{") else { return String(part) }
            if part == "{slug}" { return territory.slug }
            if part == "{sheet}" { return pattern.hasPrefix("/steering") ? "periods" : "services" }
            if part == "{kind}" { return "csv" }
            return before == "people" ? "\(person(in: pattern))" : thing(part, after: before, onColleague)
        }
        return "/" + parts.joined(separator: "/")
    }

    /// Those of whom something else is said are about who has no appointment.
    private func person(in pattern: String) -> ID<Person> {
        ["relatives", "protections", "archiving"].contains { pattern.contains("/\($0)") } ? things.quiet.id : things.world.person.id
    }

    private func thing(_ name: Substring, after list: Substring, _ onColleague: Bool) -> String {
        switch list {
        case "assets": "lien.css"
        case "password": link
        case "c": things.letters.code
        case "batches": "\(things.letters.batch)"
        case "calendars": things.calendar + Urls.calendarEnding
        case "appointments", "to-call": "\(appointment.id)"
        case "{appointment}": "\(things.world.person.id)"
        case "agents", "members": "\(onColleague ? colleague.id : worker.id)"
        case "sites": "\(things.world.site.id)"
        case "openings": "\(onColleague ? spareOpening : things.opening)"
        case "absences": "\(onColleague ? spareAbsence : absence)"
        case "areas": "\(things.area.id)"
        case "organizations": "\(organization.id)"
        case "services": "\(service.id)"
        case "reasons": "\(things.world.reason.id)"
        case "foreign": "\(things.foreign)"
        case "tokens": "\(things.token)"
        case "relatives": "\(things.relation)"
        case "protections": "\(things.protection)"
        case "memos": "\(things.memo)"
        case "tags": "\(things.tag.id)"
        case "bascules": "\(things.changes.bascule)"
        case "closures": "\(things.changes.closure)"
        case "teams": "\(things.changes.team)"
        case "campaigns": "\(things.changes.campaign)"
        case "unreached": "\(things.world.person.id)"
        case "webhooks": "\(things.changes.webhook)"
        case "messages": "\(message)"
        case "replies": "\(reply)"
        case "deliveries": "\(things.changes.delivery)"
        case "to-tell": "\(things.changes.tidings[2])"
        case "arrivals": "\(things.arrival)"
        case "changes": "\(things.change)"
        case "groups": "\(things.group)"
        case "waiting-room": "\(things.world.site.id)"
        case "resources": "\(things.room.id)"
        case "merging": "\(things.double.id)"
        // The weekly openings and absences have this Monday.
        case "days": "2026-12-14"
        default: "unknown-\(name)"
        }
    }
}
