import Core
import Hummingbird
import NIOCore
import Scheduling
import Store

/// The list of appointments as a file, one day in memory at a time.
struct AppointmentFile: Sendable {
    let list: AppointmentList
    let store: Store
    let zone: Zone

    private var columns: [String] {
        ["Date", "Heure", "Minutes", "Organisation", "Service", "Motif", "Moyen", "Lieu", "Statut", "Pris le", "Pris par"]
            + (list.namesAgents ? ["Agent"] : []) + ["Rendez-vous"]
    }

    private func cells(_ line: AppointmentList.Line) -> [FigureSheet.Cell] {
        let start = zone.civil(line.startsAt), created = zone.civil(line.createdAt)
        return [
            .text(start.date.description), .text(ClockTime.text(start.minute)), .count(line.minutes), .text(line.organization),
            .text(line.service), .text(line.reason), .text(line.how.label), .text(line.site ?? ""), .text(line.status.label),
            .text(created.date.description), .text(line.origin.label),
        ] + (list.namesAgents ? [.text(line.agent ?? "")] : []) + [.text(line.appointment.description)]
    }

    func csv(_ name: String) -> Response {
        FileAnswer.response(
            name, .csv,
            ResponseBody { writer in
                try await writer.write(ByteBuffer(string: SheetText.mark + SheetText.line(columns.map { .text($0) })))
                for day in list.days {
                    let lines = try await store.read { db in try list.lines(of: day, in: db) }
                    guard !lines.isEmpty else { continue }
                    try await writer.write(ByteBuffer(string: lines.map { SheetText.line(cells($0)) }.joined()))
                }
                try await writer.finish(nil)
            })
    }

    /// Written whole to a file without a name before its first byte is sent: a workbook begins with what is known at its end.
    func xlsx(_ name: String) async throws -> Response {
        let workbook = try Workbook()
        var sheets = 1
        workbook.begin("Rendez-vous", columns: columns)
        for day in list.days {
            try Task.checkCancellation()
            for line in try await store.read({ db in try list.lines(of: day, in: db) }) {
                if workbook.isFull {
                    sheets += 1
                    workbook.begin("Rendez-vous \(sheets)", columns: columns)
                }
                workbook.add(cells(line))
            }
        }
        return FileAnswer.response(name, .xlsx, FileAnswer.body(of: try workbook.finish()))
    }
}
