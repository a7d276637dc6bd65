import Scheduling
import Store

/// What waits because a gateway does not take it, by cause: it leaves by itself once that is put right.
public struct GatewayTrouble: Sendable, Equatable {
    /// As the configuration calls it.
    public let gateway: String
    public let channel: Person.Channel
    public let because: Message.Cause
    public let messages: Int
    /// When the first of them was first tried.
    public let since: Instant

    public init(gateway: String, channel: Person.Channel, because: Message.Cause, messages: Int, since: Instant) {
        (self.gateway, self.channel, self.because, self.messages, self.since) = (gateway, channel, because, messages, since)
    }

    /// What may pass by itself is told once it was tried so many times.
    static let tries = 4

    /// What only someone can put right is told at once.
    static func isStanding(_ because: Message.Cause, attempts: Int) -> Bool {
        attempts >= tries || because == .credit || because == .credentials
    }

    private static let standing: SQL = """
        message.sent_at IS NULL AND message.withdrawn_at IS NULL AND message.because IS NOT NULL
          AND (message.attempts >= \(tries) OR message.because = 'credit' OR message.because = 'credentials')
        """

    /// The longest first.
    public static func read(for acting: Acting, in db: Reader) throws -> [GatewayTrouble] {
        try acting.require(.setUpTerritory)
        return try read(of: acting.territoryID, in: db)
    }

    static func read(of territory: Int64, in db: Reader) throws -> [GatewayTrouble] {
        try db.all(
            """
            SELECT delivery.gateway, message.channel, message.because, count(DISTINCT message.id), min(delivery.started_at) FROM message
            JOIN delivery ON delivery.territory_id = message.territory_id AND delivery.message_id = message.id
              AND delivery.because = message.because
            WHERE message.territory_id = \(territory) AND \(standing)
            GROUP BY delivery.gateway, message.channel, message.because
            ORDER BY min(delivery.started_at), delivery.gateway, message.because
            """
        ) { GatewayTrouble(gateway: try $0[0], channel: try $0[1], because: try $0[2], messages: try $0[3], since: try $0[4]) }
    }

    /// For the bar: how many messages wait, a thousand at most.
    public static func count(for acting: Acting, in db: Reader) throws -> Int {
        guard acting.can(.setUpTerritory) else { return 0 }
        return try db.first(
            """
            SELECT count(*) FROM (SELECT 1 FROM message WHERE message.territory_id = \(acting.territoryID) AND \(standing) LIMIT 1000) stuck
            """
        ) { try $0[0] } ?? 0
    }

    /// What to do, for a screen and for a letter.
    public static func remedy(for because: Message.Cause) -> String {
        switch because {
        case .credit: "Rechargez le compte chez l’opérateur."
        case .credentials: "Vérifiez l’identifiant et le mot de passe dans la configuration du serveur."
        case .tls: "Vérifiez le certificat de la passerelle, et l’heure du serveur."
        case .busy: "La passerelle demande d’attendre\u{A0}: vérifiez le débit prévu par le contrat."
        default: "Vérifiez que la passerelle fonctionne et que le serveur l’atteint."
        }
    }
}
