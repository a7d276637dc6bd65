import Scheduling
import Store

/// What came back to a return mailbox over some days, for who sets up the territory. It is of the server, as gateways are.
public struct ReturnFigures: Sendable, Equatable {
    /// The gateway whose e-mails come back there.
    public let mailbox: String
    /// Where, as the configuration writes it: `retour+{token}@example.org`.
    public let address: String
    /// When it was last read to its end.
    public let readAt: Instant?
    public let trouble: ReturnReading.Trouble?
    public var counts: [ReturnReading.Kind: Int]

    public init(
        mailbox: String, address: String, readAt: Instant?, trouble: ReturnReading.Trouble?, counts: [ReturnReading.Kind: Int] = [:]
    ) {
        (self.mailbox, self.address, self.readAt, self.trouble, self.counts) = (mailbox, address, readAt, trouble, counts)
    }

    public static func read(since start: Instant, for acting: Acting, in db: Reader) throws -> [ReturnFigures] {
        try acting.require(.setUpTerritory)
        var found = try db.all("SELECT name, address, read_at, trouble FROM return_mailbox ORDER BY name") {
            ReturnFigures(mailbox: try $0[0], address: try $0[1], readAt: try $0[2], trouble: try $0[3])
        }
        try db.forEach("SELECT mailbox, kind, count(*) FROM return_mail WHERE read_at >= \(start) GROUP BY mailbox, kind") { row in
            let name: String = try row[0]
            guard let index = found.firstIndex(where: { $0.mailbox == name }) else { return }
            found[index].counts[try row[1]] = try row[2]
        }
        return found
    }
}
