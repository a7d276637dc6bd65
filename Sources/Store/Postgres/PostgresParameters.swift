import CPostgres
import Foundation

/// The values of one execution in binary format, side by side in one buffer.
struct PostgresParameters {
    private(set) var types: [Oid] = []
    private var bytes: [UInt8] = []
    private var starts: [Int] = []
    private var lengths: [Int32] = []

    init(_ parameters: [Parameter]) throws {
        types.reserveCapacity(parameters.count)
        starts.reserveCapacity(parameters.count)
        lengths.reserveCapacity(parameters.count)
        bytes.reserveCapacity(24 * parameters.count)
        for parameter in parameters {
            types.append(PostgresType.of(parameter))
            let start = bytes.count
            if case .null = parameter.value { starts.append(-1) } else { starts.append(start) }
            try append(parameter.value)
            lengths.append(Int32(bytes.count - start))
        }
        // A value of no length at the end still needs an address.
        bytes.append(0)
    }

    /// Hands over what `PQexecPrepared` wants: count, values, lengths, formats.
    func withPointers<T>(
        _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> T
    ) -> T {
        guard !types.isEmpty else { return body(0, nil, nil, nil) }
        return bytes.withUnsafeBytes { bytes in
            let base = bytes.assumingMemoryBound(to: CChar.self).baseAddress
            let values = starts.map { start in start < 0 ? nil : base.map { $0 + start } }
            let formats = [Int32](repeating: 1, count: types.count)
            return body(Int32(types.count), values, lengths, formats)
        }
    }

    private mutating func append(_ value: SQLValue) throws {
        switch value {
        case .null: break
        case .bool(let bool): bytes.append(bool ? 1 : 0)
        case .integer(let integer): append(bigEndian: integer.bigEndian)
        case .real(let real): append(bigEndian: real.bitPattern.bigEndian)
        case .text(let text): try append(text)
        case .blob(let blob): bytes += blob
        case .uuid(let uuid): withUnsafeBytes(of: uuid.uuid) { bytes.append(contentsOf: $0) }
        }
    }

    private mutating func append(bigEndian number: some FixedWidthInteger) {
        withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
    }

    private mutating func append(_ text: String) throws {
        var text = text
        try text.withUTF8 { utf8 in
            if let start = utf8.baseAddress, memchr(start, 0, utf8.count) != nil { throw StoreError.nulInText }
            bytes.append(contentsOf: utf8)
        }
    }
}
