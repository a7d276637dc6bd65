import AsyncHTTPClient
import Core
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// One question to a gateway over HTTP, and how far it went when nothing came back.
enum WebLine {
    enum End: Sendable, Equatable {
        case answered(status: Int, body: String)
        /// It did not leave.
        case failed(Message.Cause)
        /// It may have been heard.
        case unknown(Message.Cause)
    }

    typealias Message = Core.Message

    /// For the life of the process. A gateway that leads elsewhere is not followed: the message would be told to someone else.
    private static let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)

    /// A gateway that is down says so at once: were the connection tried again until the deadline, nobody would know what had left.
    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(connecting)), decompression: .disabled)
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    /// Seconds to reach it, beside those for its answer.
    private static let connecting: Int64 = 5

    static func ask(_ request: HTTPClientRequest, seconds: Int) async -> End {
        do {
            let response = try await client.execute(request, timeout: .seconds(Int64(seconds) + connecting))
            let body = try await response.body.collect(upTo: 100_000)
            return .answered(status: Int(response.status.code), body: String(buffer: body))
        } catch {
            return end(error)
        }
    }

    private static func end(_ error: any Error) -> End {
        switch error {
        case is NIOConnectionError: .failed(.connection)
        case let error as ChannelError where error.isConnectTimeout: .failed(.timeout)
        case let error as IOError where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN].contains(error.errnoCode): .failed(.connection)
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: .failed(.tls)
        case let error as HTTPClientError where [.connectTimeout, .tlsHandshakeTimeout].contains(error): .failed(.timeout)
        case let error as HTTPClientError where [.deadlineExceeded, .readTimeout].contains(error): .unknown(.timeout)
        case let error as HTTPClientError where [.getConnectionFromPoolTimeout, .invalidURL, .emptyHost].contains(error):
            .failed(.connection)
        default: .unknown(.broken)
        }
    }

    /// As `application/x-www-form-urlencoded`.
    static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let isPlain =
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                    true
                default: false
                }
            result += isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return result
    }
}

extension ChannelError {
    fileprivate var isConnectTimeout: Bool { if case .connectTimeout = self { true } else { false } }
}
