import Scheduling
import Store

extension Instant: SQLBindable, SQLReadable {
    public var sqlValue: SQLValue { .integer(rawValue) }
    public static var columnType: ColumnType? { .bigint }
    public static func read(_ cell: Cell) throws -> Instant { Instant(try Int64.read(cell)) }
}

extension CivilDate: SQLBindable, SQLReadable {
    public var sqlValue: SQLValue { .text(description) }
    public static var columnType: ColumnType? { .text }
    public static func read(_ cell: Cell) throws -> CivilDate {
        let text = try String.read(cell)
        guard let date = CivilDate(text) else { throw StoreError.failed(code: "civil-date", message: "not a date in a date column") }
        return date
    }
}

extension HolidayZone: SQLBindable, SQLReadable {}
