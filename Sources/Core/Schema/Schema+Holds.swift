import Store

extension Schema {
    /// Whose a hold is: a claim that runs out, kept while someone writes a booking down.
    static let holds = Migration(
        "055-holds", ["ALTER TABLE claim ADD COLUMN held_by \(type: .uuid, "held_by")"])

    /// The few that stand are read with every search: through them alone, whatever else runs out one day.
    static let heldClaims = Migration(
        "073-held-claims",
        [
            "DROP INDEX claim_expiring",
            "CREATE INDEX claim_held ON claim (territory_id, expires_at) WHERE held_by IS NOT NULL",
        ])
}
