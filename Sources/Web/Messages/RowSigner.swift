import Core
import Crypto
import Foundation

/// Addresses that are each for one row, and hold their own proof: `/receipts/64.ID.SIGNATURE`.
public struct RowSigner<Row>: Sendable {
    private let list: URLPath
    /// What keeps the proof of one kind of address from being one of another.
    private let purpose: String
    private let key: SymmetricKey

    fileprivate init(_ list: URLPath, _ purpose: String, _ key: SymmetricKey) {
        (self.list, self.purpose, self.key) = (list, purpose, key)
    }

    public func path(_ id: ID<Row>, of territory: Int64) -> String {
        let text = "\(territory).\(id)"
        return "\(list.text)/\(text).\(signature(of: text))"
    }

    private func signature(of text: String) -> String { Secret.signature(of: text, purpose: purpose, key: key) }

    /// - Returns: `nil` for what we did not sign.
    func read(_ token: String) -> (id: ID<Row>, territory: Int64)? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 3, let territory = Int64(parts[0]), let id = ID<Row>(parts[1]),
            Secret.isEqual(parts[2], signature(of: "\(parts[0]).\(parts[1])"))
        else { return nil }
        return (id, territory)
    }
}

/// The addresses where gateways say what became of a message: each is for one sending.
public typealias ReceiptSigner = RowSigner<Delivery>

/// The addresses at the foot of campaigns: each is of one message.
public typealias OptOutSigner = RowSigner<Message>

extension RowSigner where Row == Delivery {
    /// - Parameter key: the site's.
    public init(key: SymmetricKey) { self.init(Urls.receipts, "receipt", key) }
}

extension RowSigner where Row == Message {
    /// - Parameter key: the site's.
    public init(key: SymmetricKey) { self.init(Urls.optOuts, "opt-out", key) }
}
