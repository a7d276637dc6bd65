import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers that are files: sent as they are made, never held whole.
enum FileAnswer {
    enum Kind: String, Sendable {
        case csv, xlsx, pdf

        var type: String {
            switch self {
            case .csv: "text/csv; charset=utf-8"
            case .pdf: "application/pdf"
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        }
    }

    /// - Parameter name: of the file, without its ending: ASCII, nothing personal.
    static func response(_ name: String, _ kind: Kind, _ body: ResponseBody) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: kind.type, .contentDisposition: "attachment; filename=\"\(name).\(kind.rawValue)\"",
                .cacheControl: "no-store",
            ], body: body)
    }

    static func csv(_ name: String, _ sheet: FigureSheet) -> Response {
        let lines = [sheet.columns.map { FigureSheet.Cell.text($0.label) }] + sheet.rows
        let text = SheetText.mark + lines.map(SheetText.line).joined()
        return response(name, .csv, ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Several sheets, which are small: figures are hundreds of rows.
    static func workbook(_ name: String, _ sheets: [FigureSheet]) throws -> Response {
        let workbook = try Workbook()
        for sheet in sheets {
            workbook.begin(sheet.title, columns: sheet.columns.map(\.label))
            for row in sheet.rows { workbook.add(row) }
        }
        return response(name, .xlsx, body(of: try workbook.finish()))
    }

    /// What is left of an open file, in pieces.
    static func body(of handle: FileHandle) -> ResponseBody {
        ResponseBody { writer in
            while let piece = try handle.read(upToCount: 65_536), !piece.isEmpty { try await writer.write(ByteBuffer(bytes: piece)) }
            try handle.close()
            try await writer.finish(nil)
        }
    }
}
