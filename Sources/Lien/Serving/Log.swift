import Foundation
import Logging

/// Log lines on standard error: one JSON object a line, or plain text.
struct Log: LogHandler {
    let label: String
    let format: Settings.LogFormat
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level = .info

    static func start(_ settings: Settings) -> Logger {
        LoggingSystem.bootstrap { label in
            var log = Log(label: label, format: settings.logFormat)
            log.logLevel = settings.logLevel
            return log
        }
        return Logger(label: "lien")
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
        if let error = event.error { fields["error"] = "\(error)" }
        let line = format == .json ? json(event, fields) : text(event, fields)
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    private func json(_ event: LogEvent, _ fields: [String: String]) -> String {
        var object = fields
        object["time"] = Date().formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
        object["level"] = event.level.rawValue
        object["logger"] = label
        object["message"] = "\(event.message)"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private func text(_ event: LogEvent, _ fields: [String: String]) -> String {
        let rest = fields.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        return "\(Date().formatted(.iso8601)) \(event.level) \(event.message)\(rest)"
    }
}
