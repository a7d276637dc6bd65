import Core
import Crypto
import Foundation

/// The file that describes what carries messages (LIEN_GATEWAYS): see docs/operations.md.
struct GatewayFile: Codable, Sendable {
    var gateways: [Entry]

    struct Entry: Codable, Sendable {
        var name: String
        var channel: Channel
        var kind: Kind
        /// Its share of what leaves, beside the others of its channel.
        var weight: Int?
        /// Seconds for one whole sending.
        var timeout: Int?
        var url: String?
        var user: String?
        var password: String?
        /// E-mail: the address that writes.
        var from: String?
        /// E-mail: `starttls`, `implicit` or `none`; what the address says, unless given.
        var tls: TLS?
        /// E-mail: a file of certificates to trust, beside the system's.
        var authorities: String?
        /// E-mail: the mailbox where what comes back is read.
        var returns: Returns?
        /// SMS: up to eleven letters or digits, or a number of five digits.
        var sender: String?
        /// A folder that receives a file a message, for development.
        var folder: String?
        /// A program of someone else's: what is asked of it, and how to read its answer.
        var method: String?
        var headers: [String: String]?
        var form: [String: String]?
        var json: JSONTemplate?
        var answer: HTTPGateway.Reading?
        /// It knows `{id}`, and sends nothing twice under one.
        var repeatable: Bool?
    }

    enum Channel: String, Codable, Sendable { case sms, email }
    enum Kind: String, Codable, Sendable { case smtp, kannel, http, folder }
    enum TLS: String, Codable, Sendable { case starttls, implicit, none }
}

extension GatewayFile {
    static let none = GatewayFile(gateways: [])

    /// - Throws: ``Failure`` that names the setting, and the gateway that cannot be used.
    static func read(_ path: String) throws -> GatewayFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure.setting("LIEN_GATEWAYS", "the file \(path) cannot be read")
        }
        let file: GatewayFile
        do { file = try JSONDecoder().decode(GatewayFile.self, from: data) } catch let error as DecodingError {
            throw Failure.setting("LIEN_GATEWAYS", "\(path) is not a list of gateways: \(error.place)")
        }
        guard Set(file.gateways.map(\.name)).count == file.gateways.count else {
            throw Failure.setting("LIEN_GATEWAYS", "two gateways have one name")
        }
        for entry in file.gateways { _ = try entry.gateway(receipts: nil, returns: nil) }
        return file
    }

    /// What they stand for.
    /// - Parameters:
    ///   - receipts: makes the address where a gateway says what became of a message.
    ///   - key: signs the addresses to which e-mails come back.
    func made(receipts: Receipts?, key: SymmetricKey? = nil) throws -> [(gateway: any Gateway, weight: Int)] {
        try gateways.map { (try $0.gateway(receipts: receipts, returns: key), $0.weight ?? 1) }
    }
}

extension DecodingError {
    /// Where it is wrong, and never what stands there: it may be secret.
    fileprivate var place: String {
        let context: DecodingError.Context? =
            switch self {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): context
            case .keyNotFound(let key, let context):
                DecodingError.Context(codingPath: context.codingPath + [key], debugDescription: "")
            @unknown default: nil
            }
        let path = context?.codingPath.map { $0.intValue.map { String($0) } ?? $0.stringValue }.joined(separator: ".") ?? ""
        return path.isEmpty ? "it is not JSON of that shape" : "look at \(path)"
    }
}
