import ArgumentParser
import Core
import Foundation
import Store
import Web

struct Gateways: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists what carries messages, with the address that each is to bring replies to.",
        discussion:
            "That of an SMS gateway is a secret between this server and it: it speaks in the gateway's name. To that of e-mails they come back."
    )

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let settings = try await options.settings()
        let key = try await settings.withCurrentStore { store in try await settings.key(in: store) }
        guard let base = settings.publicBase else {
            throw Failure.setting("LIEN_PUBLIC_URL", "say by which address gateways reach this server")
        }
        let signer = InboundSigner(key: key)
        for gateway in settings.gateways.gateways {
            let path = gateway.kind == .kannel ? signer.kannelPath(gateway.name) : signer.path(gateway.name)
            let replies = gateway.channel == .sms ? base + path : gateway.returns?.address
            Terminal.say("\(gateway.name) (\(gateway.channel.rawValue))\(replies.map { "  " + $0 } ?? "")")
        }
    }
}
