import Foundation
import Store
import Synchronization

/// An identifier that cannot be mistaken for another entity's: a UUID version 7 (RFC 9562), so that rows made together lie together.
public struct ID<Entity>: Hashable, Sendable, Codable, SQLBindable, SQLReadable, CustomStringConvertible {
    public let uuid: UUID
    public init(_ uuid: UUID) { self.uuid = uuid }

    /// From the text of a URL or a form; `nil` when it is not a UUID.
    public init?(_ text: String) {
        guard let uuid = UUID(uuidString: text) else { return nil }
        self.uuid = uuid
    }

    public init(from decoder: any Decoder) throws { uuid = try decoder.singleValueContainer().decode(UUID.self) }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Later than all those this process made before: rows made together keep their order.
    public static func new() -> Self { Self(Ticks.next()) }
    public static func read(_ cell: Cell) throws -> Self { Self(try UUID.read(cell)) }
    public var sqlValue: SQLValue { .uuid(uuid) }
    public static var columnType: ColumnType? { .uuid }
    public var description: String { uuid.text }
}

extension ID: Comparable {
    /// The order of the bytes, which is the order of both engines: locks are taken in it.
    public static func < (left: Self, right: Self) -> Bool {
        withUnsafeBytes(of: left.uuid.uuid) { l in withUnsafeBytes(of: right.uuid.uuid) { r in l.lexicographicallyPrecedes(r) } }
    }
}

/// Milliseconds, and a count of the ids made in each (RFC 9562, 6.2, method 1).
private enum Ticks {
    private static let last = Mutex<(milliseconds: UInt64, count: UInt64)>((0, 0))

    static func next() -> UUID {
        let now = UInt64(Date().timeIntervalSince1970 * 1000)
        let (milliseconds, count) = last.withLock { last in
            if now > last.milliseconds {
                last = (now, .random(in: 0..<0x400))
            } else if last.count < 0xFFF {
                last.count += 1
            } else {
                last = (last.milliseconds + 1, 0)
            }
            return last
        }
        return .version7(milliseconds: milliseconds, random: (count, .random(in: 0 ... .max)))
    }
}

extension UUID {
    /// 48 bits of milliseconds since 1970, then 74 random bits.
    public static func version7(milliseconds: UInt64, random: (UInt64, UInt64) = (.random(in: 0 ... .max), .random(in: 0 ... .max))) -> UUID
    {
        var high = milliseconds << 16 | (random.0 & 0x0FFF) | 0x7000
        var low = random.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        high = high.bigEndian
        low = low.bigEndian
        withUnsafeMutableBytes(of: &bytes) { buffer in
            buffer.storeBytes(of: high, as: UInt64.self)
            buffer.storeBytes(of: low, toByteOffset: 8, as: UInt64.self)
        }
        return UUID(uuid: bytes)
    }
}
