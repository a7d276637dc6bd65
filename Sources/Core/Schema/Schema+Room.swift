import Store

extension Schema {
    /// Each message is written three times in its life. Room beside it lets PostgreSQL write its lease in place, and leave the indexes
    /// alone.
    static let messageRoom = Migration("109-message-room", postgres: ["ALTER TABLE message SET (fillfactor = 75)"], sqlite: [])

    /// In the order in which they are taken, to the last one: otherwise PostgreSQL, which takes a campaign that was just queued for small,
    /// sorts a hundred thousand messages to find the first sixteen.
    static let messageTurn = Migration(
        "142-message-turn",
        [
            "DROP INDEX message_waiting",
            "CREATE INDEX message_waiting ON message (channel, due_at, id) WHERE sent_at IS NULL AND withdrawn_at IS NULL",
        ])
}
