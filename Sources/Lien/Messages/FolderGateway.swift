import Core
import Foundation

/// Writes each message as a file, for development: nobody is disturbed.
struct FolderGateway: Gateway {
    let carrier: Sending.Carrier
    let folder: URL

    func send(_ sending: Sending) async -> Delivery.Answer {
        let start = ContinuousClock.now
        let file = folder.appending(path: "\(sending.id).txt")
        // Written already by a worker that died before it could say so: that one counts.
        if FileManager.default.fileExists(atPath: file.path) { return answer(.handed, sending, start) }
        let head = ["À : \(sending.recipient)", "De : \(sending.from)", "Objet : \(sending.rendered.subject)"]
        let lines = head + ["", sending.rendered.text, ""]
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(lines.joined(separator: "\n").utf8).write(to: file, options: .atomic)
            return answer(.handed, sending, start)
        } catch {
            return Delivery.Answer(.failed, .connection, milliseconds: start.elapsed)
        }
    }

    private func answer(_ outcome: Delivery.Outcome, _ sending: Sending, _ start: ContinuousClock.Instant) -> Delivery.Answer {
        Delivery.Answer(outcome, reference: sending.id.description, milliseconds: start.elapsed)
    }
}
