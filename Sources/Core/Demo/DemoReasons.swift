import Scheduling
import Store

/// The professions of the demo: a service, and its reasons.
enum DemoService: Int, CaseIterable, Sendable {
    case social, pmi, childProtection

    var name: String {
        switch self {
        case .social: "Service social"
        case .pmi: "PMI"
        case .childProtection: "Aide sociale à l’enfance"
        }
    }

    /// The reasons of a kind, most asked for first.
    var reasons: [DemoReason] {
        switch self {
        case .social: [.rsaFirst, .housing, .rsaFollowUp, .rights, .budget, .apa, .rsaMeeting]
        case .pmi: [.infant, .breastfeeding, .prenatal, .postnatal, .childminder]
        case .childProtection: [.family, .familyHome]
        }
    }
}

/// The reasons of the demo. Their order is that of their ids.
enum DemoReason: Int, CaseIterable, Sendable {
    case rsaFirst, housing, rsaFollowUp, rights, budget, apa, rsaMeeting
    case infant, breastfeeding, prenatal, postnatal, childminder
    case family, familyHome

    struct Facts {
        let name: String
        let minutes: Int
        let how: How
        let colour: String
        let bookableBy: Reason.BookableBy
        var instructions = ""
        var isForChild = false
    }

    var facts: Facts {
        switch self {
        case .rsaFirst:
            Facts(
                name: "Premier contact RSA", minutes: 30, how: .phone, colour: "#0a6b5d", bookableBy: .everyone,
                instructions: "Vérifier le numéro d’allocataire et le numéro à appeler.")
        case .housing:
            Facts(
                name: "FSL : aide au logement", minutes: 45, how: .site, colour: "#8a4b08", bookableBy: .agents,
                instructions: "Apporter le bail, la dernière facture et les ressources des trois derniers mois.")
        case .rsaFollowUp: Facts(name: "Suivi RSA", minutes: 45, how: .site, colour: "#1d5fa8", bookableBy: .agents)
        case .rights: Facts(name: "Accès aux droits", minutes: 30, how: .site, colour: "#5b4b9a", bookableBy: .everyone)
        case .budget: Facts(name: "Point budget", minutes: 45, how: .video, colour: "#7a2e62", bookableBy: .agents)
        case .apa:
            Facts(
                name: "Évaluation APA à domicile", minutes: 90, how: .home, colour: "#a3382f", bookableBy: .service,
                instructions: "Prévenir l’aidant quand il y en a un.")
        case .rsaMeeting: Facts(name: "Information collective RSA", minutes: 90, how: .site, colour: "#2f6f3e", bookableBy: .agents)
        case .infant:
            Facts(
                name: "Consultation de nourrisson", minutes: 30, how: .site, colour: "#b0487c", bookableBy: .everyone,
                instructions: "Apporter le carnet de santé.", isForChild: true)
        case .breastfeeding: Facts(name: "Conseil allaitement", minutes: 20, how: .phone, colour: "#7b5ea7", bookableBy: .agents)
        case .prenatal: Facts(name: "Entretien prénatal précoce", minutes: 60, how: .site, colour: "#3a7ca5", bookableBy: .agents)
        case .postnatal: Facts(name: "Visite postnatale à domicile", minutes: 60, how: .home, colour: "#c05746", bookableBy: .service)
        case .childminder:
            Facts(name: "Agrément assistante maternelle", minutes: 90, how: .home, colour: "#4d7c0f", bookableBy: .service)
        case .family: Facts(name: "Entretien avec la famille", minutes: 60, how: .site, colour: "#475569", bookableBy: .service)
        case .familyHome: Facts(name: "Visite à domicile", minutes: 60, how: .home, colour: "#92400e", bookableBy: .service)
        }
    }

    /// Several people at once.
    var isMeeting: Bool { self == .rsaMeeting }

    static let seats = 12

    /// One reason for each way in which reasons differ, so that each can be tried.
    fileprivate func settle(_ reason: inout Reason) {
        switch self {
        case .rsaMeeting: (reason.seats, reason.isSummons) = (Self.seats, true)
        case .rights: reason.stepMinutes = 15
        case .apa: reason.gapMinutes = 30
        case .budget: reason.isPrescribable = true
        case .family: reason.isDiscreet = true
        case .childminder: reason.isFollowUp = true
        default: break
        }
    }
}

extension Demo {
    var services: [Service] {
        DemoService.allCases.map { Service(id: serviceID($0), name: $0.name, secret: $0 != .social) }
    }

    func serviceID(_ service: DemoService) -> ID<Service> { ids.make(.service, service.rawValue) }
    func reasonID(_ reason: DemoReason) -> ID<Reason> { ids.make(.reason, reason.rawValue) }

    var reasons: [Reason] {
        DemoService.allCases.flatMap { service in
            service.reasons.map { reason in
                let facts = reason.facts
                var made = Reason(
                    id: reasonID(reason), serviceID: serviceID(service), name: facts.name, minutes: facts.minutes, how: facts.how,
                    colour: facts.colour, bookableBy: facts.bookableBy, earliestMinutes: facts.how == .phone ? 0 : 60,
                    latestMinutes: 120 * 1440, instructions: facts.instructions)
                made.isForChild = facts.isForChild
                reason.settle(&made)
                return made
            }
        }
    }
}
