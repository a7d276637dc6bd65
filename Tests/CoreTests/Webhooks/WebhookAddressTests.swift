import Testing

@testable import Core

@Suite("The addresses of webhooks")
struct WebhookAddressTests {
    @Test(
        "are of the Internet, by https",
        arguments: [
            "http://exemple.fr/", "ftp://exemple.fr/", "exemple.fr", "https://", "https://moi:secret@exemple.fr/", "https://exemple.fr/#a",
            "https://exemple.fr/é", "https://exemple.fr:0/", "https://exemple.fr:70000/", "", "https://exemple.fr/ a",
        ])
    func form(_ url: String) { #expect(throws: Refusal.self) { try WebhookAddress(url, toLoopback: false) } }

    @Test(
        "are never ours, however they are written",
        arguments: [
            "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
            "169.254.169.254", "100.64.0.1", "100.127.255.255", "198.18.0.1", "224.0.0.1", "239.1.1.1", "255.255.255.255", "0.0.0.0",
            "192.0.2.1", "203.0.113.9", "[::1]", "[::]", "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]", "[fe80::1]",
            "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]", "[64:ff9b::a00:1]", "[2002:a00:1::]", "[2001::1]", "[2001:db8::1]", "[::10.0.0.1]",
        ])
    func ours(_ host: String) { #expect(throws: Refusal.self) { try WebhookAddress("https://\(host)/", toLoopback: false) } }

    @Test(
        "may be any other",
        arguments: ["https://exemple.fr/rdv", "https://8.8.8.8/", "https://[2606:4700::1111]:8443/x?y=1", "https://172.32.0.1/"])
    func others(_ url: String) throws { #expect(try WebhookAddress(url, toLoopback: false).url == url) }

    @Test("for development, may be this machine’s, by http too, and no other by http")
    func development() throws {
        for url in ["http://127.0.0.1:8000/x", "http://[::1]/", "https://127.0.0.1/", "http://localhost:8000/"] {
            #expect(try WebhookAddress(url, toLoopback: true).url == url)
        }
        for url in ["http://10.0.0.1/", "https://10.0.0.1/", "http://8.8.8.8/"] {
            #expect(throws: Refusal.self) { try WebhookAddress(url, toLoopback: true) }
        }
    }
}
