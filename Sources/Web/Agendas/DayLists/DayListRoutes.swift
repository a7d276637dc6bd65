import Core
import HTTPTypes
import Hummingbird
import NIOCore
import Scheduling
import Store

/// The day's list of an agent or of a site, to print or to download.
struct DayListRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/agenda/agents/{id}/list") { try await page(agent($0, $1, .page), $1) }
        router.get("/agenda/agents/{id}/list.csv") { try await file(agent($0, $1, .csv)) }
        router.get("/agenda/sites/{id}/list") { try await page(site($0, $1, .page), $1) }
        router.get("/agenda/sites/{id}/list.csv") { try await file(site($0, $1, .csv)) }
    }

    private struct Taken: Sendable {
        let list: DayList
        let name: String
        let agenda: URLPath
        let file: URLPath
    }

    private func agent(_ request: Request, _ context: AgentContext, _ copy: DayList.Copy) async throws -> Taken {
        let (id, acting, now) = (try context.id(Agent.self), context.acting, desk.now())
        let date = try AgendaQuery(request, acting, now: now).date
        let list = try await Journal.beforeAnswering {
            try await desk.store.record { db in try DayList.export(of: id, on: date, as: copy, by: acting, at: now, in: db) }
        }
        return Taken(
            list: list, name: list.agents.first?.owner.agent.name ?? "", agenda: Urls.agenda(of: id, .day, date),
            file: Urls.dayListFile(of: id, date))
    }

    private func site(_ request: Request, _ context: AgentContext, _ copy: DayList.Copy) async throws -> Taken {
        let (id, acting, now) = (try context.id(Site.self), context.acting, desk.now())
        let date = try AgendaQuery(request, acting, now: now).date
        let (name, list) = try await Journal.beforeAnswering {
            try await desk.store.record { db in
                let site = try SiteAgenda.find(id, seenBy: acting, in: db)
                // The same agents as on the site's page; a sheet is printed only for those who have something.
                let list = try DayList.export(of: site.owners, on: date, about: id.uuid, as: copy, by: acting, at: now, in: db) {
                    site.isBusy($0) && !($0.appointments.isEmpty && $0.busy.isEmpty)
                }
                return (site.site.name, list)
            }
        }
        return Taken(list: list, name: name, agenda: Urls.agenda(at: id, date), file: Urls.dayListFile(at: id, date))
    }

    private func page(_ taken: Taken, _ context: AgentContext) -> Response {
        let page = DayListPage(
            list: taken.list, name: taken.name, printedBy: context.acting.agent.name, time: context.localTime(desk.now()),
            agenda: taken.agenda, file: taken.file)
        return desk.site.page(page, context)
    }

    private func file(_ taken: Taken) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"liste-\(taken.list.date).csv\"",
        ]
        let body = ByteBuffer(string: CSV.text(DayListRows(list: taken.list).rows))
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}

/// The same list as rows of a spreadsheet.
struct DayListRows {
    let list: DayList

    var rows: [[String]] {
        [
            [
                "Date", "Début", "Fin", "Agent", "Personne", "Accompagné par", "Motif", "Comment", "Lieu", "Téléphone", "À prévoir",
                "À savoir", "Notes",
            ]
        ]
            + list.agents.flatMap { agent in agent.lines.map { row($0, agent.owner.agent.name) } }
    }

    private func row(_ line: DayList.Line, _ agent: String) -> [String] {
        let when = [list.date.description, ClockTime.text(line.minutes.lowerBound), ClockTime.text(line.minutes.upperBound), agent]
        guard let visit = line.visit else { return when + ["Occupé"] + Array(repeating: "", count: 8) }
        return when + [
            visit.people.map(\.name).joined(separator: ", "), visit.accompanying.joined(separator: ", "), visit.reason, visit.how.label,
            visit.isPlaceHidden ? "Adresse confidentielle" : visit.place, visit.phone.map(Format.phone) ?? "",
            visit.needs.joined(separator: " ; "), visit.warnings, "",
        ]
    }
}

extension DayList.Visit {
    /// Contact discret, of each person it concerns.
    fileprivate var warnings: String {
        let warned = people.filter { !$0.discretion.warnings.isEmpty }
        return warned.map { someone in
            let said = someone.discretion.warnings.joined(separator: ", ")
            return people.count > 1 ? "\(someone.name) : \(said)" : said
        }.joined(separator: " ; ")
    }
}
