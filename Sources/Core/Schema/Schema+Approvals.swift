import Store

extension Schema {
    /// Whoever approves a campaign does so for as many as they saw: when more would get it, somebody approves again.
    static let approvals = Migration(
        "108-approvals",
        [
            """
            ALTER TABLE campaign ADD COLUMN approved_told \(type: .bigint, "approved_told") CONSTRAINT campaign_approved_for
              CHECK (approved_told IS NULL OR launched_at IS NULL OR told <= approved_told OR told <= approval_above)
            """
        ])
}
