import Foundation
import Scheduling
import Store

/// What was typed of what is seldom filled in, as typed.
///
/// Names in ``Refusal/fields``: `expected_birth`, `caution`, `tags`, and by kind `number_caf`, `number_france-travail`…
public struct PersonDetailDraft: Sendable, Equatable {
    public var expectedBirth = ""
    public var numbers: [ExternalNumber.Kind: String] = [:]
    public var discretion = Discretion.none
    public var tags: Set<ID<PersonTag>> = []

    public init() {}

    public init(_ detail: PersonDetail) {
        expectedBirth = detail.expectedBirth.map { PersonDraft.display($0) } ?? ""
        numbers = Dictionary(detail.numbers.map { ($0.kind, $0.number) }, uniquingKeysWith: { first, _ in first })
        discretion = detail.discretion
        tags = detail.tags
    }
}

extension PersonDetailDraft {
    /// What was typed over what the file holds; fields that the territory does without stay as they are.
    func applied(
        to before: PersonDetail, without off: Set<PersonField>, today: CivilDate, of territory: Int64, _ complaints: inout Complaints,
        in db: Reader
    ) throws -> PersonDetail {
        var detail = before
        if !off.contains(.expectedBirth) { detail.expectedBirth = expected(today: today, unless: before, &complaints) }
        if !off.contains(.discretion) { detail.discretion = discreet(&complaints) }
        if !off.contains(.tags) { detail.tags = try knownTags(of: territory, &complaints, in: db) }
        detail.numbers = ExternalNumber.Kind.allCases.compactMap { kind in
            off.contains(kind.field) ? before.numbers.first { $0.kind == kind } : number(kind, &complaints)
        }
        return detail
    }

    /// Ten months ahead at most, and a few weeks late: a date that was right once stays so.
    private func expected(today: CivilDate, unless before: PersonDetail, _ complaints: inout Complaints) -> CivilDate? {
        let typed = PersonDraft.oneLine(expectedBirth)
        guard !typed.isEmpty else { return nil }
        guard let date = TypedDate.parse(typed) else {
            complaints.add("expected_birth", "Cette date n’existe pas ou s’écrit autrement : 03/12/2026.")
            return nil
        }
        let usual = today.adding(days: -60)...today.adding(days: 310)
        if date != before.expectedBirth, !usual.contains(date) {
            complaints.add("expected_birth", "La naissance prévue est dans les dix mois. Vérifiez la date.")
        }
        return date
    }

    private func discreet(_ complaints: inout Complaints) -> Discretion {
        var tidied = discretion
        tidied.caution = PersonDraft.oneLine(discretion.caution)
        if tidied.caution.count > Discretion.longestCaution {
            complaints.add("caution", "\(Discretion.longestCaution) caractères au plus : gardez l’essentiel.")
        }
        return tidied
    }

    private func number(_ kind: ExternalNumber.Kind, _ complaints: inout Complaints) -> ExternalNumber? {
        let typed = PersonDraft.oneLine(numbers[kind] ?? "")
        guard !typed.isEmpty else { return nil }
        if typed.count > ExternalNumber.longest {
            complaints.add("number_\(kind.rawValue)", "\(ExternalNumber.longest) caractères au plus.")
        } else if ExternalNumber.fold(typed) == nil {
            complaints.add("number_\(kind.rawValue)", "Un numéro a au moins quatre signes, dont un chiffre.")
        }
        return ExternalNumber(kind: kind, number: typed)
    }

    private func knownTags(
        of territory: Int64, _ complaints: inout Complaints, in db: Reader
    ) throws -> Set<ID<PersonTag>> {
        guard !tags.isEmpty else { return [] }
        let known = Set(try PersonTag.all(of: territory, in: db).map(\.id))
        if !tags.isSubset(of: known) { complaints.add("tags", "Choisissez des étiquettes de la liste.") }
        return tags
    }
}
