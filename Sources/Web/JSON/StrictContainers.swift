import Core

struct StrictKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: StrictDecoder
    let object: [String: JSONValue]

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { object.keys.compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }
    func decodeNil(forKey key: Key) -> Bool { object[key.stringValue].map { $0 == .null } ?? true }

    private func at(_ key: Key) throws -> StrictDecoder {
        guard let value = object[key.stringValue] else {
            throw decoder.nested(key.stringValue).refusal("missing-field", "Ce champ est obligatoire.")
        }
        return decoder.nested(key.stringValue, value)
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try at(key).boolean() }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try at(key).text() }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try at(key).number() }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { Float(try at(key).number()) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try at(key).integer() }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try at(key).integer() }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try at(key).integer() }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try at(key).integer() }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try at(key).integer() }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try at(key).integer() }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try at(key).integer() }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try at(key).integer() }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try at(key).integer() }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try at(key).integer() }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try at(key).decode(type) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
        try at(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { try at(key).unkeyedContainer() }
    func superDecoder() -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { try at(key) }
}

struct StrictUnkeyedContainer: UnkeyedDecodingContainer {
    let decoder: StrictDecoder
    let array: [JSONValue]
    private(set) var currentIndex = 0

    init(decoder: StrictDecoder, array: [JSONValue]) {
        self.decoder = decoder
        self.array = array
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { array.count }
    var isAtEnd: Bool { currentIndex >= array.count }

    private mutating func next() throws -> StrictDecoder {
        guard !isAtEnd else { throw decoder.refusal("missing-field", "Il manque une valeur à cette liste.") }
        defer { currentIndex += 1 }
        return decoder.nested(String(currentIndex), array[currentIndex])
    }

    mutating func decodeNil() -> Bool {
        guard !isAtEnd, array[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().decode(type) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        try next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}

struct StrictSingleContainer: SingleValueDecodingContainer {
    let decoder: StrictDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }
    func decodeNil() -> Bool { decoder.value == .null }

    func decode(_ type: Bool.Type) throws -> Bool { try decoder.boolean() }
    func decode(_ type: String.Type) throws -> String { try decoder.text() }
    func decode(_ type: Double.Type) throws -> Double { try decoder.number() }
    func decode(_ type: Float.Type) throws -> Float { Float(try decoder.number()) }
    func decode(_ type: Int.Type) throws -> Int { try decoder.integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer() }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.decode(type) }
}
