import Scheduling
import Store

extension SMSPrice {
    /// - Returns: `nil` until someone says it.
    public static func of(_ territory: Int64, in db: Reader) throws -> SMSPrice? {
        try db.first("SELECT tenths FROM sms_price WHERE territory_id = \(territory)") { SMSPrice(tenths: try $0[0]) }
    }

    /// - Throws: a ``Refusal`` beside `price`.
    public static func set(_ typed: String, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpTerritory)
        guard let price = SMSPrice(typed: typed) else {
            throw Refusal.field("price", "invalid-price", "Donnez un prix de 0 à 100 centimes, comme 4,5.")
        }
        let before = try of(acting.territoryID, in: db)
        guard price != before else { return }
        try db.run(
            """
            INSERT INTO sms_price (territory_id, tenths) VALUES (\(acting.territoryID), \(price.tenths))
            ON CONFLICT (territory_id) DO UPDATE SET tenths = \(price.tenths)
            """)
        try Journal.record(
            .changed, about: nil, ["what": "sms-price", "cents.before": before?.typed ?? "", "cents.after": price.typed], by: acting,
            at: now, in: db)
    }
}
