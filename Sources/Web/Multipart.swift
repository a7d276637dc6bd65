import Core
import Hummingbird
import MimeShim

/// A form with a file (`multipart/form-data`, RFC 7578), read by GMime: what is no such form, or is cut short, is refused.
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
        guard let form = mime_form_read(type, body, body.count, Self.most) else { throw Refusal.unreadable }
        defer { mime_form_free(form) }
        guard Self.isWhole(body, String(cString: mime_form_boundary(form))) else { throw Refusal.unreadable }
        parts = (0..<mime_form_count(form)).map { Self.part($0, of: form) }
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
    /// A body has a few fields and a file or two.
    private static let most = 100

    /// The last line of the boundary, and nothing but a line end after it: a body cut short has none.
    private static func isWhole(_ body: [UInt8], _ boundary: String) -> Bool {
        let line = Array("--\(boundary)".utf8), last = line + Array("--".utf8)
        let end = body.suffix(2) == [0x0D, 0x0A] ? body.dropLast(2) : body[...]
        return body.starts(with: line) && end.suffix(last.count) == last[...]
    }

    private static func part(_ index: Int, of form: OpaquePointer) -> Part {
        var length = 0
        let bytes = mime_form_bytes(form, index, &length)
        return Part(
            name: text(mime_form_name(form, index)) ?? "", filename: text(mime_form_filename(form, index)),
            bytes: Array(UnsafeBufferPointer(start: bytes, count: length)))
    }

    /// Browsers write `"` as %22 (WHATWG, multipart form data).
    private static func text(_ bytes: UnsafePointer<CChar>?) -> String? {
        bytes.map { String(cString: $0).replacing("%22", with: "\"") }
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
