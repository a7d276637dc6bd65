import CPostgres

/// The object identifiers of PostgreSQL's built-in types (pg_type.dat).
enum PostgresType {
    static let unknown: Oid = 0
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let float4: Oid = 700
    static let float8: Oid = 701
    static let numeric: Oid = 1700
    static let uuid: Oid = 2950

    /// char, name, text, json, unknown, bpchar, varchar: all are sent as their UTF-8 bytes.
    static func isText(_ type: Oid) -> Bool {
        switch type {
        case text, 18, 19, 114, 705, 1042, 1043: true
        default: false
        }
    }

    static func of(_ parameter: Parameter) -> Oid {
        switch parameter.value {
        case .null: parameter.type.map(of) ?? unknown
        case .bool: bool
        case .integer: int8
        case .real: float8
        case .text: text
        case .blob: bytea
        case .uuid: uuid
        }
    }

    private static func of(_ type: ColumnType) -> Oid {
        switch type {
        case .uuid: uuid
        case .text: text
        case .bigint: int8
        case .boolean: bool
        case .double: float8
        case .blob: bytea
        }
    }
}

/// PostgreSQL's `numeric`, which sums and averages of integers are: digits in base 10,000.
struct PostgresNumeric {
    private let digits: [Int16]
    private let weight: Int
    private let sign: UInt16

    /// - Parameter bytes: count of digits, weight of the first, sign, decimals shown, digits; two bytes each, big-endian.
    init(_ bytes: UnsafeRawBufferPointer) {
        let words = stride(from: 0, to: bytes.count, by: 2).map {
            Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Int16.self))
        }
        digits = Array(words.dropFirst(4))
        weight = Int(words[1])
        sign = UInt16(bitPattern: words[2])
    }

    /// `nil` when there is a fraction or no room in 64 bits.
    var integer: Int64? {
        guard sign == 0 || sign == 0x4000, digits.count <= weight + 1 else { return digits.isEmpty && sign == 0 ? 0 : nil }
        var total: Int64 = 0
        for position in 0...weight {
            let digit = position < digits.count ? Int64(digits[position]) : 0
            let (shifted, overflow) = total.multipliedReportingOverflow(by: 10_000)
            let (sum, over) = shifted.subtractingReportingOverflow(digit)
            guard !overflow, !over else { return nil }
            total = sum
        }
        if sign != 0 { return total }
        return total == .min ? nil : -total
    }

    var real: Double {
        guard sign == 0 || sign == 0x4000 else { return sign == 0xC000 ? .nan : (sign == 0xD000 ? .infinity : -.infinity) }
        var text = sign == 0 ? "" : "-"
        for digit in digits {
            let padded = String(digit)
            text += String(repeating: "0", count: 4 - padded.count) + padded
        }
        // Through text, because dividing by powers of ten would round twice.
        return digits.isEmpty ? 0 : Double("\(text)e\(4 * (weight + 1 - digits.count))") ?? .nan
    }
}
