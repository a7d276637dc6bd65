import Store

extension Schema {
    /// Each message is written three times in its life. Room beside it lets PostgreSQL write its lease in place, and leave the indexes
    /// alone.
    static let messageRoom = Migration("109-message-room", postgres: ["ALTER TABLE message SET (fillfactor = 75)"], sqlite: [])
}
