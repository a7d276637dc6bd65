import Core
import CurlShim
import Dispatch
import Foundation
import Synchronization

/// Une boîte de retour, read by IMAP.
struct ReturnMailbox: Sendable {
    /// The gateway whose e-mails come back there.
    let name: String
    let server: Server
    let address: ReturnAddress

    struct Server: Sendable, Hashable {
        let url: String
        let user: String
        let password: String
        let folder: String
        /// With `imap`, nothing is said before the line is enciphered.
        let starttls: Bool
        let authorities: String?
    }

    /// Bytes of a letter that are read: its words stand before its files, and a letter cut short is read as far as it goes.
    static let most = 1_000_000
    /// For one question.
    static let seconds = 60

    struct Failed: Error { let trouble: ReturnReading.Trouble }
}

/// A line to one mailbox, for one reading. It blocks: on a thread of its own.
final class MailboxLine: Sendable {
    private let server: ReturnMailbox.Server
    private let line: Mutex<UInt>
    private let queue = DispatchQueue(label: "lien.returns")

    init(_ server: ReturnMailbox.Server) {
        self.server = server
        line = Mutex(UInt(bitPattern: mail_line_open()))
    }

    deinit { line.withLock { mail_line_close(OpaquePointer(bitPattern: $0)) } }

    /// The mark under which numbers stand for letters (UIDVALIDITY).
    func validity() async throws -> Int64 {
        let said = String(decoding: try await ask("", "STATUS \(quotedFolder) (UIDVALIDITY)"), as: UTF8.self)
        guard let number = said.firstMatch(of: /UIDVALIDITY (\d+)/).flatMap({ Int64($0.1) }) else {
            throw ReturnMailbox.Failed(trouble: .broken)
        }
        return number
    }

    /// The numbers of the letters after one, in their order. The last letter answers to any number beyond it (RFC 9051, 9, seq-range).
    func letters(after uid: Int64) async throws -> [Int64] {
        let said = String(decoding: try await ask(folder, "UID SEARCH UID \(uid + 1):*"), as: UTF8.self)
        let numbers = said.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("* SEARCH") }
            .flatMap { $0.split(separator: " ").compactMap { Int64($0) } }
        return numbers.filter { $0 > uid }.sorted()
    }

    /// It is then marked as seen.
    func letter(_ uid: Int64) async throws -> [UInt8] { try await ask("\(folder)/;UID=\(uid);PARTIAL=0.\(ReturnMailbox.most)") }

    /// So that whoever opens the mailbox sees what is for them.
    func flag(_ uid: Int64) async throws { _ = try await ask(folder, "UID STORE \(uid) +FLAGS (\\Flagged)") }

    private var folder: String {
        "/" + (server.folder.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? server.folder)
    }

    private var quotedFolder: String { "\"\(server.folder)\"" }

    private func ask(_ path: String, _ command: String? = nil) async throws -> [UInt8] {
        let (end, bytes) = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.answer(path, command)) }
        }
        if let trouble = Self.trouble(end) { throw ReturnMailbox.Failed(trouble: trouble) }
        return bytes
    }

    private func answer(_ path: String, _ command: String?) -> (mail_end, [UInt8]) {
        let texts = [server.url + path, server.user, server.password, server.authorities, command]
        return line.withLock { line in
            MailGateway.withTexts(texts) { texts in
                var question = mailbox_question(
                    url: texts[0], user: texts[1], password: texts[2], starttls: server.starttls ? 1 : 0, authorities: texts[3],
                    connect_ms: 10_000, whole_ms: ReturnMailbox.seconds * 1000, command: texts[4], most: ReturnMailbox.most)
                let answer = mail_line_ask(OpaquePointer(bitPattern: line), &question)
                defer { free(answer.bytes) }
                return (answer.end, Array(UnsafeBufferPointer(start: answer.bytes, count: answer.length)))
            }
        }
    }

    private static func trouble(_ end: mail_end) -> ReturnReading.Trouble? {
        switch end {
        case mail_taken: nil
        case mail_unreachable: .connection
        case mail_timeout: .timeout
        case mail_tls: .tls
        case mail_credentials: .credentials
        default: .broken
        }
    }
}
