import Core
import Hummingbird

/// A form with a file (`multipart/form-data`, RFC 7578), read strictly: anything it does not expect is refused.
struct Multipart: Sendable {
    struct Part: Sendable, Equatable {
        let name: String
        /// As the sender's machine calls it; nothing for a plain field.
        let filename: String?
        let bytes: [UInt8]
    }

    let parts: [Part]

    /// - Parameter type: the request's `Content-Type`.
    /// - Throws: ``Core/Refusal/unreadable``.
    init(_ body: [UInt8], type: String) throws {
        guard let boundary = Self.boundary(type) else { throw Refusal.unreadable }
        parts = try Self.split(body, Array("--\(boundary)".utf8)).map(Self.part)
    }

    /// The plain fields, as those of any form.
    var form: Form {
        get throws {
            var fields: [String: [String]] = [:]
            for part in parts where part.filename == nil {
                guard let text = String(validating: part.bytes, as: UTF8.self), !text.contains("\0") else { throw Refusal.invalidText }
                fields[part.name, default: []].append(text)
            }
            return Form(fields)
        }
    }

    func file(_ name: String) -> Part? { parts.first { $0.name == name && $0.filename != nil } }
}

extension Multipart {
    private static func boundary(_ type: String) -> String? {
        let pieces = type.split(separator: ";").map { $0.trimmingPrefix(while: \.isWhitespace) }
        guard pieces.first?.lowercased() == "multipart/form-data" else { return nil }
        let value = pieces.dropFirst().first { $0.lowercased().hasPrefix("boundary=") }?.dropFirst("boundary=".count)
        let boundary = (value.map { String($0).trimmed } ?? "").filter { $0 != "\"" }
        return (1...70).contains(boundary.utf8.count) ? boundary : nil
    }

    private static let lineEnd: [UInt8] = [0x0D, 0x0A]

    /// What stands between two lines of the boundary; the last line ends with `--`.
    private static func split(_ body: [UInt8], _ boundary: [UInt8]) throws -> [ArraySlice<UInt8>] {
        guard body.starts(with: boundary) else { throw Refusal.unreadable }
        var parts: [ArraySlice<UInt8>] = []
        var rest = body.dropFirst(boundary.count)
        let next = lineEnd + boundary
        while !rest.starts(with: Array("--".utf8)) {
            guard rest.starts(with: lineEnd), parts.count < 100, let end = find(next, in: rest.dropFirst(lineEnd.count)) else {
                throw Refusal.unreadable
            }
            parts.append(rest[(rest.startIndex + lineEnd.count)..<end])
            rest = rest[(end + next.count)...]
        }
        return parts
    }

    private static func part(_ bytes: ArraySlice<UInt8>) throws -> Part {
        guard let end = find(lineEnd + lineEnd, in: bytes), let head = String(validating: bytes[..<end], as: UTF8.self) else {
            throw Refusal.unreadable
        }
        let header = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition:") } ?? ""
        guard let name = parameter("name", of: String(header)) else { throw Refusal.unreadable }
        return Part(name: name, filename: parameter("filename", of: String(header)), bytes: Array(bytes[(end + 4)...]))
    }

    /// `; name="value"`: browsers write `"` as %22 (WHATWG, multipart form data).
    private static func parameter(_ name: String, of header: String) -> String? {
        guard let start = header.firstRange(of: "; \(name)=\"")?.upperBound else { return nil }
        return String(header[start...].prefix { $0 != "\"" }).replacing("%22", with: "\"")
    }

    /// Boundaries are rare and long: their last byte is looked for first (Horspool), so that a large file is read in one pass.
    private static func find(_ needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= needle.count, let last = needle.indices.last else { return nil }
        var skips = [Int](repeating: needle.count, count: 256)
        for (index, byte) in needle.dropLast().enumerated() { skips[Int(byte)] = last - index }
        let found = bytes.withUnsafeBufferPointer { bytes -> Int? in
            var start = 0
            while start + last < bytes.count {
                if bytes[start + last] == needle[last], needle.indices.allSatisfy({ bytes[start + $0] == needle[$0] }) { return start }
                start += skips[Int(bytes[start + last])]
            }
            return nil
        }
        return found.map { $0 + bytes.startIndex }
    }
}

extension Request {
    /// A form with a file, as large as its address lets through (``BodyMiddleware``).
    func multipart() async throws -> Multipart {
        guard let type = headers[.contentType], isMultipart else { throw Answer.unsupportedType }
        let body = try await body.collect(upTo: ImportFile.largest + Form.maximumSize)
        return try Multipart(Array(body.readableBytesView), type: type)
    }

    var isMultipart: Bool { headers[.contentType]?.lowercased().hasPrefix("multipart/form-data") ?? false }
}
