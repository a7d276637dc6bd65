/// The positions of a result's columns, by name: `starts_at` also answers to `startsAt`.
final class ColumnNames {
    private(set) var index: [String: Int] = [:]

    init(_ row: Row) {
        for position in (0..<Int(row.count)).reversed() {
            let name = row.columnName(position)
            index[name] = position
            index[Self.camelCase(name)] = position
        }
    }

    private static func camelCase(_ name: String) -> String {
        let words = name.split(separator: "_")
        guard let first = words.first else { return name }
        return first + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

extension Row {
    func decode<T: Decodable>(_ type: T.Type, _ names: ColumnNames) throws -> T {
        if let readable = type as? any SQLReadable.Type { return try RowDecoder.read(readable, cell(0)) }
        return try T(from: RowDecoder(row: self, names: names, codingPath: []))
    }

    func columnName(_ position: Int) -> String {
        switch source {
        case .sqlite(let statement): SQLiteCell.name(statement, Int32(position))
        case .postgres(let result, _): PostgresCell.name(result, Int32(position))
        }
    }
}

/// Decodes a `Decodable` from a row: each property from the column of its name.
struct RowDecoder: Decoder {
    let row: Row
    let names: ColumnNames
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Columns<Key>(row: row, names: names, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Self.mismatch("a list", codingPath) }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { CellDecoder(cell: try row.cell(0), codingPath: codingPath) }

    /// Reads a cell as a type known only at run time.
    static func read<T>(_ readable: any SQLReadable.Type, _ cell: Cell) throws -> T {
        guard let value = try readable.read(cell) as? T else { throw mismatch("\(T.self)", []) }
        return value
    }

    static func mismatch(_ what: String, _ path: [any CodingKey]) -> DecodingError {
        .typeMismatch(Row.self, .init(codingPath: path, debugDescription: "a row holds no \(what)"))
    }
}

/// The columns of a row as a keyed container.
private struct Columns<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let row: Row
    let names: ColumnNames
    let codingPath: [any CodingKey]
    var allKeys: [Key] { names.index.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { names.index[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try cell(key).isNull }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try CellDecoder(cell: cell(key), codingPath: codingPath + [key]).decode(type)
    }

    // The plain types need no look at what they conform to.
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try .read(cell(key)) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try .read(cell(key)) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try .read(cell(key)) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try .read(cell(key)) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try .read(cell(key)) }

    func nestedContainer<N: CodingKey>(keyedBy: N.Type, forKey key: Key) throws -> KeyedDecodingContainer<N> {
        throw RowDecoder.mismatch("object", codingPath + [key])
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw RowDecoder.mismatch("list", codingPath + [key])
    }

    func superDecoder() throws -> any Decoder { RowDecoder(row: row, names: names, codingPath: codingPath) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try superDecoder() }

    private func cell(_ key: Key) throws -> Cell {
        guard let position = names.index[key.stringValue] else {
            throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "no column for \(key.stringValue)"))
        }
        return try row.cell(position)
    }
}

/// One cell as a single value.
private struct CellDecoder: SingleValueDecodingContainer, Decoder {
    let cell: Cell
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw RowDecoder.mismatch("object in one cell", codingPath)
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw RowDecoder.mismatch("list in one cell", codingPath) }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
    func decodeNil() -> Bool { cell.isNull }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if let readable = type as? any SQLReadable.Type { return try RowDecoder.read(readable, cell) }
        return try T(from: self)
    }
}
