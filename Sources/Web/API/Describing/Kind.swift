import Core
import Foundation
import Scheduling

/// A kind of value: what the description says of it, how it is read and how it is written.
struct Kind<Value: Sendable>: Sendable {
    let schema: JSONSchema
    /// Reads what ``schema`` has found right.
    let read: @Sendable (JSONValue) -> Value?
    let write: @Sendable (Value, inout JSONWriter) -> Void
}

extension Kind where Value == String {
    static func text(_ rule: TextRule) -> Kind {
        Kind(schema: .text(rule), read: { $0.text }, write: { $1.text($0) })
    }

    static func line(_ length: ClosedRange<Int>) -> Kind { text(.line(length)) }
    static func lines(_ length: ClosedRange<Int>) -> Kind { text(.lines(length)) }
}

extension Kind where Value == Int {
    static func integer(_ range: ClosedRange<Int>) -> Kind {
        Kind(schema: .integer(range), read: { $0.wholeNumber }, write: { $1.integer($0) })
    }
}

extension Kind {
    static func nullable<Wrapped>(_ kind: Kind<Wrapped>) -> Kind where Value == Wrapped? {
        Kind(
            schema: .nullable(kind.schema), read: { value in value == .null ? .some(nil) : kind.read(value).map(Optional.some) },
            write: { value, writer in
                if let value { kind.write(value, &writer) } else { writer.null() }
            })
    }

    static func list<Item>(_ kind: Kind<Item>, _ count: ClosedRange<Int> = 0...10_000) -> Kind where Value == [Item] {
        Kind(
            schema: .list(kind.schema, count), read: { value in value.array?.compactMap(kind.read) },
            write: { items, writer in writer.list(items, kind.write) })
    }
}

/// A type that is always written one way.
protocol Plain: Sendable {
    static var kind: Kind<Self> { get }
}

extension Bool: Plain {
    static let kind = Kind<Bool>(schema: .boolean, read: { $0.boolean }, write: { $1.boolean($0) })
}

extension ID: Plain {
    static var kind: Kind<ID> { Kind(schema: .text(.uuid), read: { $0.text.flatMap { ID($0) } }, write: { $1.text($0.description) }) }
}

extension CivilDate: Plain {
    static let kind = Kind<CivilDate>(
        schema: .text(.date), read: { $0.text.flatMap { CivilDate($0) } }, write: { $1.text($0.description) })
}

extension Instant: Plain {
    static let kind = Kind<Instant>(
        schema: .text(.instant), read: { $0.text.flatMap { Instant(rfc3339: $0) } }, write: { $1.text($0.rfc3339) })
}

extension Optional: Plain where Wrapped: Plain {
    static var kind: Kind<Wrapped?> { .nullable(Wrapped.kind) }
}

extension Plain where Self: CaseIterable & RawRepresentable<String> {
    static var kind: Kind<Self> {
        Kind(
            schema: .choice(allCases.map(\.rawValue)), read: { $0.text.flatMap { Self(rawValue: $0) } },
            write: { $1.text($0.rawValue) })
    }
}
