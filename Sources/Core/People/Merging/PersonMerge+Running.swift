import Scheduling
import Store

extension PersonMerge {
    /// Makes the two files one: everything that pointed to the other points to the kept one, whose address the other's now leads to.
    ///
    /// The calendars of their agents are locked first and then the two files, as a booking does: whoever books meanwhile books for the
    /// file that stays.
    /// - Throws: a ``Refusal``; nothing is written then but, for want of access, the journal's entry.
    public func run(by acting: Acting, at now: Instant, in store: Store) async throws -> Person {
        do {
            // An agent got an appointment with them meanwhile: their calendar must be locked too, and in order.
            for _ in 0..<8 {
                if let person = try await store.claim({ db in try attempt(by: acting, at: now, in: db) }) { return person }
            }
            throw Refusal.editedMeanwhile
        } catch let violation as ConstraintViolation where violation.name == Claim.overlap {
            throw Refusal.appointmentsOverlap
        } catch let violation as ConstraintViolation where violation.name == "relation_loop" {
            throw Refusal.relativesLoop
        } catch let refusal as Refusal where refusal.kind == .notFound || refusal.kind == .forbidden {
            try await store.write { db in
                _ = try Person.refuse(refusal, keptID, by: acting, at: now, in: db)
                _ = try Person.refuse(refusal, otherID, by: acting, at: now, in: db)
            }
            throw refusal
        }
    }

    /// - Returns: `nil` when the calendars that were locked were not all that had to be.
    private func attempt(by acting: Acting, at now: Instant, in db: Writer) throws -> Person? {
        try acting.require(.mergePeople)
        let locked = try agents(of: acting.territoryID, in: db)
        try Agent.lockCalendars(locked, of: acting.territoryID, in: db)
        let (kept, other) = try files(by: acting, in: db)
        guard try agents(of: acting.territoryID, in: db).isSubset(of: locked) else { return nil }
        guard kept.version == keptVersion, other.version == otherVersion else { throw Refusal.editedMeanwhile }
        guard try PersonOverlap.between(keptID, otherID, of: acting.territoryID, after: now, in: db).isEmpty else {
            throw Refusal.appointmentsOverlap
        }
        try checkRelatives(of: acting.territoryID, in: db)
        return try unite(kept, other, by: acting, at: now, in: db)
    }

    /// Those who have an appointment with one or the other.
    private func agents(of territory: Int64, in db: Reader) throws -> Set<ID<Agent>> {
        Set(
            try db.all(
                """
                SELECT DISTINCT appointment.agent_id FROM participation
                JOIN appointment ON appointment.territory_id = participation.territory_id AND appointment.id = participation.appointment_id
                WHERE participation.territory_id = \(territory) AND participation.person_id IN \(list: [keptID, otherID])
                """
            ) { try $0[0] })
    }

    /// Both files, locked in the order of their ids, of organizations where this agent may unite files.
    private func files(by acting: Acting, in db: Writer) throws -> (kept: Person, other: Person) {
        guard keptID != otherID else { throw Refusal.samePerson }
        var found: [ID<Person>: Person] = [:]
        for id in [keptID, otherID].sorted() {
            guard let person = try Person.find(id, of: acting.territoryID, lock: true, in: db) else { throw Refusal.notFound }
            try Person.requireContent(.mergePeople, of: id, by: acting, in: db)
            found[id] = person
        }
        guard let kept = found[keptID], let other = found[otherID] else { throw Refusal.notFound }
        return (kept, other)
    }

    private func unite(_ kept: Person, _ other: Person, by acting: Acting, at now: Instant, in db: Writer) throws -> Person {
        let territory = acting.territoryID
        let united = Self.united(kept, other, taking: taken)
        let details = try [keptID, otherID].map { try PersonDetail.of($0, of: territory, in: db) }
        let detail = details[0].united(with: details[1])
        let facts = Facts(kept: kept.fields.with(details[0]), other: other.fields.with(details[1]), united: united.fields.with(detail))
        for person in [kept, other] { try person.forget(in: db) }
        try PersonDetail.none.write(otherID, of: territory, in: db)
        try keepWhatTookPlace(of: territory, at: now, in: db)
        try keepWhatProtects(of: territory, in: db)
        try settleArchives(of: territory, in: db)
        for pointer in PersonPointer.all { try pointer.follow(from: otherID, to: keptID, of: territory, in: db) }
        try detail.write(keptID, of: territory, in: db)
        try united.rewrite(in: db)
        try db.run("DELETE FROM person WHERE territory_id = \(territory) AND id = \(otherID)")
        try Message.readdress(united, minding: detail.discretion, at: now, in: db)
        try MergedPerson(other, into: keptID, aside: facts.aside, by: acting, at: now).insert(of: territory, in: db)
        try record(facts, by: acting, at: now, in: db)
        return united
    }

    /// Both were once given one appointment: the one that was not cancelled is what took place. Past appointments of one hour were
    /// deliberate, or mistakes that nobody can undo: they no longer claim the time alone.
    private func keepWhatTookPlace(of territory: Int64, at now: Instant, in db: Writer) throws {
        let cancelled = Participation.Status.allCases.filter(\.isCancelled)
        try db.run(
            """
            DELETE FROM participation WHERE territory_id = \(territory) AND person_id = \(keptID) AND status IN \(list: cancelled)
              AND EXISTS (SELECT 1 FROM participation AS theirs WHERE theirs.territory_id = \(territory)
                AND theirs.person_id = \(otherID) AND theirs.appointment_id = participation.appointment_id
                AND theirs.status NOT IN \(list: cancelled))
            """)
        try db.run(
            """
            UPDATE claim SET overbooked = TRUE WHERE territory_id = \(territory) AND holder_id = \(otherID) AND NOT overbooked
              AND EXISTS (SELECT 1 FROM claim AS mine WHERE mine.territory_id = \(territory) AND mine.holder_id = \(keptID)
                AND mine.starts_at < claim.ends_at AND mine.starts_at > claim.starts_at - 86400 AND mine.ends_at > claim.starts_at
                AND NOT mine.overbooked)
            """)
        try keepAttempts(of: territory, in: db)
    }

    /// Both were to be told one thing: the calls made to the one count for the other.
    private func keepAttempts(of territory: Int64, in db: Writer) throws {
        let mine: SQL = """
            SELECT mine.id FROM tidings AS mine JOIN tidings AS theirs ON theirs.territory_id = mine.territory_id
              AND theirs.cause_id = mine.cause_id AND theirs.appointment_id = mine.appointment_id
            WHERE mine.territory_id = \(territory) AND mine.person_id = \(keptID) AND theirs.person_id = \(otherID)
              AND theirs.id = tidings_attempt.tidings_id
            """
        try db.run(
            """
            UPDATE tidings_attempt SET tidings_id = (\(mine)) WHERE territory_id = \(territory) AND EXISTS (\(mine))
            """)
    }
}

extension PersonMerge {
    /// What each file said, field by field, and what the united one says.
    fileprivate struct Facts {
        let kept: [String: String]
        let other: [String: String]
        let united: [String: String]

        /// What one of the files said and the united one does not: kept with the history, and in the journal.
        var aside: [String: String] {
            var aside: [String: String] = [:]
            for (name, value) in [other, kept].flatMap(\.self) where !value.isEmpty && united[name] != value {
                if PersonMerge.isOneWord(name) { aside[name] = value }
            }
            return aside
        }
    }

    /// The others are united: nothing of them is left out.
    private static func isOneWord(_ field: String) -> Bool {
        Field(rawValue: field) != nil || ["postal_code", "commune", "expected_birth"].contains(field) || field.hasPrefix("number_")
    }

    /// Two entries: the file that goes says where, the one that stays says what became of each field.
    private func record(_ facts: Facts, by acting: Acting, at now: Instant, in db: Writer) throws {
        var payload = Journal.difference(facts.kept, facts.united)
        payload["what"] = "person"
        payload["from"] = otherID.description
        for (name, value) in facts.aside { payload["\(name).aside"] = value }
        try Journal.record(.merged, about: keptID.uuid, payload, by: acting, at: now, in: db)
        try Journal.record(.merged, about: otherID.uuid, ["what": "person", "into": keptID.description], by: acting, at: now, in: db)
    }
}

extension [String: String] {
    fileprivate func with(_ detail: PersonDetail) -> [String: String] { merging(detail.facts) { $1 } }
}

extension Refusal {
    public static let samePerson = Refusal(
        .invalid, "same-person", "C’est la même fiche. Choisissez l’autre fiche de cette personne.",
        fields: ["other": "C’est la même fiche. Choisissez l’autre fiche de cette personne."])
    public static let appointmentsOverlap = Refusal(
        .conflict, "appointments-overlap",
        "Les deux fiches ont des rendez-vous à la même heure. Déplacez ou annulez l’un des deux, puis réunissez les fiches.")
}
