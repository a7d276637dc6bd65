import Scheduling
import Store

/// An agent's own figures, for them alone.
public struct OwnFigures: Sendable, Equatable {
    public let query: FigureQuery
    public let total: FigureLine
    public let periods: [FigureLine]
    public let reasons: [FigureLine]

    /// Of whoever asks, in all their organizations; the filters of the query count for nothing.
    public static func read(_ query: FigureQuery, for acting: Acting, now: Instant, in db: Reader) throws -> OwnFigures {
        guard acting.can(.fillOwnAgenda) else { throw Refusal.forbidden }
        let me = acting.agent.id
        let reading = try FigureReading.read(
            query.grain, query.dates, of: acting.territory, now: now, in: db, where: { "\($0).agent_id = \(me)" },
            keeps: { _, agent in agent == me })
        let names = try Reason.names(of: acting.territoryID, in: db)
        var total = FigureLine(.total, "Total")
        var periods = query.grain.firsts(in: query.dates).map { FigureLine(.period($0), $0.description) }
        var reasons: [ID<Reason>: FigureLine] = [:]
        for figure in reading.figures {
            total.add(figure)
            if let index = periods.firstIndex(where: { $0.key == .period(figure.key.first) }) { periods[index].add(figure) }
            reasons[figure.key.reason, default: FigureLine(.reason(figure.key.reason), names[figure.key.reason] ?? "")].add(figure)
        }
        for time in reading.times {
            total.add(time)
            if let index = periods.firstIndex(where: { $0.key == .period(time.key.first) }) { periods[index].add(time) }
        }
        return OwnFigures(
            query: query, total: total, periods: periods, reasons: reasons.values.sorted { $0.name.comesBefore($1.name) })
    }
}

extension Reason {
    static func names(of territory: Int64, in db: Reader) throws -> [ID<Reason>: String] {
        let pairs = try db.all("SELECT id, name FROM reason WHERE territory_id = \(territory)") {
            (try $0[0] as ID<Reason>, try $0[1] as String)
        }
        return Dictionary(pairs) { $1 }
    }
}
