import ArgumentParser
import Foundation

struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the version, and the commit when it is known.")

    static let number = "0.1.0"

    func run() {
        Terminal.say("lien \(Self.number)" + (Commit.current.map { " (\($0))" } ?? ""))
    }
}

/// The commit that a binary still standing in its checkout was built from.
enum Commit {
    static var current: String? {
        var folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path.count > 1 {
            if let commit = commit(in: folder.appending(path: ".git")) { return String(commit.prefix(12)) }
            folder.deleteLastPathComponent()
        }
        return nil
    }

    private static func commit(in git: URL) -> String? {
        guard let head = line(git.appending(path: "HEAD")) else { return nil }
        guard head.hasPrefix("ref: ") else { return head }
        let name = String(head.dropFirst("ref: ".count))
        return line(git.appending(path: name)) ?? packed(name, in: git)
    }

    private static func packed(_ name: String, in git: URL) -> String? {
        let refs = try? String(contentsOf: git.appending(path: "packed-refs"), encoding: .utf8)
        return refs?.split(separator: "\n").first { $0.hasSuffix(" \(name)") }.map { String($0.prefix(40)) }
    }

    private static func line(_ url: URL) -> String? {
        (try? String(contentsOf: url, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
