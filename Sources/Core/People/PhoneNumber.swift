/// A telephone number.
public struct PhoneNumber: Sendable, Hashable {
    public let e164: String
    public init?(stored text: String) {
        guard text.utf8.count <= 16, text.utf8.count >= 8, text.utf8.first == UInt8(ascii: "+"),
            text.utf8.dropFirst().allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        e164 = text
    }
}
