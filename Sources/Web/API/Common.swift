import Core
import Scheduling

/// Fields that mean the same everywhere.
enum Common {
    static let id = "id"
    static let name = Key<String>("name", .line(1...100))
    static let version = Key("version", Kind.integer(0...Int.max), "Celle de la fiche lue : un changement fait entre-temps est refusé.")

    static let agent = Key<ID<Agent>>("agent")
    static let organization = Key<ID<Organization>>("organization")
    static let service = Key<ID<Service>>("service")
    static let site = Key<ID<Site>?>("site")
    static let reason = Key<ID<Reason>>("reason")
    static let person = Key<ID<Person>>("person")

    static let startsAt = Key<Instant>("starts_at")
    static let from = Key<CivilDate>("from", "Premier jour.")
    static let to = Key<CivilDate>("to", "Dernier jour, compris.")
    static let why = Key("why", Kind.line(0...500), "Pourquoi.")
    static let urgent = Key(
        "urgent_because", Kind.line(3...200), "Prévient tout de suite, même la nuit ou le dimanche, et dit pourquoi.")
    /// A telephone number in any usual writing; answered in E.164.
    static let phone = Key("phone", Kind<String?>.nullable(.line(1...40)), "Un numéro, écrit comme on veut ; rendu au format E.164.")
    static let webLink = TextRule.signs("https?://[!#-~]{1,500}", "une adresse https://…") { text in
        guard let start = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
        let rest = text.dropFirst(start.count).utf8
        return (1...500).contains(rest.count) && rest.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 }
    }
}

extension How: Plain {}
extension Participation.Status: Plain {}
extension Proposal: CaseIterable, Plain {
    public static let allCases: [Proposal] = [.referent, .lastSeen, .leastBusy]
}

extension Call {
    /// Whole days of the territory, from the query.
    /// - Parameters:
    ///   - usual: how many, and from which day (today), when nothing is said.
    func days(from usualFirst: CivilDate? = nil, most: Int, usual: Int) throws -> Range<CivilDate> {
        let first = try query.ifAny(Common.from) ?? usualFirst ?? acting.territory.zone.civil(now).date
        let last = try query.ifAny(Common.to) ?? first.adding(days: usual - 1)
        guard first <= last else {
            throw Refusal.field("to", "invalid-parameter", "Paramètre « to » : le dernier jour est avant le premier.")
        }
        guard last.dayNumber - first.dayNumber < most else {
            throw Refusal.field("to", "invalid-parameter", "Paramètre « to » : \(most) jours au plus à la fois.")
        }
        guard first.year >= 2000, last.year <= 2100 else {
            throw Refusal.field("from", "invalid-parameter", "Paramètre « from » : une date entre 2000 et 2100.")
        }
        return first..<last.adding(days: 1)
    }

    /// The instants of whole days.
    func window(_ days: Range<CivilDate>) -> Range<Instant> {
        let zone = acting.territory.zone
        return zone.instant(days.lowerBound, minute: 0)..<zone.instant(days.upperBound, minute: 0)
    }
}
