import Store

extension Schema {
    /// Whose a hold is: a claim that runs out, kept while someone writes a booking down.
    static let holds = Migration(
        "055-holds", ["ALTER TABLE claim ADD COLUMN held_by \(type: .uuid, "held_by")"])
}
