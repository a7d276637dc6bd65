import Store

extension Schema {
    /// What leaves at night or on a Sunday because someone said why: urgent is having a reason, and only what changes or cancels is.
    static let urgent = Migration(
        "108-urgent",
        [
            """
            ALTER TABLE message ADD COLUMN urgent_because \(type: .text, "urgent_because")
              CONSTRAINT message_urgent CHECK (urgent_because IS NULL OR (length(trim(urgent_because)) BETWEEN 3 AND 200
                AND (\(isOne("purpose", of: "change", "cancellation")))))
            """
        ])
}
