import Core
import Web

/// Makes the addresses where gateways say what became of what they took (accusés).
struct Receipts: Sendable {
    /// The address by which a gateway reaches us, without a slash at its end.
    let base: String
    let signer: ReceiptSigner

    func address(of sending: Sending) -> String { base + signer.path(sending.id, of: sending.territoryID) }
}
