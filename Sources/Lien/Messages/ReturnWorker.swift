import Core
import Logging
import Scheduling
import ServiceLifecycle
import Store

/// Reads the return mailboxes that are due, each by one worker among all nodes.
struct ReturnWorker: Sendable {
    let store: Store
    let mailboxes: [ReturnMailbox]
    let logger: Logger
    let now: @Sendable () -> Instant

    func work() async throws {
        for mailbox in mailboxes {
            try Task.checkCancellation()
            let reading = try await ReturnReading.take(mailbox.name, at: mailbox.address.pattern, now: now(), in: store)
            guard let reading else { continue }
            try await reading.end(try await read(mailbox, reading), at: now(), in: store)
        }
    }

    /// - Returns: what stopped it.
    private func read(_ mailbox: ReturnMailbox, _ reading: ReturnReading) async throws -> ReturnReading.Trouble? {
        let line = MailboxLine(mailbox.server)
        do {
            let validity = try await line.validity()
            for uid in try await line.letters(after: validity == reading.validity ? reading.lastUID : 0) {
                guard !Task.isCancelled, !Task.isShuttingDownGracefully else { break }
                let mail = ReturnedMail(try await line.letter(uid))
                let found = ReturnReading.Found(
                    validity: validity, uid: uid, delivery: mail.flatMap { mailbox.address.delivery($0) }, mail: mail)
                guard let kind = try await reading.record(found, at: now(), in: store) else { break }
                if kind == .unknown { try await line.flag(uid) }
            }
            return nil
        } catch let failed as ReturnMailbox.Failed {
            logger.warning(
                "a return mailbox cannot be read", metadata: ["gateway": "\(mailbox.name)", "trouble": "\(failed.trouble.rawValue)"])
            return failed.trouble
        }
    }
}
