import Scheduling
import Store

extension PersonDraft {
    /// The person and what is seldom filled in, with what was typed.
    /// - Throws: a ``Refusal`` that says all that is wrong, field by field.
    func checked(
        over person: Person, _ before: PersonDetail, by acting: Acting, at now: Instant, in db: Reader
    ) throws -> (Person, PersonDetail) {
        let off = try PersonField.off(of: acting.territoryID, in: db)
        let today = acting.territory.zone.civil(now).date
        var complaints = Complaints()
        let applied = applied(to: person, region: acting.territory.phoneRegion, today: today, without: off, &complaints)
        let after = try detail?.applied(
            to: before, without: off, today: today, of: acting.territoryID, &complaints, in: db)
        try complaints.check()
        return (applied, after ?? before)
    }
}
