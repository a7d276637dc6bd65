import CXlsxWriter
import Foundation

/// A workbook written row by row to a file, in constant memory (libxlsxwriter).
///
/// Not `Sendable`: it is filled by the task that made it.
final class Workbook {
    /// A sheet ends there: what is longer goes on in another.
    static let longest = 1_048_576

    let file: URL
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private var row: UInt32 = 0
    private var isClosed = false
    private let bold: UnsafeMutablePointer<lxw_format>?
    private let percent: UnsafeMutablePointer<lxw_format>?
    private let decimal: UnsafeMutablePointer<lxw_format>?

    struct Failed: Error {}

    init() throws {
        file = FileManager.default.temporaryDirectory.appending(path: "lien-\(UUID().uuidString).xlsx")
        var options = lxw_workbook_options()
        options.constant_memory = 1
        guard let made = workbook_new_opt(file.path, &options) else { throw Failed() }
        workbook = made
        bold = workbook_add_format(made)
        format_set_bold(bold)
        percent = workbook_add_format(made)
        format_set_num_format(percent, "0.0%")
        decimal = workbook_add_format(made)
        format_set_num_format(decimal, "0.0")
    }

    deinit {
        if !isClosed { workbook_close(workbook) }
        try? FileManager.default.removeItem(at: file)
    }

    /// - Parameter name: cut and cleaned to what a sheet may be called.
    func begin(_ name: String, columns: [String]) {
        let allowed = name.filter { !"[]:*?/\\'".contains($0) }
        sheet = workbook_add_worksheet(workbook, String(allowed.prefix(31)))
        row = 0
        worksheet_set_column(sheet, 0, UInt16(max(columns.count, 1) - 1), 18, nil)
        worksheet_freeze_panes(sheet, 1, 0)
        for (index, label) in columns.enumerated() { worksheet_write_string(sheet, 0, UInt16(index), label, bold) }
        row = 1
    }

    var isFull: Bool { row >= Self.longest }

    func add(_ cells: [FigureSheet.Cell]) {
        for (index, cell) in cells.enumerated() { write(cell, UInt16(index)) }
        row += 1
    }

    /// Texts are never formulas: they are written as texts.
    private func write(_ cell: FigureSheet.Cell, _ column: UInt16) {
        switch cell {
        case .text(let text): worksheet_write_string(sheet, row, column, text, nil)
        case .count(let number): worksheet_write_number(sheet, row, column, Double(number), nil)
        case .share(let share): if let share { worksheet_write_number(sheet, row, column, share, percent) }
        case .days(let days): if let days { worksheet_write_number(sheet, row, column, days, decimal) }
        case .hidden: worksheet_write_string(sheet, row, column, "moins de 11", nil)
        }
    }

    /// Ends the file and opens it for reading; its name is gone at once, whatever becomes of who reads it.
    func finish() throws -> FileHandle {
        isClosed = true
        guard workbook_close(workbook) == LXW_NO_ERROR else { throw Failed() }
        let handle = try FileHandle(forReadingFrom: file)
        try FileManager.default.removeItem(at: file)
        return handle
    }
}
