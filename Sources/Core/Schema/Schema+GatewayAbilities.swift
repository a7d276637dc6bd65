import Store

extension Schema {
    /// What each gateway of the server's configuration can do: of the server, of no territory.
    static let gatewayAbilities = Migration(
        "141-gateway-abilities",
        [
            """
            CREATE TABLE gateway_ability (name \(type: .text, "name") NOT NULL, channel \(type: .text, "channel") NOT NULL
                CONSTRAINT gateway_ability_channel CHECK (\(isOne("channel", of: "sms", "email"))),
              receives \(type: .boolean, "receives") NOT NULL, told_at \(type: .bigint, "told_at") NOT NULL, PRIMARY KEY (name))
            """
        ])
}
