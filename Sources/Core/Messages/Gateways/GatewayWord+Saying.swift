import Scheduling

extension GatewayWord {
    /// What is true as it leaves.
    struct Said: Sendable {
        let territory: Territory
        /// How many wait because of it.
        let messages: Int
        let since: Instant
        /// Where it is seen.
        let page: String?
    }

    func rendered(_ said: Said, at now: Instant) -> Rendered {
        let because = fault.because.label
        let time = LocalTime(zone: said.territory.zone, now: now), gateway = "«\u{A0}\(fault.gateway)\u{A0}»"
        let since = "\(time.day(said.since)) à\u{A0}\(time.time(said.since))"
        let text = """
            Bonjour,

            Depuis le \(since), la passerelle \(gateway) ne prend plus les messages par \(fault.channel.label)\u{A0}: \(because).

            \(Self.waiting(said.messages))

            À faire\u{A0}: \(GatewayTrouble.remedy(for: fault.because))

            \(Self.whereToLook(said.page))

            Vous recevez ce message parce que vous réglez la collectivité. Tant que cela dure, il revient une fois par jour.
            \(said.territory.name)
            """
        let subject = "Passerelle \(gateway)\u{A0}: \(because)"
        return Rendered(subject: subject, text: text, html: Rendered.html(subject, text, in: "fr"))
    }

    private static func whereToLook(_ page: String?) -> String {
        page.map { "Pour voir où cela en est\u{A0}: \($0)" }
            ?? "Pour voir où cela en est, ouvrez «\u{A0}Passerelles\u{A0}» dans les réglages."
    }

    /// Another gateway may carry what this one does not take.
    private static func waiting(_ messages: Int) -> String {
        guard messages > 0 else { return "Aucun message n’attend en ce moment." }
        return "\(Format.count(messages, "message attend", "messages attendent")) de partir. Rien n’est perdu\u{A0}: "
            + (messages == 1 ? "il partira de lui-même." : "ils partiront d’eux-mêmes.")
    }
}
