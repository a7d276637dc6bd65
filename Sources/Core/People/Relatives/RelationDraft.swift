import Scheduling
import Store

/// What was typed of a relation, as typed.
///
/// Names in ``Refusal/fields``: `kind`, `asked_on`, `unaware_since`, `unaware_source`, `consent_on`, `consent_how`, `receives`.
public struct RelationDraft: Sendable, Equatable {
    public var kind = ""
    public var receives = false
    public var books = false
    public var askedOn = ""
    public var isUnaware = false
    public var unawareSince = ""
    public var unawareSource = ""
    public var consentOn = ""
    public var consentHow = ""

    public init() {}

    public init(_ relation: Relation) {
        kind = relation.kind.rawValue
        (receives, books) = (relation.receives, relation.books)
        askedOn = relation.askedOn.map { PersonDraft.display($0) } ?? ""
        isUnaware = relation.unaware != nil
        unawareSince = relation.unaware.map { PersonDraft.display($0.since) } ?? ""
        unawareSource = relation.unaware?.source ?? ""
        consentOn = relation.consent.map { PersonDraft.display($0.on) } ?? ""
        consentHow = relation.consent?.how ?? ""
    }
}

extension RelationDraft {
    /// - Throws: a ``Refusal`` that says all that is wrong, field by field.
    func applied(to before: Relation, today: CivilDate) throws -> Relation {
        var complaints = Complaints()
        var relation = before
        if let kind = Relation.Kind(rawValue: kind) {
            relation.kind = kind
        } else {
            complaints.add("kind", "Dites ce que cette personne est pour l’autre.")
        }
        (relation.receives, relation.books) = (receives, books)
        relation.askedOn = date(askedOn, "asked_on", today, &complaints)
        relation.unaware = unaware(today, &complaints)
        relation.consent = consent(for: relation.kind, today, &complaints)
        if isUnaware, receives || books {
            complaints.add("receives", "Qui ne doit pas savoir ne reçoit pas les messages et ne réserve pas.")
        }
        try complaints.check()
        return relation
    }

    private func unaware(_ today: CivilDate, _ complaints: inout Complaints) -> Relation.Unaware? {
        guard isUnaware else { return nil }
        let source = line(unawareSource, "unaware_source", &complaints)
        if source.isEmpty { complaints.add("unaware_source", "Dites d’où on le sait : la personne, un jugement…") }
        guard let since = date(unawareSince, "unaware_since", today, &complaints) else {
            complaints.add("unaware_since", "Dites depuis quand.")
            return nil
        }
        return Relation.Unaware(since: since, source: source)
    }

    private func consent(for kind: Relation.Kind, _ today: CivilDate, _ complaints: inout Complaints) -> Relation.Consent? {
        let how = line(consentHow, "consent_how", &complaints)
        let on = date(consentOn, "consent_on", today, &complaints)
        if kind == .carer {
            if on == nil { complaints.add("consent_on", "Un aidant est inscrit avec son accord : dites quel jour il l’a donné.") }
            if how.isEmpty { complaints.add("consent_how", "Dites comment il a donné son accord : de vive voix, par écrit…") }
        }
        guard let on, !how.isEmpty else { return nil }
        return Relation.Consent(on: on, how: how)
    }

    private func date(_ typed: String, _ field: String, _ today: CivilDate, _ complaints: inout Complaints) -> CivilDate? {
        let text = PersonDraft.oneLine(typed)
        guard !text.isEmpty else { return nil }
        guard let date = TypedDate.parse(text) else {
            complaints.add(field, "Cette date n’existe pas ou s’écrit autrement : 03/12/2026.")
            return nil
        }
        if date > today { complaints.add(field, "Cette date est à venir.") }
        return date
    }

    private func line(_ typed: String, _ field: String, _ complaints: inout Complaints) -> String {
        let text = PersonDraft.oneLine(typed)
        if text.count > 200 { complaints.add(field, "200 caractères au plus.") }
        return text
    }
}
