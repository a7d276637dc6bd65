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
        State(outcome: outcome, isSent: sentAt != nil, isWithdrawn: withdrawnAt != nil, isLeased: leasedUntil != nil)
    }
}

extension Message.State {
    init(outcome: Message.Outcome?, isSent: Bool, isWithdrawn: Bool, isLeased: Bool) {
        switch outcome {
        case .handed: self = .handed
        case .arrived: self = .arrived
        case .undelivered: self = .undelivered
        case .unknown: self = .unknown
        case .refused: self = .refused
        case .abandoned: self = .abandoned
        case .untrue: self = .withdrawn
        case nil: self = isWithdrawn ? .withdrawn : isSent ? .said : isLeased ? .sending : .waiting
        }
    }

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
        case campaignStopped = "campaign-stopped"
        case archived, opposed, readdressed, bounced
        /// Of a letter in a batch.
        case told, undone
        case corrected, retaken
        /// Of a place that was free sooner.
        case placeTaken = "place-taken"
        case unwished
        case tooLate = "too-late"
        case connection, timeout, tls, credentials, busy, recipient, content, credit, gateway, broken
        case notDelivered = "not-delivered"

        public var label: String {
            switch self {
            case .cancelled: "le rendez-vous n’est plus à venir"
            case .standing: "le rendez-vous tient de nouveau"
            case .moved: "le rendez-vous a changé d’heure"
            case .past: "le rendez-vous est passé"
            case .gone: "ce dont il parlait n’existe plus"
            case .campaignStopped: "la campagne est arrêtée"
            case .archived: "la fiche est archivée"
            case .opposed: "la personne ne veut plus rien recevoir ainsi"
            case .readdressed: "ce numéro ou cette adresse n’est plus le sien"
            case .told: "c’est déjà dit"
            case .undone: "le lot est défait"
            case .bounced: "cette adresse ne répond pas"
            case .corrected: "la personne était venue, finalement"
            case .retaken: "un autre rendez-vous est pris"
            case .placeTaken: "la place n’est plus libre"
            case .unwished: "la personne ne veut plus venir plus tôt"
            case .tooLate: "la place était trop proche"
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
