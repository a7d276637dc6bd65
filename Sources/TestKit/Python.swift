import Foundation

/// The interpreter that runs the tests' oracles: `LIEN_PYTHON` (that of a virtual environment, say), or `python3`.
public enum Python {
    public static var chosen: String? {
        ProcessInfo.processInfo.environment["LIEN_PYTHON"]
    }

    /// When an interpreter was chosen, it must work: a missing library is then a failure, not a reason to skip.
    public static func isExpectedToWork(with library: String) -> Bool {
        chosen != nil || (try? run(["-c", "import \(library)"], input: Data())) != nil
    }

    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// What the program prints when it is given `input`. Both go through files: a pipe that nobody empties blocks.
    public static func run(_ arguments: [String], input: Data) throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["in", "out", "error"].map { folder.appending(path: $0) }
        try input.write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [chosen ?? "python3"] + arguments
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
        }
        return try Data(contentsOf: files[1])
    }

    /// A script of the folder `oracle` of a target of tests.
    public static func script(_ name: String, of target: String) -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return root.appending(path: "Tests/\(target)/oracle/\(name)").path
    }
}
