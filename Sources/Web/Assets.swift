import Core
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The stylesheet, scripts and pictures: read once at the start, served for ever under an address that changes with their content.
struct Assets: Sendable {
    private let files: [String: File]

    private struct File: Sendable {
        let body: ByteBuffer
        let type: String
        let hash: String

        init(_ bytes: [UInt8], type: String) {
            body = ByteBuffer(bytes: bytes)
            self.type = type
            hash = String(Secret.base64URL(Array(SHA256.hash(data: bytes))).prefix(12))
        }
    }

    /// - Throws: when the resources that come with the binary cannot be read.
    init() throws {
        guard let folder = Bundle.module.url(forResource: "assets", withExtension: nil) else { throw CocoaError(.fileNoSuchFile) }
        var files: [String: File] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            guard let type = Self.types[String(name.split(separator: ".").last ?? "")] else { continue }
            files[name] = File(try Array(Data(contentsOf: folder.appending(path: name))), type: type)
        }
        let styles = Self.styles.compactMap { files.removeValue(forKey: $0)?.body.readableBytesView }.flatMap(Array.init)
        files["lien.css"] = File(styles + Array(AgendaStyle.css.utf8), type: Self.types["css", default: ""])
        self.files = files
    }

    /// The address of a file, with its hash; an unknown name gives an address that answers 404, which tests of pages see.
    func url(_ name: String) -> URLPath {
        Urls.asset(name, hash: files[name]?.hash ?? "missing")
    }

    func contents(_ name: String) -> String? { files[name].map { String(buffer: $0.body) } }

    /// - Throws: 404 for a name that is none.
    func response(_ name: String, hash: String?) throws -> Response {
        guard let file = files[name] else { throw Answer(.notFound) }
        // A stale hash gets today's file, but nobody may keep it under that address.
        let cache = hash == file.hash ? "public, max-age=31536000, immutable" : "no-cache"
        let headers: HTTPFields = [.contentType: file.type, .cacheControl: cache, .eTag: "\"\(file.hash)\""]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.body))
    }

    /// Joined in this order into one stylesheet.
    private static let styles = ["lien.css", "forms.css", "agenda.css", "agenda-pages.css", "booking.css", "steering.css"]

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
    ]
}
