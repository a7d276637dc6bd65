import Foundation
import Scheduling
import Store

/// All that is kept of someone, for them (GDPR article 15): handed over by the data-protection role, private notes included.
///
/// Of others it says their names and what they are to the person; neither their numbers nor their addresses.
public struct PersonAccess: Sendable, Equatable {
    public struct Section: Sendable, Equatable {
        public let title: String
        public let items: [[Fact]]

        public init(title: String, items: [[Fact]]) {
            self.title = title
            self.items = items
        }
    }

    public struct Fact: Sendable, Equatable {
        public let label: String
        public let value: String

        public init(_ label: String, _ value: String) {
            self.label = label
            self.value = value
        }
    }

    public let personID: ID<Person>
    public let name: String
    public let at: Instant
    public let sections: [Section]

    public init(personID: ID<Person>, name: String, at: Instant, sections: [Section]) {
        self.personID = personID
        self.name = name
        self.at = at
        self.sections = sections
    }
}

extension PersonAccess {
    /// Reads it and journals that it was handed over: in one transaction, committed before anything is shown.
    /// - Throws: ``Refusal/forbidden``; ``Refusal/consultFirst`` when no reason was given in the last half-hour; ``Refusal/notFound``.
    public static func export(_ id: ID<Person>, by acting: Acting, at now: Instant, in db: Writer) throws -> PersonAccess {
        try acting.require(.exportAccess)
        guard try Journal.isConsulting(id, by: acting, at: now, in: db) else { throw Refusal.consultFirst }
        guard let person = try Person.find(id, of: acting.territoryID, in: db) else { throw Refusal.notFound }
        let reading = AccessReading(person: person, zone: acting.territory.zone)
        let sections = try reading.sections(in: db).filter { !$0.items.isEmpty }
        try Journal.record(.exported, about: id.uuid, ["what": "access"], by: acting, at: now, in: db)
        return PersonAccess(personID: id, name: person.name, at: now, sections: sections)
    }
}

/// Gathers the sections.
struct AccessReading {
    typealias Section = PersonAccess.Section
    typealias Fact = PersonAccess.Fact

    let person: Person
    let zone: Zone

    func sections(in db: Reader) throws -> [Section] {
        [
            Section(title: "Identité", items: [try identity(in: db)]), Section(title: "Coordonnées", items: try reach(in: db)),
            Section(title: "Organisations et suivi", items: try followed(in: db)),
            Section(title: "Proches", items: try relatives(in: db)), Section(title: "Mesures de protection", items: try measures(in: db)),
            Section(title: "Rendez-vous", items: try appointments(in: db)), Section(title: "Messages", items: try messages(in: db)),
            Section(title: "Notes", items: try notes(in: db)), Section(title: "Fiches réunies à celle-ci", items: try merged(in: db)),
        ]
    }

    var territory: Int64 { person.territoryID }

    /// `2026-11-29 12:00`, in the territory's time.
    func moment(_ at: Instant) -> String {
        let civil = zone.civil(at)
        return "\(civil.date) \(String(format: "%02d:%02d", civil.minute / 60, civil.minute % 60))"
    }

    /// Without what is empty.
    func facts(_ pairs: [(String, String?)]) -> [Fact] {
        pairs.compactMap { label, value in value.flatMap { $0.isEmpty ? nil : Fact(label, $0) } }
    }

    private func identity(in db: Reader) throws -> [Fact] {
        let detail = try PersonDetail.of(person.id, of: territory, in: db)
        let tags = try PersonTag.all(of: territory, in: db).filter { detail.tags.contains($0.id) }.map(\.name)
        let archiving = try Archiving.of(person.id, of: territory, in: db)
        return facts(
            [
                ("Identifiant du dossier", person.id.description), ("Nom", person.lastName), ("Prénom", person.firstName),
                ("Nom de naissance", person.birthName), ("Date de naissance", person.birthDate?.description),
                ("Naissance prévue", detail.expectedBirth?.description), ("Langue", person.language), ("Besoins", person.needs),
                ("Étiquettes", tags.joined(separator: ", ")), ("Dossier créé", moment(person.createdAt)),
                ("Informée de ses droits", person.informedAt.map(moment)),
                ("Dossier archivé", archiving.map { "\(moment($0.at)), \($0.reason.label) \($0.why)" }),
            ] + detail.numbers.map { ($0.kind.label, $0.number) })
    }

    private func reach(in db: Reader) throws -> [[Fact]] {
        let discretion = try Discretion.of(person.id, of: territory, in: db)
        let manner = facts([
            ("Prévenir par", person.channel.label), ("Adresse", person.address), ("Code postal", person.postalCode),
            ("Commune", person.commune), ("Contact discret", discretion.warnings.joined(separator: ", ")),
        ])
        return [manner] + person.phones.map { facts([("Téléphone", $0.number), ("Précision", $0.label)]) }
            + person.emails.map {
                facts([("E-mail", $0.address), ("Précision", $0.label), ("Ne répond pas depuis", $0.bouncedAt.map(moment))])
            }
    }
}
