import Core
import Scheduling
import Store

extension Reason.BookableBy: Plain {}

extension SetUpAPI {
    /// Bookable kinds of appointment.
    static let reasons = SetUpEndpoints<Reason>(
        path: "/reasons", words: ("un motif", "les motifs"), needs: .setUpTerritory, shape: ReasonFields.shape,
        new: Fields(
            "NewReason", needs: [Common.service, Common.name, ReasonFields.minutes, ReasonFields.how], takes: ReasonFields.others),
        changed: Fields(
            "ChangedReason",
            takes: [Common.service, Common.name, ReasonFields.minutes, ReasonFields.how, ReasonFields.retired] + ReasonFields.others),
        all: { acting, db in try Reason.known(to: acting, in: db) },
        make: { given in
            let blank = Reason(
                serviceID: try given[Common.service], name: try given[Common.name], minutes: try given[ReasonFields.minutes],
                how: try given[ReasonFields.how])
            return try ReasonFields.change(blank, given)
        },
        change: { given, before in
            var reason = before
            reason.serviceID = try given.changing(Common.service, from: before.serviceID)
            reason.name = try given.changing(Common.name, from: before.name)
            reason.minutes = try given.changing(ReasonFields.minutes, from: before.minutes)
            reason.how = try given.changing(ReasonFields.how, from: before.how)
            return try ReasonFields.change(reason, given)
        },
        alongside: ReasonFields.retire)
}

private enum ReasonFields {
    static let minutes = Key("minutes", Kind.integer(5...600), "De cinq en cinq.")
    static let how = Key<How>("how")
    static let retired = Key<Bool>("retired", "On ne le prend plus ; ce qui est pris reste.")
    private static let colour = Key("colour", Kind.text(.colour), "Dans les agendas.")
    private static let bookableBy = Key<Reason.BookableBy>("bookable_by")
    private static let longest = 10 * 366 * 1440
    private static let earliest = Key("earliest_minutes", Kind.integer(0...longest), "Le délai le plus court.")
    private static let latest = Key("latest_minutes", Kind.integer(1...longest), "Le délai le plus long.")
    private static let instructions = Key("instructions", Kind.lines(0...2_000))

    private static let discreet = Key<Bool>("discreet", "Dit à la personne seule, et à personne à sa place.")
    private static let minorsConfidential = Key<Bool>("minors_confidential", "Les parents d’un mineur n’en sont pas prévenus.")
    private static let forChild = Key<Bool>("for_child", "L’enfant est la personne ; l’adulte l’accompagne.")

    private static let step = Key(
        "step_minutes", Kind<Int?>.nullable(.integer(5...600)), "Entre deux débuts proposés, de cinq en cinq ; sinon ils se suivent.")
    private static let seats = Key("seats", Kind<Int?>.nullable(.integer(2...500)), "Collectif : les places de chaque rendez-vous.")
    private static let prescribable = Key<Bool>("prescribable", "Les agents des autres organisations peuvent le prendre.")
    private static let followUp = Key<Bool>("follow_up", "Pris avec le référent de la personne dans le service.")
    private static let gap = Key("gap_minutes", Kind.integer(0...240), "Gardées libres après chaque rendez-vous, de cinq en cinq.")

    private static let resource = Key<Resource.Kind?>("resource", "Ce qu’il faut réserver avec, sauf si l’on dit le contraire.")

    private static let reminders = Key(
        "reminders", Kind.list(.integer(60...43_200), 0...5), "Minutes avant chaque rendez-vous auxquelles il est rappelé.")

    private static let summons = Key<Bool>("summons", "Convocation : la personne est tenue de venir.")

    private static let tellsMissed = Key<Bool>(
        "tells_missed", "Qui n’est pas venu reçoit un message, une fois ; jamais pour une convocation.")

    static let others: [any AnyKey] = [
        colour, bookableBy, earliest, latest, instructions, discreet, minorsConfidential, forChild, step, gap, followUp, seats,
        prescribable, resource, reminders, summons, tellsMissed,
    ]

    static let shape = Shape<Reason>(
        "Reason",
        [
            Key<ID<Reason>>("id").of(\.id), Common.service.of(\.serviceID), Common.name.of(\.name), minutes.of(\.minutes), how.of(\.how),
            colour.of(\.colour), bookableBy.of(\.bookableBy), earliest.of(\.earliestMinutes), latest.of(\.latestMinutes),
            instructions.of(\.instructions), retired.of { $0.retiredAt != nil }, discreet.of(\.isDiscreet),
            minorsConfidential.of(\.isConfidentialForMinors), forChild.of(\.isForChild), step.of(\.stepMinutes), gap.of(\.gapMinutes),
            followUp.of(\.isFollowUp), seats.of(\.seats), prescribable.of(\.isPrescribable),
            resource.of(\.resourceKind), reminders.of(\.reminders), summons.of(\.isSummons), tellsMissed.of(\.tellsMissed),
        ])

    static func change(_ before: Reason, _ given: Given) throws -> Reason {
        var reason = before
        reason.colour = try given.changing(colour, from: before.colour)
        reason.bookableBy = try given.changing(bookableBy, from: before.bookableBy)
        reason.earliestMinutes = try given.changing(earliest, from: before.earliestMinutes)
        reason.latestMinutes = try given.changing(latest, from: before.latestMinutes)
        reason.instructions = try given.changing(instructions, from: before.instructions)
        reason.isDiscreet = try given.changing(discreet, from: before.isDiscreet)
        reason.isConfidentialForMinors = try given.changing(minorsConfidential, from: before.isConfidentialForMinors)
        reason.isForChild = try given.changing(forChild, from: before.isForChild)
        reason.isFollowUp = try given.changing(followUp, from: before.isFollowUp)
        reason.seats = try given.changing(seats, from: before.seats)
        reason.isPrescribable = try given.changing(prescribable, from: before.isPrescribable)
        reason.resourceKind = try given.changing(resource, from: before.resourceKind)
        reason.isSummons = try given.changing(summons, from: before.isSummons)
        reason.tellsMissed = try given.changing(tellsMissed, from: before.tellsMissed)
        reason.reminders = try given.changing(reminders, from: before.reminders)
        reason.stepMinutes = try given.changing(step, from: before.stepMinutes)
        reason.gapMinutes = try given.changing(gap, from: before.gapMinutes)
        return reason
    }

    static func retire(_ call: Call, _ id: ID<Reason>, _ db: Writer) throws {
        guard let isRetired = try call.body.ifAny(retired) else { return }
        let verb = isRetired ? Reason.retire(_:by:at:in:) : Reason.restore(_:by:at:in:)
        try verb(id, call.acting, call.now, db)
    }
}
