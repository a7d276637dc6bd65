import Scheduling
import Store

extension Territory {
    /// What an administrator changes of it, as it is typed.
    public struct Settings: Sendable, Equatable {
        public var name: String
        public var departement: String?
        public var zone: String
        public var holidayZone: HolidayZone
        public var colour: String
        public var organizationLabel: String
        public var privacyNotice: String
        public var attemptsBeforeMissed: Int
        public var minutesBetweenAttempts: Int
        public var toldAloneFrom: Int
        public var agentFigures = false
        public var publicFigures = false
        public var quietFrom = 1200
        public var quietUntil = 480
        public var sundayMessages = false

        public init(
            name: String, departement: String?, zone: String, holidayZone: HolidayZone, colour: String, organizationLabel: String,
            privacyNotice: String, attemptsBeforeMissed: Int, minutesBetweenAttempts: Int, toldAloneFrom: Int = 15
        ) {
            self.name = name
            self.departement = departement
            self.zone = zone
            self.holidayZone = holidayZone
            self.colour = colour
            self.organizationLabel = organizationLabel
            self.privacyNotice = privacyNotice
            self.attemptsBeforeMissed = attemptsBeforeMissed
            self.minutesBetweenAttempts = minutesBetweenAttempts
            self.toldAloneFrom = toldAloneFrom
        }
    }

    /// The time zones of French territories, the first the usual one.
    public static let zones = [
        "Europe/Paris", "America/Guadeloupe", "America/Martinique", "America/Cayenne", "America/Miquelon", "Indian/Reunion",
        "Indian/Mayotte", "Pacific/Noumea", "Pacific/Tahiti", "Pacific/Marquesas", "Pacific/Gambier", "Pacific/Wallis",
    ]

    public var settings: Settings {
        var settings = Settings(
            name: name, departement: departement, zone: zone.identifier, holidayZone: holidayZone, colour: colour,
            organizationLabel: organizationLabel, privacyNotice: privacyNotice, attemptsBeforeMissed: attemptsBeforeMissed,
            minutesBetweenAttempts: minutesBetweenAttempts, toldAloneFrom: toldAloneFrom)
        (settings.agentFigures, settings.publicFigures) = (agentFigures, publicFigures)
        (settings.quietFrom, settings.quietUntil, settings.sundayMessages) = (quietFrom, quietUntil, sundayMessages)
        return settings
    }
}

extension Territory.Settings {
    var facts: [String: String] {
        [
            "name": name, "departement": departement ?? "", "zone": zone, "holiday_zone": holidayZone.rawValue, "colour": colour,
            "organization_label": organizationLabel, "privacy_notice": privacyNotice,
            "attempts_before_missed": String(attemptsBeforeMissed), "minutes_between_attempts": String(minutesBetweenAttempts),
            "told_alone_from": String(toldAloneFrom), "agent_figures": String(agentFigures), "public_figures": String(publicFigures),
            "quiet_from": String(quietFrom), "quiet_until": String(quietUntil), "sunday_messages": String(sundayMessages),
        ]
    }

    /// Every agent's calendar is built again when the zone or the holidays change: hours mean other instants then.
    /// - Throws: a ``Refusal`` with sentences beside the fields.
    public func save(by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpTerritory)
        guard let before = try Territory.find(acting.territoryID, in: db)?.settings else { throw Refusal.notFound }
        let tidied = try tidied()
        let changes = Journal.difference(before.facts, tidied.facts)
        guard !changes.isEmpty else { return }
        try tidied.update(acting.territoryID, in: db)
        if before.zone != tidied.zone || before.holidayZone != tidied.holidayZone {
            try db.run("UPDATE agent SET calendar_version = calendar_version + 1 WHERE territory_id = \(acting.territoryID)")
        }
        try Journal.record(.changed, about: nil, changes.merging(["what": "territory"]) { $1 }, by: acting, at: now, in: db)
    }

    private func tidied() throws -> Territory.Settings {
        var complaints = Complaints()
        var tidied = self
        tidied.name = complaints.name(name, "name")
        tidied.departement = complaints.departement(departement)
        if !Territory.zones.contains(zone) || Zone(zone) == nil { complaints.add("zone", "Choisissez un fuseau horaire de la liste.") }
        tidied.colour = complaints.colour(colour, "colour")
        tidied.organizationLabel = complaints.name(
            organizationLabel, "organization_label", limit: 40, empty: "Dites comment s’appelle ici une organisation : MDS, CCAS…")
        tidied.privacyNotice = complaints.text(privacyNotice, "privacy_notice", limit: 1000)
        if tidied.privacyNotice.isEmpty { complaints.add("privacy_notice", "Écrivez la phrase à dire aux personnes.") }
        complaints.range(attemptsBeforeMissed, "attempts_before_missed", 1...10, "Donnez un nombre d’appels de 1 à 10.")
        complaints.range(minutesBetweenAttempts, "minutes_between_attempts", 0...1440, "Donnez un nombre de minutes de 0 à 1440.")
        complaints.range(toldAloneFrom, "told_alone_from", 0...18, "Donnez un âge de 0 à 18 ans.")
        if !(0..<quietFrom).contains(quietUntil) || quietFrom > 1440 {
            complaints.add("quiet_from", "Donnez une heure du soir qui vient après celle du matin.")
        }
        try complaints.check()
        return tidied
    }

    private func update(_ territory: Int64, in db: Writer) throws {
        try db.run(
            """
            UPDATE territory SET name = \(name), departement = \(departement), time_zone = \(zone), holiday_zone = \(holidayZone),
              colour = \(colour), organization_label = \(organizationLabel), privacy_notice = \(privacyNotice),
              attempts_before_missed = \(attemptsBeforeMissed), minutes_between_attempts = \(minutesBetweenAttempts),
              told_alone_from = \(toldAloneFrom), agent_figures = \(agentFigures), public_figures = \(publicFigures),
              quiet_from = \(quietFrom), quiet_until = \(quietUntil), sunday_messages = \(sundayMessages)
            WHERE id = \(territory)
            """)
    }
}

extension Complaints {
    /// An INSEE code: `64`, `2A`, `974`.
    fileprivate mutating func departement(_ typed: String?) -> String? {
        guard let text = typed?.uppercased().filter({ !$0.isWhitespace }), !text.isEmpty else { return nil }
        let isCode =
            (2...3).contains(text.utf8.count) && text.utf8.first.map { (0x30...0x39).contains($0) } == true
            && text.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "A" || $0 == "B") }
        if !isCode { add("departement", "Donnez le numéro du département, comme 64, 2A ou 974.") }
        return text
    }
}
