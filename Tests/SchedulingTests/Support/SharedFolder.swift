import Foundation

/// The folder of open data beside the project: `LIEN_SHARED`, or `../shared` from the package's root.
enum SharedFolder {
    static var url: URL {
        if let path = ProcessInfo.processInfo.environment["LIEN_SHARED"] { return URL(filePath: path) }
        let root = (1...4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        return root.deletingLastPathComponent().appending(path: "shared")
    }

    static var exists: Bool {
        FileManager.default.fileExists(atPath: url.path)
    }
}
