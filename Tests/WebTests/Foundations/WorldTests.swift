import Foundation
import Testing

@testable import Web

@Suite("Network addresses")
struct NetworkAddressTests {
    @Test(
        "blocks hold what they should",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.168.1.128/25", "192.168.1.127", false),
            ("127.0.0.1", "127.0.0.1", true), ("::1/128", "::1", true), ("2001:db8::/33", "2001:db8:7fff::1", true),
            ("2001:db8::/33", "2001:db8:8000::1", false), ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "2001:db8::1", false),
            ("10.0.0.0/8", "::ffff:10.1.2.3", true),
        ])
    func blocks(block: String, address: String, isInside: Bool) throws {
        let block = try #require(AddressBlock(block))
        #expect(block.contains(try #require(NetworkAddress(address))) == isInside)
    }

    @Test("a wrong block is no block", arguments: ["10.0.0.0/33", "10.0.0/8", "", "a/8", "10.0.0.0/", "::/129", "10.0.0.0/8/8"])
    func wrong(text: String) {
        #expect(AddressBlock(text) == nil)
        #expect(AddressBlock.list("10.0.0.0/8, ::1")?.count == 2)
        #expect(AddressBlock.list("10.0.0.0/8,x") == nil)
        #expect(AddressBlock.list("") == [])
    }
}

@Suite("Rate limit")
struct RateTests {
    @Test("a burst passes, then as many as the rate allows, each address for itself")
    func bucket() throws {
        let limiter = RateLimiter(Rate(perSecond: 2, atOnce: 3))
        let one = try #require(NetworkAddress("192.0.2.1"))
        let other = try #require(NetworkAddress("192.0.2.2"))
        #expect((0..<3).allSatisfy { _ in limiter.wait(one, now: 0) == nil })
        #expect(limiter.wait(one, now: 0) == 0.5)
        #expect(limiter.wait(other, now: 0) == nil)
        #expect(limiter.wait(one, now: 0.5) == nil)
        #expect(limiter.wait(one, now: 0.6) != nil)
        #expect(limiter.wait(one, now: 60) == nil)
    }

    @Test("memory is bounded, and who is limited now stays so")
    func bounded() throws {
        let limiter = RateLimiter(Rate(perSecond: 1, atOnce: 1), capacity: 100)
        for index in 0..<1_000 {
            _ = limiter.wait(try #require(NetworkAddress("10.0.\(index / 250).\(index % 250)")), now: Double(index) / 1e6)
        }
        #expect(limiter.count <= 100)
        #expect(limiter.wait(try #require(NetworkAddress("10.0.3.249")), now: 0.001) != nil)
    }

    @Test("a subscriber of IPv6 is a /64")
    func subscriber() throws {
        #expect(NetworkAddress("2001:db8:1:2:3::1")?.subscriber == NetworkAddress("2001:db8:1:2:ffff::9")?.subscriber)
        #expect(NetworkAddress("192.0.2.1")?.subscriber != NetworkAddress("192.0.2.2")?.subscriber)
    }
}

@Suite("The territory's colour")
struct AccentTests {
    @Test(
        "any colour becomes readable in both schemes",
        arguments: ["#ffff00", "#000000", "#ffffff", "#e2001a", "#0a6b5d", "#808080", "#00a0ff"])
    func contrast(text: String) throws {
        let accent = try #require(Accent(text))
        let papers = [(accent.light, "#fbfaf8"), (accent.light, "#ffffff"), (accent.dark, "#1c222a"), (accent.dark, "#14181e")]
        for (shades, paper) in papers {
            #expect(shades.accent.contrast(with: try #require(Colour(paper))) >= 4.5)
            #expect(shades.accent.contrast(with: shades.wash) >= 4.5)
            #expect(shades.accent.contrast(with: shades.ink) >= 4.5)
        }
    }

    @Test("what is no colour never reaches the style block", arguments: ["red", "#fff", "#12345g", "#+12345", "#0a6b5d;}", "", "0a6b5d#"])
    func wrong(text: String) { #expect(Accent(text) == nil) }
}

@Suite("Agenda grid")
struct AgendaGridTests {
    private func appointment(_ minutes: Range<Int>) -> AgendaGrid.Appointment { .init(minutes: minutes, url: "/a", title: "", detail: "") }

    @Test("what overlaps stands side by side, and only that")
    func arranged() {
        let grid = AgendaGrid(hours: 8..<18, columns: [])
        let placed = grid.arranged([540..<600, 570..<630, 600..<660, 660..<690].map(appointment))
        #expect(placed.map(\.column) == [0, 1, 0, 0])
        #expect(placed.map(\.count) == [2, 2, 2, 1])
    }

    @Test("what begins before the hours shown, or ends after them, is cut")
    func cut() {
        let html = AgendaGrid(
            hours: 8..<18, columns: [.init(title: "", detail: "", appointments: [appointment(420..<510), appointment(1_050..<1_200)])]
        )
        .html.text
        #expect(html.contains("at-0 for-6"))
        #expect(html.contains("at-114 for-6"))
    }
}
