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
    static var sample: EnvoisPage { EnvoisPage(envois: .sample, tray: .waiting, isNarrowed: true, time: Samples.time) }
}

extension ToCallPage {
    static var sample: ToCallPage {
        let lines = AgendaSample.week.appointments.prefix(2).enumerated().map { number, one in
            ToCall.Line(
                appointment: one, personID: one.people[0].id, personName: one.people[0].name,
                phones: number == 0 ? ["+33536490001", "+33639981234"] : [], because: number == 0 ? .undelivered : nil)
        }
        return ToCallPage(toCall: ToCall(lines: lines, count: 60), acting: AgendaSample.acting, time: AgendaSample.time)
    }
}

extension GatewaysPage {
    static let sample = GatewaysPage(figures: [
        GatewayFigures(gateway: "kannel", channel: .sms, counts: [.handed: 3, .arrived: 90, .undelivered: 7], milliseconds: 84)
    ])
}
