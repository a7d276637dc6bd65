import Foundation
import Scheduling
import Store

/// The exceptions of an opening or of an absence, read with its own row: a `LEFT JOIN` whose rows are gathered.
protocol Exceptional: Sendable {
    /// `opening` or `absence`; its exceptions are in `opening_exception` or `absence_exception`.
    static var table: SQL { get }
    static var columns: SQL { get }
    static var columnCount: Int { get }
    var id: ID<Self> { get }
    var stretch: Stretch { get set }
    init(_ row: Row) throws
}

extension Exceptional {
    static var exceptionColumns: SQL {
        """
        \(table)_exception.date, \(table)_exception.kind, \(table)_exception.to_date, \(table)_exception.from_minute,
        \(table)_exception.to_minute
        """
    }
    /// A row of it for each exception, or one.
    static var wholeColumns: SQL { "\(columns), \(exceptionColumns)" }
    static var wholeCount: Int { columnCount + 5 }

    /// After the table's own name in `FROM`.
    static var withExceptions: SQL {
        """
        LEFT JOIN \(table)_exception ON \(table)_exception.territory_id = \(table).territory_id
          AND \(table)_exception.owner_id = \(table).id
        """
    }

    /// May happen on or after a day: its pattern goes on, or one occurrence was brought there.
    static func mayHappen(from date: CivilDate) -> SQL {
        """
        (((\(table).until_date IS NULL OR \(table).until_date >= \(date)) AND (\(table).pattern <> 'once' OR \(table).first_date >= \(date)))
          OR \(table).nights > 0 OR EXISTS (SELECT 1 FROM \(table)_exception WHERE \(table)_exception.territory_id = \(table).territory_id
            AND \(table)_exception.owner_id = \(table).id
            AND coalesce(\(table)_exception.to_date, \(table)_exception.date) >= \(date)))
        """
    }

    /// Whole, in the order in which the query first gives each.
    /// - Parameter query: selects the ``wholeColumns`` first.
    static func gather(_ query: SQL, in db: Reader) throws -> [Self] {
        try gather(query, in: db) { one, _ in one }
    }

    /// The same, each made into something else with what else its first row holds.
    static func gather<T>(_ query: SQL, in db: Reader, _ make: (Self, Row) throws -> T, _ set: (inout T, Stretch) -> Void) throws -> [T] {
        var found: [(value: T, stretch: Stretch, exceptions: [CivilDate: Recurrence.Exception])] = []
        var places: [ID<Self>: Int] = [:]
        try db.forEach(query) { row in
            let id: ID<Self> = try row[0]
            if places[id] == nil {
                let one = try Self(row)
                places[id] = found.count
                found.append((try make(one, row), one.stretch, [:]))
            }
            if let place = places[id], let (date, exception) = try Recurrence.Exception.read(row, at: columnCount) {
                found[place].exceptions[date] = exception
            }
        }
        return try found.map { one in
            guard !one.exceptions.isEmpty else { return one.value }
            var value = one.value
            set(&value, try one.stretch.with(one.exceptions))
            return value
        }
    }

    static func gather(_ query: SQL, in db: Reader, _ make: (Self, Row) throws -> Self) throws -> [Self] {
        try gather(query, in: db, make) { $0.stretch = $1 }
    }

    func insertExceptions(of territory: Int64, in db: Writer) throws {
        for (date, exception) in stretch.recurrence.exceptions.sorted(by: { $0.key < $1.key }) {
            let (kind, to, minutes) = exception.stored
            try db.run(
                """
                INSERT INTO \(Self.table)_exception (territory_id, owner_id, date, kind, to_date, from_minute, to_minute)
                VALUES (\(territory), \(id), \(date), \(kind), \(to), \(minutes?.lowerBound), \(minutes?.upperBound))
                """)
        }
    }

    func deleteExceptions(of territory: Int64, in db: Writer) throws {
        try db.run("DELETE FROM \(Self.table)_exception WHERE territory_id = \(territory) AND owner_id = \(id)")
    }
}

extension Stretch {
    func with(_ exceptions: [CivilDate: Recurrence.Exception]) throws -> Stretch {
        var recurrence = recurrence
        recurrence.exceptions = exceptions
        return try Stretch(recurrence: recurrence, from: from, to: to, days: days)
    }
}

extension Recurrence.Exception {
    fileprivate var stored: (kind: String, to: CivilDate?, minutes: Range<Int>?) {
        switch self {
        case .deleted: ("deleted", nil, nil)
        case .moved(let date, let minutes): ("moved", date, minutes)
        case .cut(let minutes): ("cut", nil, minutes)
        case .added(let minutes): ("added", nil, minutes)
        }
    }

    /// - Returns: nil when the row has none.
    static func read(_ row: Row, at offset: Int) throws -> (CivilDate, Recurrence.Exception)? {
        guard let date: CivilDate = try row[offset] else { return nil }
        let kind: String = try row[offset + 1]
        if kind == "deleted" { return (date, .deleted) }
        let minutes: Range<Int> = try row[offset + 3]..<(try row[offset + 4])
        switch kind {
        case "moved": return (date, .moved(to: try row[offset + 2], minutes: minutes))
        case "cut": return (date, .cut(minutes: minutes))
        default: return (date, .added(minutes: minutes))
        }
    }
}
