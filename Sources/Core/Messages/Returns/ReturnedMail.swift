/// Un retour: what came back to an e-mail, as its parts say it.
public struct ReturnedMail: Sendable, Equatable {
    /// One field of a head, with its name in lower case.
    public struct Field: Sendable, Equatable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) { (self.name, self.value) = (name.lowercased(), value) }
    }

    public var head: [Field]
    /// The address that it says it is from.
    public var sender: String?
    public var plain: String?
    public var html: String?
    /// A report of some kind (RFC 6522).
    public var isReport = false
    /// Of a delivery status notification (RFC 3464): fields about the whole, then those about each recipient.
    public var statuses: [[Field]] = []
    public var files = 0

    public init(head: [Field], sender: String? = nil, plain: String? = nil, html: String? = nil) {
        (self.head, self.sender, self.plain, self.html) = (head, sender, plain, html)
    }

    func first(_ name: String) -> String? { head.first(name) }
}

extension [ReturnedMail.Field] {
    /// Without spaces around it.
    func first(_ name: String) -> String? {
        first { $0.name == name }.map { $0.value.trimmingPrefix(while: \.isWhitespace) }
            .map { String($0.reversed().drop(while: \.isWhitespace).reversed()) }
    }
}
