import Core
import Foundation

extension GatewayFile {
    /// What each can do, for who writes what is sent.
    /// - Parameter isReached: gateways know by which address they reach us.
    func abilities(isReached: Bool) -> [GatewayAbility] {
        gateways.map { entry in
            switch entry.channel {
            case .email: GatewayAbility(name: entry.name, channel: .email, receives: entry.returns != nil)
            case .sms: GatewayAbility(name: entry.name, channel: .sms, receives: isReached && entry.mayBeAnswered)
            }
        }
    }
}

extension GatewayFile.Entry {
    /// Nobody can write to a name; without a sender the operator puts a number of its own.
    fileprivate var mayBeAnswered: Bool { kind != .folder && sender?.contains { $0.isLetter } != true }
}
