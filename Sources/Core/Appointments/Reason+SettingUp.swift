import Scheduling
import Store

extension Reason: SetUp {
    public static let kind = "reason"
    public static let refusals = [
        "reason_name": Refusal.nameTaken("Un motif de ce service porte déjà ce nom, peut-être parmi les retirés.")
    ]

    public var facts: [String: String] {
        [
            "service_id": serviceID.description, "name": name, "minutes": String(minutes), "how": how.rawValue, "colour": colour,
            "bookable_by": bookableBy.rawValue, "earliest_minutes": String(earliestMinutes), "latest_minutes": String(latestMinutes),
            "instructions": instructions, "discreet": String(isDiscreet), "minors_confidential": String(isConfidentialForMinors),
            "for_child": String(isForChild), "resource_kind": resourceKind?.rawValue ?? "",
            "step_minutes": stepMinutes.map { String($0) } ?? "", "gap_minutes": String(gapMinutes),
            "follow_up": String(isFollowUp), "seats": seats.map { String($0) } ?? "",
            "prescribable": String(isPrescribable), "reminders": remindersText, "summons": String(isSummons),
            "tells_missed": String(tellsMissed),
        ]
    }

    public func mustBeSettable(by acting: Acting, in db: Reader) throws { try acting.require(.setUpTerritory) }

    public func tidied(of territory: Territory, _ complaints: inout Complaints, in db: Reader) throws -> Reason {
        if try Service.find(serviceID, of: territory.id, in: db) == nil {
            complaints.add("service_id", "Choisissez un service de la liste.")
        }
        var tidied = self
        tidied.name = complaints.name(name, "name")
        tidied.colour = complaints.colour(colour, "colour")
        tidied.instructions = complaints.text(instructions, "instructions", limit: 2000)
        complaints.range(minutes, "minutes", 5...600, "Donnez une durée de 5 à 600 minutes.")
        if minutes % 5 != 0 { complaints.add("minutes", "Donnez une durée de 5 en 5 minutes.") }
        complaints.notice(earliestMinutes, latestMinutes)
        complaints.pace(stepMinutes, gapMinutes)
        complaints.seats(seats, how)
        tidied.reminders = complaints.reminders(reminders)
        tidied.tellsMissed = tellsMissed && !isSummons
        if isPrescribable, seats != nil {
            complaints.add(
                "prescribable", "Un motif collectif ne se prend que dans son organisation : ses inscrits n’y sont connus que d’elle.")
        }
        return tidied
    }

    public func update(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            UPDATE reason SET service_id = \(serviceID), name = \(name), minutes = \(minutes), how = \(how), colour = \(colour),
              bookable_by = \(bookableBy), earliest_minutes = \(earliestMinutes), latest_minutes = \(latestMinutes),
              instructions = \(instructions), discreet = \(isDiscreet), minors_confidential = \(isConfidentialForMinors),
              for_child = \(isForChild), step_minutes = \(stepMinutes), gap_minutes = \(gapMinutes),
              follow_up = \(isFollowUp), seats = \(seats), prescribable = \(isPrescribable), resource_kind = \(resourceKind),
              reminders = \(remindersText), summons = \(isSummons),
              tells_missed = \(tellsMissed && !isSummons)
            WHERE territory_id = \(territory) AND id = \(id)
            """)
        // Its delays may have changed: its appointments are looked at again, and what was recalled is not twice.
        try db.run("UPDATE appointment SET reminded = FALSE WHERE territory_id = \(territory) AND reason_id = \(id) AND reminded")
    }

    public func delete(of territory: Int64, in db: Writer) throws {
        try db.run("DELETE FROM reason WHERE territory_id = \(territory) AND id = \(id)")
    }
}

extension Reason {
    /// All of them, retired ones last, by name as people order names.
    public static func all(of territory: Int64, in db: Reader) throws -> [Reason] {
        try db.all("SELECT \(columns) FROM reason WHERE territory_id = \(territory)") { try Reason($0) }.sorted { left, right in
            (left.retiredAt == nil) == (right.retiredAt == nil) ? left.name.comesBefore(right.name) : left.retiredAt == nil
        }
    }

    /// Nobody books it any more; what was booked stays.
    public static func retire(_ id: ID<Reason>, by acting: Acting, at now: Instant, in db: Writer) throws {
        try set(retiredAt: now, id, by: acting, at: now, in: db)
    }

    /// It can be booked again.
    public static func restore(_ id: ID<Reason>, by acting: Acting, at now: Instant, in db: Writer) throws {
        try set(retiredAt: nil, id, by: acting, at: now, in: db)
    }

    private static func set(retiredAt: Instant?, _ id: ID<Reason>, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpTerritory)
        guard let before = try find(id, of: acting.territoryID, in: db) else { throw Refusal.notFound }
        guard (before.retiredAt == nil) != (retiredAt == nil) else { return }
        try db.run("UPDATE reason SET retired_at = \(retiredAt) WHERE territory_id = \(acting.territoryID) AND id = \(id)")
        try Journal.record(
            .changed, about: id.uuid,
            [
                "what": kind, "name": before.name, "retired.before": String(before.retiredAt != nil),
                "retired.after": String(retiredAt != nil),
            ],
            by: acting, at: now, in: db)
    }
}

extension Complaints {
    fileprivate mutating func seats(_ seats: Int?, _ how: How) {
        guard let seats else { return }
        if !(2...500).contains(seats) { add("seats", "Donnez de 2 à 500 places ; ou rien, pour un motif qui n’est pas collectif.") }
        if how == .phone { add("seats", "Un motif collectif a lieu sur place, à domicile ou en visio : un appel ne réunit pas un groupe.") }
    }

    fileprivate mutating func reminders(_ reminders: [Int]) -> [Int] {
        let all = Set(reminders)
        if all.count > 5 || all.contains(where: { !(60...43_200).contains($0) }) {
            add("reminders", "Donnez au plus cinq rappels, d’une heure à trente jours avant le rendez-vous.")
        }
        return all.sorted(by: >)
    }

    fileprivate mutating func pace(_ step: Int?, _ gap: Int) {
        if let step, !(5...600).contains(step) || step % 5 != 0 {
            add("step_minutes", "Donnez un nombre de minutes de 5 en 5, de 5 à 600 ; ou rien, pour des rendez-vous qui se suivent.")
        }
        if !(0...240).contains(gap) || gap % 5 != 0 {
            add("gap_minutes", "Donnez un nombre de minutes de 5 en 5, de 0 à 240.")
        }
    }

    /// Ten years are as good as no limit.
    fileprivate mutating func notice(_ earliest: Int, _ latest: Int) {
        let longest = 10 * 366 * 1440
        range(earliest, "earliest_minutes", 0...longest, "Donnez un délai de zéro ou plus.")
        range(latest, "latest_minutes", 1...longest, "Donnez un délai de dix ans au plus.")
        if earliest >= latest { add("latest_minutes", "Le délai le plus long doit dépasser le délai le plus court.") }
    }
}
