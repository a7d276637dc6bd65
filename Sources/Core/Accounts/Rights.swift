import Store

/// What an agent is in an organization (table `membership`).
public enum Role: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
    case admin, manager, worker, reception, caller

    public var label: String {
        switch self {
        case .admin: "administrateur"
        case .manager: "responsable"
        case .worker: "travailleur social"
        case .reception: "accueil"
        case .caller: "appelant"
        }
    }
}

/// What an agent is for the whole territory (table `territory_role`).
public enum TerritoryRole: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
    case administrator
    case dataProtection = "data-protection"

    public var label: String {
        switch self {
        case .administrator: "administrateur de la collectivité"
        case .dataProtection: "protection des données"
        }
    }
}

/// One thing that may be done, inside an organization or over the territory.
public enum Permission: String, CaseIterable, Sendable {
    case findPeople, editPeople, mergePeople, readNotes, writeNotes
    case seeServiceAppointments, seeEveryAppointment, book, overbook, closeAppointments
    case fillOwnAgenda, fillEveryAgenda, sayAway
    case setUpOrganization, setUpTerritory, keepHardTexts, importFiles, seeRights
    case readJournal, eraseJournal, exportAccess, seeFigures, sendCampaigns

    public var label: String {
        switch self {
        case .findPeople: "chercher une personne et ouvrir sa fiche"
        case .editPeople: "créer et modifier une fiche"
        case .mergePeople: "réunir deux fiches d’une même personne"
        case .readNotes: "lire les notes de ses services"
        case .writeNotes: "écrire une note"
        case .seeServiceAppointments: "voir les rendez-vous de ses services"
        case .seeEveryAppointment: "voir tous les agendas de l’organisation"
        case .book: "prendre, déplacer et annuler un rendez-vous"
        case .overbook: "placer un rendez-vous en plus (surréservation)"
        case .closeAppointments: "renseigner ce qu’un rendez-vous est devenu"
        case .fillOwnAgenda: "poser ses plages et ses indisponibilités"
        case .fillEveryAgenda: "poser celles des autres agents de l’organisation"
        case .sayAway: "dire un agent indisponible aujourd’hui et faire prévenir ses rendez-vous"
        case .setUpOrganization: "régler l’organisation : lieux et affectations"
        case .setUpTerritory: "régler la collectivité : organisations, services, motifs, agents"
        case .keepHardTexts: "garder un modèle de message difficile à lire, en disant pourquoi"
        case .importFiles: "importer des personnes et des agents d’un fichier"
        case .seeRights: "voir le tableau des droits"
        case .readJournal: "voir qui a consulté une fiche"
        case .exportAccess: "remettre à une personne tout ce que l’on garde d’elle"
        case .eraseJournal: "effacer légalement des entrées du journal"
        case .sendCampaigns: "préparer, approuver et lancer une campagne de messages"
        case .seeFigures: "voir les chiffres de ce que deviennent les rendez-vous"
        }
    }

    /// A token that only reads keeps it.
    public var onlyReads: Bool {
        switch self {
        case .findPeople, .readNotes, .seeServiceAppointments, .seeEveryAppointment, .seeRights, .readJournal, .exportAccess,
            .seeFigures:
            true
        case .editPeople, .mergePeople, .writeNotes, .book, .overbook, .closeAppointments, .fillOwnAgenda, .fillEveryAgenda, .sayAway,
            .setUpOrganization, .setUpTerritory, .keepHardTexts, .importFiles, .eraseJournal, .sendCampaigns:
            false
        }
    }
}

/// The whole of the rights: role × permission. Shown to administrators as it stands.
public enum Rights {
    /// An administrator sets up and reads no content; reception fills every agenda but reads no notes.
    public static let ofRole: [Role: Set<Permission>] = [
        .admin: [.setUpOrganization, .seeRights],
        .manager: [
            .findPeople, .editPeople, .mergePeople, .readNotes, .writeNotes, .seeServiceAppointments, .seeEveryAppointment, .book,
            .overbook, .closeAppointments, .fillOwnAgenda, .fillEveryAgenda, .sayAway, .seeFigures, .sendCampaigns,
        ],
        .worker: [
            .findPeople, .editPeople, .readNotes, .writeNotes, .seeServiceAppointments, .book, .overbook, .closeAppointments,
            .fillOwnAgenda,
        ],
        .reception: [
            .findPeople, .editPeople, .mergePeople, .seeServiceAppointments, .seeEveryAppointment, .book, .closeAppointments, .sayAway,
        ],
        .caller: [.findPeople],
    ]

    public static let ofTerritoryRole: [TerritoryRole: Set<Permission>] = [
        .administrator: [.setUpOrganization, .setUpTerritory, .keepHardTexts, .importFiles, .seeRights, .seeFigures],
        .dataProtection: [.readJournal, .eraseJournal, .exportAccess, .seeRights],
    ]
}
