import Store

/// The history of the schema, oldest first. Steps are only ever added, at the end.
public enum Schema {
    public static let migrations: [Migration] = [
        reference, accounts, people, agendas, appointments, claims, messages, journal, journalRules,
        tellings, occurrences, closures, bascules, teams, orphans, weekTemplates,
    ]

    /// The columns every row of a territory begins with: no row can point across territories.
    static let key: SQL = "territory_id \(type: .bigint, "territory_id") NOT NULL, id \(type: .uuid, "id") NOT NULL"
}
