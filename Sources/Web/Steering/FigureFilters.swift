import Core
import Scheduling
import Store

/// The filters of the figures, as they are typed in the address.
struct FigureFilters: Sendable {
    var state: FormState
    /// Nil when what was typed makes no question.
    let query: FigureQuery?

    /// - Parameter today: the usual months end there, unless others are asked for.
    init(_ form: FormState, today: CivilDate) {
        var state = form
        let grain = Grain(rawValue: form.value("by")) ?? .month
        do {
            var query = try Self.query(form, grain, today)
            query.organization = try Self.id("organization", form)
            query.service = try Self.id("service", form)
            query.reason = try Self.id("reason", form)
            self.query = query
            let shown = [
                "by": grain.rawValue, "from": "\(query.dates.lowerBound)", "to": "\(query.dates.upperBound.adding(days: -1))",
            ]
            state.form = Form(state.form.fields.merging(shown.mapValues { [$0] }) { $1 })
        } catch let refusal as Refusal {
            query = nil
            state = FormState(form.form, refused: refusal)
        } catch {
            query = nil
        }
        self.state = state
    }

    private static func query(_ form: FormState, _ grain: Grain, _ today: CivilDate) throws -> FigureQuery {
        let usual = try FigureQuery.usual(grain, today: today)
        let from = try date("from", form) ?? usual.dates.lowerBound
        return try FigureQuery(grain, from: from, to: try date("to", form) ?? max(from, usual.dates.upperBound.adding(days: -1)))
    }

    private static func date(_ name: String, _ form: FormState) throws -> CivilDate? {
        let text = form.form.text(name)
        if text.isEmpty { return nil }
        guard let date = CivilDate(text), (1990...2200).contains(date.year) else {
            throw Refusal.field(name, "invalid-date", "Donnez une date, comme 2026-11-02.")
        }
        return date
    }

    private static func id<Entity>(_ name: String, _ form: FormState) throws -> ID<Entity>? {
        let text = form.form.text(name)
        if text.isEmpty { return nil }
        guard let id = ID<Entity>(text) else { throw Refusal.notFound }
        return id
    }
}

/// What the figures can be narrowed to.
struct FigureChoices: Sendable {
    var organizations: [Choice] = []
    var services: [Choice] = []
    var reasons: [Choice] = []

    static func load(for acting: Acting, in db: Reader) throws -> FigureChoices {
        let territory = acting.territoryID, theirs = Set(acting.organizations(with: .seeFigures))
        let organizations = try Organization.all(of: territory, in: db).filter {
            acting.canOverTerritory(.seeFigures) || theirs.contains($0.id)
        }
        let services = try Service.all(of: territory, in: db)
        let names = Dictionary(services.map { ($0.id, $0.name) }) { first, _ in first }
        return FigureChoices(
            organizations: organizations.map { Choice("\($0.id)", $0.name) }, services: services.map { Choice("\($0.id)", $0.name) },
            reasons: try Reason.all(of: territory, in: db).map { Choice("\($0.id)", "\($0.name) (\(names[$0.serviceID] ?? ""))") })
    }
}
