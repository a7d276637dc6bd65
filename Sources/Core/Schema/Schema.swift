import Store

/// The history of the schema, oldest first. Steps are only ever added, at the end.
public enum Schema {
    public static let migrations: [Migration] = [
        reference, accounts, people, agendas, appointments, claims, messages, journal, journalRules,
        personDetail, personDetailRules, privateNotes, privateNoteRules, relations, relationRules, memos,
        arrivals, merging, importing, tidings, occurrences, closures, bascules, teams, orphans,
        weekTemplates, reasonPace, followUp, groups, groupRules,
        unmetDemands, holds, prescribing, pairs, resources,
        agendaViews, stretching, agendaChanges, permanences,
        webhooks, tokenScopes, steering, bookingGroups, heldClaims,
        outbox, reminders,
        templates, templateRules, replies, replyRules, calendarFeeds,
        campaigns, campaignRules, foreignCalendars, deliveryTexts, deliveryTextRules, costs, approvals, letters, messageRoom, returns,
        missed, tellingTogether, tellingTogetherRules, urgent, gatewayAbilities, messageTurn,
        gatewayFaults, tellingFamilies, letterTexts, letterTextRules, earlierPlaces,
    ]

    /// The columns every row of a territory begins with: no row can point across territories.
    static let key: SQL = "territory_id \(type: .bigint, "territory_id") NOT NULL, id \(type: .uuid, "id") NOT NULL"

    /// The condition that a column holds one of these texts.
    ///
    /// Not with `IN`, for which SQLite plants and fells a little tree for every row written: measured, a tenth of a booking.
    static func isOne(_ column: SQL, of values: String...) -> SQL {
        SQL(joined: values.map { "\(column) = \(literal: $0)" }, by: " OR ")
    }
}
