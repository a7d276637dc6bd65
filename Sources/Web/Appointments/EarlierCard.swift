import Core
import Scheduling

/// « Plus tôt » on an appointment's page: who wants to come sooner, of what they were told, and the move that they call for.
struct EarlierCard: View {
    let page: AppointmentPage

    private var details: AppointmentDetails { page.details }
    private var upcoming: [AppointmentDetails.Participant] { details.participants.filter { $0.status == .upcoming } }
    private var time: LocalTime { page.time }

    var html: HTML {
        guard page.actions.move, details.seats == nil, details.appointment.startsAt > time.now, !upcoming.isEmpty else { return .empty }
        return """
            <section class="card stack" aria-labelledby="earlier-title"><h2 id="earlier-title">Venir plus tôt</h2>\
            \(each: upcoming, someone)\(each: page.earlier, offer)</section>
            """
    }

    private func someone(_ one: AppointmentDetails.Participant) -> HTML {
        let fields = [("person", one.personID.description)], id = details.appointment.id
        let name: HTML = upcoming.count > 1 ? "<b>\(one.name)</b> " : .empty
        guard let wish = one.wish else {
            let label = upcoming.count > 1 ? "Prévenir \(one.name)" : "Prévenir"
            return ActionButton("\(label) si une place se libère plus tôt", Urls.earlierWishes(of: id), fields: fields).html
        }
        let who = page.names[wish.askedBy].map { ", noté par \($0)" } ?? ""
        let stop = upcoming.count > 1 ? "Ne plus prévenir \(one.name)" : "Ne plus prévenir"
        return """
            <p>\(name)\(Tag("veut plus tôt", .good)) depuis \(time.moment(wish.askedAt))\(who).</p>\
            \(ActionButton(stop, Urls.earlierWishRemoval(of: id), fields: fields))
            """
    }

    private func offer(_ offer: EarlierOffer) -> HTML {
        let name = upcoming.count > 1 ? details.participants.first { $0.personID == offer.personID }.map { ", \($0.name)" } ?? "" : ""
        let told = offer.toldAt.map { "message parti \(time.moment($0))" } ?? "message à envoyer"
        return """
            <p>Une place plus tôt : <b>\(time.moment(offer.place.startsAt))</b>\(name) <span class="soft">(\(told))</span></p>\
            \(if: offer.isFree, "<p>\(LinkButton("Déplacer à cette place", Urls.move(details, to: offer, on: date(offer)), style: .main))</p>")\
            \(if: !offer.isFree, "<p class=\"soft\">Elle n’est plus libre.</p>")
            """
    }

    private func date(_ offer: EarlierOffer) -> CivilDate { time.zone.civil(offer.place.startsAt).date }
}

extension Urls {
    /// The usual move, with that place chosen.
    static func move(_ details: AppointmentDetails, to offer: EarlierOffer, on date: CivilDate) -> URLPath {
        var slot = Slot(
            start: offer.place.startsAt, minutes: 0, organizationID: details.appointment.organizationID, siteID: offer.siteID,
            agentID: offer.place.agentID, because: .leastBusy, count: 1, colleagueIDs: details.colleagues.map(\.id))
        slot.resourceIDs = details.resources.filter(\.standing.keepsTime).map(\.resource.id)
        return moveAppointment(details.appointment.id).query("agent", offer.place.agentID.description).query("from", date.description)
            .query("slot", SlotKey(slot).description)
    }
}
