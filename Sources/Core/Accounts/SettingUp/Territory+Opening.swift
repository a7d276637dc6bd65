import Foundation
import Scheduling
import Store

extension Territory {
    public static func find(slug: String, in db: Reader) throws -> Territory? {
        try db.first("SELECT \(columns) FROM territory WHERE slug = \(slug)") { try Territory($0) }
    }

    /// A new territory with what most will keep; its administrator changes the rest.
    /// - Throws: a ``Refusal`` when the slug cannot stand at the beginning of an address.
    static func new(slug: String, name: String?) throws -> Territory {
        guard let zone = Zone("Europe/Paris") else { throw StoreError.failed(code: "time-zone", message: "Europe/Paris is unknown here") }
        guard isSlug(slug) else {
            throw Refusal.field(
                "territory", "invalid-slug", "Donnez de 2 à 40 minuscules sans accent, chiffres ou tirets, comme « pyrenees ».")
        }
        return Territory(
            id: Int64.random(in: 1...Int64(UInt32.max)), slug: slug, name: name ?? slug, zone: zone, holidayZone: .metropole,
            colour: "#0a6b5d", organizationLabel: "organisation", privacyNotice: privacyNotice(name ?? slug))
    }

    /// It begins public addresses, so it is none of our own.
    static func isSlug(_ text: String) -> Bool {
        let signs = text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        return signs && (2...40).contains(text.utf8.count) && !text.hasPrefix("-") && !text.hasSuffix("-") && !reservedSlugs.contains(text)
    }

    /// First segments of the site's own addresses.
    public static let reservedSlugs: Set<String> = [
        "account", "agenda", "api", "appointments", "assets", "contact", "events", "health", "help", "journal", "messages", "metrics",
        "password", "people", "public", "ready", "receipts", "session", "setup", "sign-in", "sign-out", "slots", "static", "statistics",
        "www",
    ]

    private static func privacyNotice(_ name: String) -> String {
        "\(name) enregistre vos coordonnées pour vos rendez-vous, et les efface deux ans après le dernier contact. "
            + "Vous pouvez demander à les voir, à les corriger ou à les faire effacer."
    }

    func open(at now: Instant, in db: Writer) throws {
        try saying(["territory_slug": .field("territory", "slug-taken", "Une collectivité a déjà ce nom court.")]) { try insert(in: db) }
        try Journal.record(.created, about: nil, ["what": "territory", "slug": slug, "name": name], by: .system, of: id, at: now, in: db)
    }
}
