import Core
import HTTPTypes
import Scheduling
import Store

extension HolidayZone: Plain {}

/// The territory of whoever acts, and its settings.
enum TerritoryAPI {
    private static let departement = Key("departement", Kind<String?>.nullable(.line(0...3)), "Son numéro : 64, 2A, 974.")
    private static let zone = Key("zone", Kind<String>.choice(Territory.zones), "Son fuseau horaire.")
    private static let holidayZone = Key<HolidayZone>("holiday_zone", "Ses jours fériés.")
    private static let colour = Key("colour", Kind.text(.colour))
    private static let label = Key("organization_label", Kind.line(1...40), "Comment s’appelle ici une organisation : MDS, CCAS…")
    private static let notice = Key("privacy_notice", Kind.lines(1...1_000), "La phrase à dire aux personnes.")
    private static let attempts = Key("attempts_before_missed", Kind.integer(1...10))
    private static let minutes = Key("minutes_between_attempts", Kind.integer(0...1440))

    private static let toldAlone = Key(
        "told_alone_from", Kind.integer(0...18), "L’âge dès lequel un mineur sans numéro est prévenu lui-même.")

    private static let agentFigures = Key<Bool>("agent_figures", "Les responsables voient les chiffres de chaque agent.")
    private static let publicFigures = Key<Bool>("public_figures", "Des statistiques sans donnée personnelle sont publiées.")

    private static let quietFrom = Key(
        "quiet_from", Kind.integer(1...1440), "La minute du jour dès laquelle rien ne part qui peut attendre le matin.")
    private static let quietUntil = Key("quiet_until", Kind.integer(0...1439), "La minute du jour jusqu’à laquelle.")
    private static let sundayMessages = Key<Bool>("sunday_messages", "Des rappels partent aussi les dimanches et jours fériés.")

    private static let shape = Shape<Territory>(
        "Territory",
        [
            Key("slug", .line(1...40)).of(\.slug), Common.name.of(\.name), departement.of(\.departement),
            zone.of(\.zone.identifier), holidayZone.of(\.holidayZone), colour.of(\.colour), label.of(\.organizationLabel),
            notice.of(\.privacyNotice), attempts.of(\.attemptsBeforeMissed), minutes.of(\.minutesBetweenAttempts),
            toldAlone.of(\.toldAloneFrom), agentFigures.of(\.agentFigures), publicFigures.of(\.publicFigures),
            quietFrom.of(\.quietFrom), quietUntil.of(\.quietUntil), sundayMessages.of(\.sundayMessages),
        ])

    private static let changed = Fields(
        "ChangedTerritory",
        takes: [
            Common.name, departement, zone, holidayZone, colour, label, notice, attempts, minutes, toldAlone, agentFigures, publicFigures,
            quietFrom, quietUntil, sundayMessages,
        ])

    static let endpoints: [Endpoint] = [
        .read("/territory", "Ma collectivité", answers: shape) { $0.acting.territory },
        .change(.patch, "/territory", "Change ses réglages", needs: .setUpTerritory, body: changed, answers: shape, change),
    ]

    private static func change(_ call: Call) async throws -> Territory {
        let id = call.acting.territoryID
        return try await call.store.write { db in
            try settings(call.body, over: try call.found(Territory.find(id, in: db)).settings).save(by: call.acting, at: call.now, in: db)
            return try call.found(Territory.find(id, in: db))
        }
    }

    private static func settings(_ given: Given, over before: Territory.Settings) throws -> Territory.Settings {
        var settings = Territory.Settings(
            name: try given.changing(Common.name, from: before.name),
            departement: try given.changing(departement, from: before.departement), zone: try given.changing(zone, from: before.zone),
            holidayZone: try given.changing(holidayZone, from: before.holidayZone), colour: try given.changing(colour, from: before.colour),
            organizationLabel: try given.changing(label, from: before.organizationLabel),
            privacyNotice: try given.changing(notice, from: before.privacyNotice),
            attemptsBeforeMissed: try given.changing(attempts, from: before.attemptsBeforeMissed),
            minutesBetweenAttempts: try given.changing(minutes, from: before.minutesBetweenAttempts),
            toldAloneFrom: try given.changing(toldAlone, from: before.toldAloneFrom))
        settings.agentFigures = try given.changing(agentFigures, from: before.agentFigures)
        settings.publicFigures = try given.changing(publicFigures, from: before.publicFigures)
        settings.quietFrom = try given.changing(quietFrom, from: before.quietFrom)
        settings.quietUntil = try given.changing(quietUntil, from: before.quietUntil)
        settings.sundayMessages = try given.changing(sundayMessages, from: before.sundayMessages)
        return settings
    }
}
