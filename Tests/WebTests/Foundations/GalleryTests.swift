import Foundation
import Testing

@testable import Web

@Suite("Pages stand well")
struct GalleryTests {
    private func rendered(_ page: any Page) throws -> String {
        Layout(page: page, frame: Gallery.frame, nonce: "n", notice: "Rendez-vous pris.", assets: try Assets()).html.text
    }

    @Test(
        "one title, unique ids, every label and description leads somewhere, no inline style or script", arguments: Gallery.pages.map(\.0))
    func structure(name: String) throws {
        let page = try #require(Gallery.pages.first { $0.0 == name }?.1)
        let html = try rendered(page)
        #expect(html.matches(of: /<h1>/).count == 1)
        let ids = html.matches(of: /\ id="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        let targets = html.matches(of: /\ (?:for|aria-labelledby)="([^"]+)"/).map { String($0.1) }
        let descriptions = html.matches(of: /aria-describedby="([^"]+)"/).flatMap { $0.1.split(separator: " ").map(String.init) }
        for target in targets + descriptions { #expect(ids.contains(target), "\(target)") }
        #expect(!html.contains(" style=") && !html.contains(" onclick") && html.matches(of: /<script[^>]*>[^<]/).isEmpty)
        #expect(!html.contains("missing"))
        try write(html, name)
    }

    /// For a browser, with the assets beside them.
    private func write(_ html: String, _ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["LIEN_GALLERY"] else { return }
        let local = html.replacing(/\/assets\/([\w.]+)\?v=[\w-]+/) { String($0.1) }
        try local.write(toFile: folder + "/\(name).html", atomically: true, encoding: .utf8)
        for file in ["lien.css", "lien.js", "search.js", "events.js", "icon.svg"] {
            try Assets().contents(file)?.write(toFile: folder + "/" + file, atomically: true, encoding: .utf8)
        }
    }
}
