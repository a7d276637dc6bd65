import Core
import Foundation
import Hummingbird
import Testing

@testable import Web

@Suite("JSON")
struct JSONTests {
    enum Channel: String, Codable { case phone, email }
    struct Participant: Codable, Equatable { var name: String; var birth: Int? }
    struct Booking: Codable, Equatable {
        var id: UUID
        var startsAt: Date
        var minutes: Int
        var channel: Channel
        var participants: [Participant]
        var isForced: Bool?
    }

    private func decode(_ text: String) throws -> Booking { try JSON.decode(Booking.self, from: ByteBuffer(string: text)) }
    private let whole = """
        {"id":"6F9619FF-8B86-D011-B42D-00CF4FC964FF","startsAt":"2026-12-03T09:30:00Z","minutes":30,"channel":"phone",\
        "participants":[{"name":"Maïté","birth":1980},{"name":"Peio","birth":null}],"isForced":true}
        """

    @Test("a right body is read, and written back with sorted keys")
    func roundTrip() throws {
        let booking = try decode(whole)
        #expect(booking.startsAt == Date(timeIntervalSince1970: 1_796_290_200))
        #expect(booking.participants == [Participant(name: "Maïté", birth: 1980), Participant(name: "Peio", birth: nil)])
        let text = String(buffer: try JSON.encode(booking))
        #expect(text.hasPrefix(#"{"channel":"phone","id":"6F9619FF"#) && text.contains(#""startsAt":"2026-12-03T09:30:00Z""#))
    }

    @Test(
        "what is wrong is refused with the path of its field",
        arguments: [
            (#""minutes":30"#, #""minutes":"30""#, "minutes", "invalid-type"),
            (#""minutes":30"#, #""minutes":30.5"#, "minutes", "invalid-type"),
            (#""minutes":30"#, #""minutes":true"#, "minutes", "invalid-type"),
            (#""minutes":30"#, #""minutes":null"#, "minutes", "invalid-type"),
            (#""minutes":30,"#, "", "minutes", "missing-field"),
            (#""isForced":true"#, #""isForced":1"#, "isForced", "invalid-type"),
            (#""isForced":true"#, #""forced":true"#, "forced", "unknown-field"),
            (#""birth":1980"#, #""birth":1980,"age":4"#, "participants.0.age", "unknown-field"),
            (#""name":"Peio""#, #""name":7"#, "participants.1.name", "invalid-type"),
            (#""channel":"phone""#, #""channel":"fax""#, "channel", "invalid-value"),
            (#"2026-12-03T09:30:00Z"#, #"2026-02-30T09:30:00Z"#, "startsAt", "invalid-type"),
            (#"6F9619FF-8B86"#, #"6F9619FF"#, "id", "invalid-type"),
        ])
    func refused(part: String, replacement: String, field: String, code: String) throws {
        let refusal = #expect(throws: Refusal.self) { try decode(whole.replacing(part, with: replacement)) }
        #expect(refusal?.code == code)
        #expect(refusal.map { Array($0.fields.keys) } == [field])
    }

    @Test("what is no JSON is refused", arguments: ["", "{", "[1,", "nul"])
    func unreadable(text: String) {
        let answer = #expect(throws: Answer.self) { try decode(text) }
        #expect(answer?.status == .badRequest)
    }

    @Test("invalid UTF-8 is refused")
    func invalidText() {
        #expect(throws: Refusal.invalidText) { try JSON.decode(Booking.self, from: ByteBuffer(bytes: [0x22, 0xFF, 0x22])) }
    }

    @Test("the last page says that nothing follows")
    func pages() throws {
        #expect(String(buffer: try JSON.encode(JSONPage(items: [1, 2], next: nil))) == #"{"items":[1,2],"next":null}"#)
        #expect(String(buffer: try JSON.encode(JSONPage(items: [1], next: "c2"))) == #"{"items":[1],"next":"c2"}"#)
    }

    @Test("a key to create once is plain text of a bounded length", arguments: [("k-1", true), ("", false), ("a b", false), ("é", false)])
    func idempotency(key: String, isTaken: Bool) throws {
        let request = Request(
            head: .init(method: .post, scheme: nil, authority: nil, path: "/", headerFields: [.idempotencyKey: key]),
            body: .init(buffer: .init()))
        #expect((try? request.idempotencyKey()) == (isTaken ? key : nil))
        let without = Request(head: .init(method: .post, scheme: nil, authority: nil, path: "/"), body: .init(buffer: .init()))
        #expect(try without.idempotencyKey() == nil)
    }
}
