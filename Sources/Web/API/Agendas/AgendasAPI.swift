import Core
import Scheduling
import Store

/// What an agent has in some days, masked as on the pages.
enum AgendasAPI {
    static let endpoints: [Endpoint] =
        [
            .read(
                "/agendas/{agent}", "L’agenda d’un agent, cette semaine sinon", query: Fields(takes: [Common.from, Common.to]),
                answers: ShownAgenda.shape, show)
        ] + OpeningsAPI.endpoints + AbsencesAPI.endpoints + TidingsAPI.endpoints + ClosuresAPI.endpoints + BasculesAPI.endpoints
        + HandoverAPI.endpoints + AgendaViewsAPI.endpoints + ChangesAPI.endpoints

    private static func show(_ call: Call) async throws -> ShownAgenda {
        let id = try call.id(Agent.self, "agent"), territory = call.acting.territory
        let monday = territory.zone.civil(call.now).date.monday
        let days = try call.days(from: monday, most: Agenda.longest, usual: 7)
        let agenda = try await call.store.read { db in
            try Agenda.read(of: [id], days, seenBy: call.acting, now: call.now, in: db)
        }
        return ShownAgenda(
            agenda: try call.found(agenda.agents.first), days: days, version: agenda.version, holidays: territory.holidays(in: days),
            now: call.now)
    }
}

extension Territory {
    fileprivate func holidays(in days: Range<CivilDate>) -> [Holiday] {
        let years = days.lowerBound.year...days.upperBound.year
        return years.flatMap { holidayZone.holidays(in: $0) }.filter { days.contains($0.date) }
    }
}
