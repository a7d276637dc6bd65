import Core
import Web

/// Makes the addresses where whoever reads a campaign's e-mail says that they want no more of them.
struct OptOuts: Sendable {
    /// The address by which the public reaches us, without a slash at its end.
    let base: String
    let signer: OptOutSigner

    /// The same message, offering it when it may be refused: information, never what is about an appointment.
    func offered(by sending: Sending) -> Sending {
        guard sending.isCampaign, sending.channel == .email else { return sending }
        return sending.offering(optOut: base + signer.path(sending.messageID, of: sending.territoryID))
    }
}
