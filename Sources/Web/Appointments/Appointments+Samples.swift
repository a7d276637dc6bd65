import Core
import Scheduling

extension AppointmentPage {
    static var sample: AppointmentPage {
        AppointmentPage(
            details: Samples.details, messages: [], facts: [Fact(moment: "Hier à 9 h", sentence: "déplacé.", why: "empêchée")],
            attempts: [],
            undoable: .new(), proof: .sample,
            earlier: [
                EarlierOffer(
                    personID: .new(), place: .init(agentID: Samples.agent, startsAt: Samples.time.now.adding(days: 1)), siteID: nil,
                    toldAt: Samples.time.now, isFree: true)
            ],
            actions: Actions(move: true, cancel: true, close: true, attempt: true, missed: true, openPeople: true), time: Samples.time)
    }
}

extension SummonsProof {
    static var sample: SummonsProof {
        var message = Samples.message
        message.outcome = .handed
        let delivery = Delivery(
            id: .new(), gateway: "kannel", recipient: message.recipient, startedAt: Samples.time.now, milliseconds: 84, outcome: .arrived,
            because: nil, reference: "17")
        return SummonsProof(
            start: Samples.time.now.adding(days: 3),
            sent: [.init(message: message, delivery: delivery, subject: "", text: "Vous avez rendez-vous jeudi à 9 h.\nMDS d’Orthez")],
            calls: [.init(at: Samples.time.now.adding(minutes: 30), agentName: "Odile Bordenave")], confirmed: [],
            posted: [
                .init(
                    message: .init(
                        territoryID: 64, personID: message.personID, appointmentID: message.appointmentID, purpose: .confirmation,
                        channel: .letter, recipient: "1 rue des Essais\n64300 Orthez", dueAt: Samples.time.now), batchID: .new(), number: 3,
                    postedAt: Samples.time.now.adding(minutes: 60), agentName: "Odile Bordenave",
                    printedAt: Samples.time.now.adding(minutes: 40), subject: "Votre rendez-vous de jeudi",
                    text: "Bonjour,\n\nVous avez un rendez-vous jeudi à 9 h.")
            ], coded: [.init(at: Samples.time.now.adding(minutes: 3 * 1440), meaning: .callBack)])
    }
}

extension BookingPage {
    static var sample: BookingPage {
        let slots = (0..<4).map { index in
            Slot(
                start: Samples.time.now.adding(minutes: 30 * index), minutes: 30, organizationID: Samples.organization.id,
                siteID: Samples.place.id, agentID: Samples.agent, because: .leastBusy, count: 2)
        }
        let choices = BookingChoices(
            reasons: [.init(reason: Samples.reason, serviceName: "Service social")], sites: [Samples.place],
            agents: [.init(id: Samples.agent, name: "Maïté Ithurralde", organizationIDs: [Samples.organization.id])],
            organizations: [Samples.organization])
        let form = Form(["reason": [Samples.reason.id.description]])
        return BookingPage(
            draft: BookingDraft(form: form), state: FormState(form), choices: choices,
            found: FoundSlots(reason: Samples.reason, firstOfPlaces: [slots[0]], slots: slots), nearest: Array(slots.prefix(3)),
            obstacle: .alreadyUpcoming, upcoming: [Samples.details], mayOverbook: true,
            privacyNotice: "Le Département garde vos coordonnées deux ans.", time: Samples.time)
    }
}

/// Invented people for the samples of pages.
enum Samples {
    static let time = LocalTime(zone: Zone("Europe/Paris")!, now: Instant(1_796_025_600))
    static let organization = Organization(name: "MDS d’Orthez")
    static let place = Site(organizationID: organization.id, name: "Orthez", address: "1 rue des Essais", commune: "Orthez")
    static let agent = ID<Agent>.new()
    static let reason = Reason(
        serviceID: .new(), name: "Premier contact RSA", minutes: 30, how: .phone, instructions: "Avoir son numéro CAF.")

    static var details: AppointmentDetails {
        let start = time.now.adding(days: 3)
        let appointment = Appointment(
            territoryID: 64, id: .new(), agentID: agent, organizationID: organization.id, reasonID: reason.id, serviceID: reason.serviceID,
            siteID: place.id, place: "", how: .phone, phone: "+33639981234", link: nil, startsAt: start, endsAt: start.adding(minutes: 30),
            said: "Coupure d’électricité annoncée.", overbookedBecause: nil, replacesID: nil, createdBy: agent, createdAt: time.now)
        return AppointmentDetails(
            appointment: appointment, reason: reason, serviceName: "Service social", organizationName: organization.name, site: place,
            agentName: "Maïté Ithurralde", authorName: "Odile Bordenave",
            participants: [.init(personID: .new(), name: "Jeanne Lacoste", status: .upcoming)])
    }
}
