import Core
import Scheduling

extension Envois {
    static var sample: Envois {
        let now = Samples.time.now
        let deliveries = [
            Delivery(
                id: .new(), gateway: "kannel", recipient: "+33639981234", startedAt: now, milliseconds: nil, outcome: .failed,
                because: .connection, reference: nil),
            Delivery(
                id: .new(), gateway: "operateur", recipient: "+33639981234", startedAt: now.adding(seconds: 15), milliseconds: 84,
                outcome: .handed, because: nil, reference: "17"),
        ]
        var failed = Samples.message
        (failed.outcome, failed.because) = (.refused, .recipient)
        return Envois(
            lines: [
                Line(message: Samples.message, personName: Samples.someone.name, deliveries: deliveries),
                Line(message: failed, personName: Samples.someone.name, deliveries: []),
            ], next: Story.Mark(at: now, id: Samples.message.id.uuid))
    }
}

extension EnvoisPage {
    static var sample: EnvoisPage {
        EnvoisPage(envois: .sample, tray: .waiting, isNarrowed: true, sendsCampaigns: true, time: Samples.time)
    }
}

extension ToCallPage {
    static var sample: ToCallPage {
        let lines = AgendaSample.week.appointments.prefix(2).enumerated().map { number, one in
            ToCall.Line(
                appointment: one, personID: one.people[0].id, personName: one.people[0].name,
                phones: number == 0 ? ["+33536490001", "+33639981234"] : [], because: number == 0 ? .undelivered : nil,
                purpose: number == 0 ? .reminder : .missed)
        }
        return ToCallPage(toCall: ToCall(lines: lines, count: 60), acting: AgendaSample.acting, time: AgendaSample.time)
    }
}

extension RepliesPage {
    static var sample: RepliesPage {
        let now = Samples.time.now
        let said: [(ReplyMeaning, Reply.Effect, String)] = [
            (.words, .toRead, "Bonjour, je peux venir avec mon fils ?"), (.no, .standing, "NON"), (.stop, .stopped, "STOP"),
            (.no, .freed, "annuler svp"),
        ]
        let replies = said.enumerated().map { index, one in
            let reply = Reply(
                id: .new(), gateway: "kannel", sender: "+33639981234", text: one.2, receivedAt: now, meaning: one.0, effect: one.1,
                personID: index == 0 ? nil : Samples.someone.id, appointmentID: index == 0 ? nil : Samples.message.appointmentID,
                forStart: now, settledAt: one.1 == .freed ? now : nil)
            return ReplyDetails(reply: reply, personName: index == 0 ? nil : Samples.someone.name, startsAt: now)
        }
        let written = Reply(
            id: .new(), gateway: "courriel", sender: "jeanne.lacoste@example.org", text: "Non.\nJe suis à l’hôpital.", receivedAt: now,
            meaning: .no, effect: .toRead, personID: Samples.someone.id, appointmentID: Samples.message.appointmentID, forStart: now,
            settledAt: nil)
        let details = ReplyDetails(reply: written, personName: Samples.someone.name, startsAt: now)
        return RepliesPage(replies: replies + [details], time: Samples.time)
    }
}

extension GatewaysPage {
    static var sample: GatewaysPage {
        GatewaysPage(
            figures: [
                GatewayFigures(gateway: "kannel", channel: .sms, counts: [.handed: 3, .arrived: 90, .undelivered: 7], milliseconds: 84)
            ],
            texts: [
                TextFigures(purpose: .confirmation, channel: .email, version: nil, counts: [.handed: 1_204]),
                TextFigures(
                    purpose: .reminder, channel: .sms, version: .init(number: 3, language: "pt", organization: "MDS d’Orthez", reason: nil),
                    counts: [.arrived: 97, .undelivered: 3]),
            ],
            troubles: [
                GatewayTrouble(
                    gateway: "operateur", channel: .sms, because: .credit, messages: 340, since: Samples.time.now.adding(minutes: -40)),
                GatewayTrouble(
                    gateway: "mail-2", channel: .email, because: .connection, messages: 1, since: Samples.time.now.adding(days: -1)),
            ],
            returns: [
                ReturnFigures(
                    mailbox: "courriel", address: "retour+{token}@example.org", readAt: Samples.time.now, trouble: .credentials,
                    counts: [.bounced: 3, .answered: 12, .unknown: 2])
            ], time: Samples.time)
    }
}

extension MessageCostsPage {
    static var sample: MessageCostsPage {
        let lines = [
            MonthlyCost.Line(
                organization: "MDS d’Orthez", channel: .email, purpose: .confirmation, messages: 1_204, parts: 1_204, tenths: 0),
            .init(organization: "MDS d’Orthez", channel: .sms, purpose: .reminder, messages: 2_310, parts: 2_590, tenths: 116_550),
            .init(organization: "", channel: .sms, purpose: .campaign, messages: 1, parts: 1, tenths: 45),
        ]
        return MessageCostsPage(
            cost: MonthlyCost(month: CivilDate(year: 2026, month: 11, day: 1)!, lines: lines, unpriced: 12),
            today: CivilDate(year: 2026, month: 12, day: 3)!)
    }
}
