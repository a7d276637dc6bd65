import Scheduling
import Store

extension Message {
    /// What became of it, once that is settled. Raw values are stored.
    public enum Outcome: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        /// A gateway has it.
        case handed
        /// The gateway says that it arrived, or that it will not.
        case arrived, undelivered
        /// The line broke once it was on its way: nobody knows, and it is not sent again by itself.
        case unknown
        /// The gateway will have nothing of it.
        case refused
        /// Tried for days.
        case abandoned
        /// At the door it was no longer true.
        case untrue
    }

    /// How it stands, for a screen.
    public enum State: String, CaseIterable, Sendable {
        case waiting, sending, said, handed, arrived, undelivered, unknown, refused, abandoned, withdrawn

        public var label: String {
            switch self {
            case .waiting: "à envoyer"
            case .sending: "en cours"
            case .said: "dit ou posté"
            case .handed: "remis à la passerelle"
            case .arrived: "arrivé"
            case .undelivered: "non arrivé"
            case .unknown: "sans réponse certaine"
            case .refused: "refusé"
            case .abandoned: "abandonné"
            case .withdrawn: "retiré"
            }
        }

        /// Someone must do something else.
        public var isTrouble: Bool { [.undelivered, .unknown, .refused, .abandoned].contains(self) }
    }

    public var state: State {
        switch outcome {
        case .handed: .handed
        case .arrived: .arrived
        case .undelivered: .undelivered
        case .unknown: .unknown
        case .refused: .refused
        case .abandoned: .abandoned
        case .untrue: .withdrawn
        case nil: withdrawnAt != nil ? .withdrawn : sentAt != nil ? .said : leasedUntil != nil ? .sending : .waiting
        }
    }
}

extension Message.State {
    /// The messages that stand so.
    var sql: SQL {
        switch self {
        case .waiting: Message.waiting
        case .sending: "message.sent_at IS NULL AND message.withdrawn_at IS NULL AND message.lease IS NOT NULL"
        case .said: "message.sent_at IS NOT NULL AND message.outcome IS NULL"
        case .withdrawn: "message.withdrawn_at IS NOT NULL AND (message.outcome IS NULL OR message.outcome = 'untrue')"
        case .handed, .arrived, .undelivered, .unknown, .refused, .abandoned: "message.outcome = \(rawValue)"
        }
    }
}

extension Message {
    /// Why something did not leave or arrive. Raw values are stored.
    public enum Cause: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case cancelled, standing, moved, past, gone
        case connection, timeout, tls, credentials, busy, recipient, content, credit, gateway, broken
        case notDelivered = "not-delivered"

        public var label: String {
            switch self {
            case .cancelled: "le rendez-vous n’est plus à venir"
            case .standing: "le rendez-vous tient de nouveau"
            case .moved: "le rendez-vous a changé d’heure"
            case .past: "le rendez-vous est passé"
            case .gone: "ce dont il parlait n’existe plus"
            case .connection: "passerelle injoignable"
            case .timeout: "pas de réponse à temps"
            case .tls: "certificat de la passerelle refusé"
            case .credentials: "la passerelle refuse nos identifiants"
            case .busy: "la passerelle demande d’attendre"
            case .recipient: "numéro ou adresse refusés"
            case .content: "texte refusé"
            case .credit: "crédit épuisé chez l’opérateur"
            case .gateway: "la passerelle a refusé"
            case .broken: "la ligne s’est coupée pendant l’envoi"
            case .notDelivered: "l’opérateur ou le serveur n’a pas pu le remettre"
            }
        }
    }
}
