import Foundation
import Glibc

/// One kept-alive HTTP/1.1 connection to this machine: as little of a client as can be, so that the server is what is measured.
struct LoopbackClient: ~Copyable {
    struct Answer {
        let status: Int
        let body: [UInt8]
    }

    private let socket: Int32
    private let headers: String

    /// - Parameter headers: lines sent with each request, each ended by `\r\n`.
    init(port: Int, headers: String) throws {
        self.headers = headers
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Loopback.address(port: port)
        let connected = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard connected == 0 else { throw BenchFailure("the server on port \(port) does not answer") }
        var yes: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(socket) }

    func get(_ path: String) throws -> Answer {
        try send("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(headers)\r\n")
        return try answer()
    }

    /// - Parameter form: already encoded.
    func post(_ path: String, form: String) throws -> Answer {
        let type = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n"
        try send("POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(headers)\(type)\r\n\(form)")
        return try answer()
    }

    private func answer() throws -> Answer {
        var received: [UInt8] = []
        let head = try receiveHead(&received)
        guard let status = head.status, let length = head.length else { throw BenchFailure("the server's answer has no length") }
        while received.count < head.size + length { try receive(&received) }
        return Answer(status: status, body: Array(received[head.size...]))
    }

    private func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard write(socket, bytes, bytes.count) == bytes.count else { throw BenchFailure("the server hung up") }
    }

    private func receive(_ received: inout [UInt8]) throws {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(socket, &buffer, buffer.count)
        guard count > 0 else { throw BenchFailure("the server hung up") }
        received += buffer[..<count]
    }

    private func receiveHead(_ received: inout [UInt8]) throws -> (size: Int, status: Int?, length: Int?) {
        while true {
            try receive(&received)
            guard let end = received.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
            let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
            let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
            let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            return (end.upperBound, status, length.flatMap { Int($0.dropFirst("content-length:".count).filter { $0 != " " }) })
        }
    }
}

/// Addresses of this machine.
enum Loopback {
    /// - Parameter port: 0 for any.
    static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return address
    }

    /// A port that nobody listens on.
    static func freePort() throws -> Int {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = address(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let found = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0 }
        }
        guard found else { throw BenchFailure("no port is free") }
        return Int(in_port_t(bigEndian: address.sin_port))
    }
}
