import Store

/// A reason that someone may book, and in which houses.
struct BookableReason: Sendable {
    let reason: Reason
    /// Those where they book, in the order of their ids.
    let organizations: [ID<Organization>]
    /// The others of the territory, when the reason is prescribable.
    var beyond: [ID<Organization>] = []

    func isBookable(in organization: ID<Organization>) -> Bool { organizations.contains(organization) }
    func isPrescribed(in organization: ID<Organization>) -> Bool { beyond.contains(organization) }
}

extension Reason {
    /// The reasons that someone may book: those of their services, those open to all agents, and, for who fills every agenda
    /// (reception, managers), all of them. A secret service's reasons are shown to nobody else.
    public static func bookable(by acting: Acting, in db: Reader) throws -> [Reason] {
        try db.all(
            """
            SELECT \(columns) FROM reason JOIN service ON service.territory_id = reason.territory_id AND service.id = reason.service_id
            WHERE reason.territory_id = \(acting.territoryID) AND reason.retired_at IS NULL AND \(isBookable(by: acting))
            ORDER BY service.name, reason.name, reason.id
            """
        ) { try Reason($0) }
    }

    /// - Throws: ``Refusal/notFound`` when there is none, or it is not theirs to book.
    static func findBookable(_ id: ID<Reason>, by acting: Acting, in db: Reader) throws -> BookableReason {
        let found = try db.first(
            """
            SELECT \(columns), \(isAnywhere(to: acting)) FROM reason
            JOIN service ON service.territory_id = reason.territory_id AND service.id = reason.service_id
            WHERE reason.territory_id = \(acting.territoryID) AND reason.id = \(id) AND reason.retired_at IS NULL
              AND \(isBookable(by: acting))
            """
        ) { (try Reason($0), try $0[columnCount] as Bool) }
        guard let (reason, anywhere) = found else { throw Refusal.notFound }
        let houses = acting.organizations(with: .book)
        return BookableReason(
            reason: reason, organizations: anywhere ? houses : houses.filter { acting.can(.seeEveryAppointment, in: $0) },
            beyond: anywhere && reason.isPrescribable ? try Organization.beyond(acting, in: db) : [])
    }

    static func isBookable(by acting: Acting) -> SQL { acting.can(.seeEveryAppointment) ? "TRUE" : isAnywhere(to: acting) }

    /// Theirs to book wherever they book; any other one, only in a house whose every agenda they fill.
    private static func isAnywhere(to acting: Acting) -> SQL {
        """
        (reason.service_id IN \(list: acting.services.sorted())
          OR (reason.bookable_by <> \(BookableBy.service) AND NOT service.secret))
        """
    }
}
