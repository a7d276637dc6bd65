import Scheduling
import Store

/// What is known of an appointment when one writes to someone about it.
struct RenderingFacts {
    let appointment: Appointment
    let reason: Reason
    let serviceName: String
    let isSecret: Bool
    let house: (name: String, phone: String?)
    let site: Site?
    let agentName: String
    let territory: (name: String, zone: Zone)
    /// Told in the place of the person, or a copy: then the person is named.
    let isToSomeoneElse: Bool
    let personName: String
    /// Of who reads.
    let language: String
    /// Told in the same text, soonest first.
    var others: [Other] = []
    /// Who else comes to the same appointment: `nil` is who reads.
    var alsoFor: [String?] = []
    /// Where it stood before it was last moved.
    var before: Instant?
    /// The place that is free sooner, of which they are told.
    var place: Instant?

    /// - Returns: `nil` when the appointment, or the person, is not of this territory.
    static func load(
        about id: ID<Appointment>, others: [ID<Appointment>] = [], for person: ID<Person>, to: ID<Person>?, of territory: Int64,
        in db: Reader
    ) throws -> RenderingFacts? {
        let found = try db.first(
            """
            SELECT \(Appointment.columns), \(Reason.columns), service.name, service.secret, organization.name, organization.phone,
              agent.first_name, agent.last_name, territory.name, territory.time_zone, person.first_name, person.last_name, reader.language,
              \(Site.columns)
            FROM appointment
            JOIN territory ON territory.id = appointment.territory_id
            JOIN reason ON reason.territory_id = appointment.territory_id AND reason.id = appointment.reason_id
            JOIN service ON service.territory_id = appointment.territory_id AND service.id = appointment.service_id
            JOIN organization ON organization.territory_id = appointment.territory_id AND organization.id = appointment.organization_id
            JOIN agent ON agent.territory_id = appointment.territory_id AND agent.id = appointment.agent_id
            JOIN person ON person.territory_id = appointment.territory_id AND person.id = \(person)
            JOIN person reader ON reader.territory_id = appointment.territory_id AND reader.id = \(to ?? person)
            LEFT JOIN site ON site.territory_id = appointment.territory_id AND site.id = appointment.site_id
            WHERE appointment.territory_id = \(territory) AND appointment.id = \(id)
            """
        ) { try RenderingFacts($0, isToSomeoneElse: to != nil) }
        guard var facts = found else { return nil }
        facts.others = try others.filter { $0 != id }.compactMap { try Appointment.find($0, of: territory, in: db) }
            .sorted { $0.startsAt < $1.startsAt }.map { Other(id: $0.id, startsAt: $0.startsAt) }
        facts.before = try lastPlace(of: facts.appointment, in: db)
        return facts
    }

    private init(_ row: Row, isToSomeoneElse: Bool) throws {
        let next = Appointment.columnCount + Reason.columnCount
        let zoneName: String = try row[next + 7]
        guard let zone = Zone(zoneName) else { throw StoreError.failed(code: "time-zone", message: "unknown time zone \(zoneName)") }
        appointment = try Appointment(row)
        reason = try Reason(row, at: Appointment.columnCount)
        (serviceName, isSecret) = (try row[next], try row[next + 1])
        house = (try row[next + 2], try row[next + 3])
        agentName = Person.displayName(firstName: try row[next + 4], lastName: try row[next + 5])
        territory = (try row[next + 6], zone)
        personName = Person.displayName(firstName: try row[next + 8], lastName: try row[next + 9])
        language = try row[next + 10]
        site = try Site(perhaps: row, at: next + 11)
        self.isToSomeoneElse = isToSomeoneElse
    }

    private static func lastPlace(of appointment: Appointment, in db: Reader) throws -> Instant? {
        try db.first(
            """
            SELECT starts_before FROM appointment_fact
            WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id) AND act = 'moved'
              AND starts_after = \(appointment.startsAt) AND starts_before <> starts_after ORDER BY at DESC, id DESC LIMIT 1
            """
        ) { try $0[0] }
    }
}

extension RenderingFacts {
    /// What each variable says.
    ///
    /// - Parameters:
    ///   - namesReason: false for a copy, and for a discreet reason: nothing that could tell what for.
    ///   - moment: when it leaves; another year is said.
    func values(in language: String, namesReason: Bool, at moment: Instant) -> [TemplateVariable: String] {
        let said = Saying(zone: territory.zone, today: territory.zone.civil(moment).date, isFrench: language == "fr")
        let revealing = Revealing(names: [reason.name, serviceName])
        let mayTell = namesReason && !isSensitive
        return [
            .date: said.day(appointment.startsAt), .hour: said.hour(appointment.startsAt),
            .duration: Format.duration(minutes: Int(appointment.endsAt - appointment.startsAt) / 60), .way: way(said),
            .place: place(revealing), .agent: mayTell ? agentName : "",
            .house: revealing.found(in: house.name) == nil ? house.name : territory.name, .territory: territory.name,
            .number: (site?.phone ?? house.phone).map(Format.phone) ?? "", .person: people,
            .instructions: mayTell ? revealing.withheld(reason.instructions) : "", .before: before.map(said.moment) ?? "",
            .sooner: self.place.map(said.moment) ?? "",
            .others: Format.list(others.map { said.moment($0.startsAt) + ($0.people.isEmpty ? "" : " pour \(Self.names($0.people))") }),
        ]
    }

    /// Whom it is for, when that is not the reader alone.
    private var people: String {
        let all = [isToSomeoneElse ? personName : nil] + alsoFor
        return all.allSatisfy { $0 == nil } ? "" : Self.names(all)
    }

    private static func names(_ people: [String?]) -> String { Format.list(people.map { $0 ?? "vous" }) }

    /// What webhooks are not told either: see ``AppointmentEvent``.
    private var isSensitive: Bool { reason.isDiscreet || reason.isForChild || isSecret }

    /// The person's own number is for their eyes; their address for nobody's.
    private func way(_ said: Saying) -> String {
        switch appointment.how {
        case .site: ""
        case .home: said.isFrench ? "à domicile" : ""
        case .phone: said.byPhone(isToSomeoneElse ? nil : appointment.phone)
        case .video: said.byVideo(appointment.link)
        }
    }

    /// The site by its name, unless the name says too much or what is said already, and its address; or the place that was agreed.
    private func place(_ revealing: Revealing) -> String {
        guard appointment.how == .site else { return "" }
        guard let site else { return revealing.withheld(appointment.place) }
        let name = site.name == site.commune || site.name == house.name ? "" : revealing.withheld(site.name)
        return [name, site.address, site.commune].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

/// Days and hours in French; in figures for another language, which everyone reads.
private struct Saying {
    let zone: Zone
    let today: CivilDate
    let isFrench: Bool

    func day(_ instant: Instant) -> String {
        let date = zone.civil(instant).date
        return isFrench ? Format.day(date, today: today) : "\(two(date.day))/\(two(date.month))/\(date.year)"
    }

    func hour(_ instant: Instant) -> String {
        let minute = zone.civil(instant).minute
        return isFrench ? Format.time(minute) : "\(two(minute / 60)):\(two(minute % 60))"
    }

    func moment(_ instant: Instant) -> String {
        isFrench ? "\(day(instant)) à \(hour(instant))" : "\(day(instant)) \(hour(instant))"
    }

    func byPhone(_ number: String?) -> String {
        let shown = number.map(Format.phone) ?? ""
        return isFrench ? "par téléphone\(shown.isEmpty ? "" : ", au \(shown)")" : shown
    }

    func byVideo(_ link: String?) -> String {
        isFrench ? "en visio\(link.map { " : \($0)" } ?? "")" : link ?? ""
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
