import Core
import HTTPTypes
import Scheduling
import Store
import TestKit

@testable import Core
@testable import Web

/// More things to ask about: someone to tell, a closure, a bascule, a team, a webhook.
struct ThingsThatChange: Sendable {
    let tidings: [ID<Tidings>]
    let closure: ID<Closure>
    let bascule: ID<Bascule>
    let team: ID<Team>
    let webhook: ID<Webhook>
    let delivery: ID<WebhookDelivery>
    let message: ID<Message>
    let reply: ID<Reply>
    /// Of the organization.
    let template: Template
    /// In preparation.
    let campaign: ID<Campaign>

    static func make(_ world: World, _ mark: String, in store: Store) async throws -> ThingsThatChange {
        let manager = Agent(territoryID: world.territory.id, firstName: "Paul", lastName: "Barrère")
        let people = (0..<3).map {
            Person(territoryID: world.territory.id, firstName: "Jean", lastName: "Fixe \($0)", createdAt: World.now)
        }
        try await store.write { db in
            try manager.insert(at: World.now, in: db)
            try db.run("INSERT INTO membership VALUES (\(world.territory.id), \(world.organization.id), \(manager.id), \(Role.manager))")
            for person in people { try person.insertForTests(in: [world.organization.id], db: db) }
        }
        let acting = try await world.acting(manager, in: store)
        for (index, person) in people.enumerated() {
            var booking = world.booking(at: World.at(2, 14, 30 * index), of: world.colleague)
            booking.personIDs = [person.id]
            _ = try await booking.book(by: acting, at: World.now, in: store)
        }
        let wednesday = StretchDraft(date: World.monday.adding(days: 2), from: 840, to: 930)
        let covered = try await store.read { db in
            try AppointmentDetails.of(
                world.colleague.id, in: World.at(2, 0)..<World.at(3, 0), after: nil, limit: 10, seenBy: acting, in: db)
        }
        _ = try await Absence.create(
            AbsenceDraft(agentID: world.colleague.id, stretch: wednesday),
            remedies: Remedies(Dictionary(uniqueKeysWithValues: covered.map { ($0.appointment.id, .cancel) })), by: acting, at: World.now,
            in: store)
        let closure = try await Closure.create(
            ClosureDraft(
                organizationID: world.organization.id, title: "Travaux",
                stretch: StretchDraft(date: World.monday.adding(days: 30), from: 0, to: 1440)), by: acting, at: World.now, in: store)
        let later = World.monday.adding(days: 40)
        let bascule = try await Bascule.begin(
            BasculeDraft(siteID: world.site.id, serviceID: world.social.id, from: later, to: later, why: "Canicule"), by: acting,
            at: World.now, in: store)
        let team = Team(organizationID: world.organization.id, name: "Équipe insertion\(mark)", agentIDs: [world.worker.id])
        let administrator = Acting(territory: world.territory, agent: manager, roles: [:], territoryRoles: [.administrator])
        let draft = Webhook.Draft(name: "Logiciel\(mark)", url: "https://exemple.fr/\(mark)", events: [.created])
        let scope = Template.Scope(.reminder, .sms, organization: world.organization.id, reason: world.reason.id)
        let text = Template.Draft(scope: scope, body: "Vous avez un rendez-vous le {date} à {heure}.")
        let template = try await store.write { db in try Template.write(text, by: administrator, at: World.now, in: db) }
        let prepared = Campaign.Draft(
            organization: world.organization.id, name: "Campagne\(mark)", text: .init(sms: "Venez boire un verre d’eau."))
        let campaign = try await store.write { db in try Campaign.prepare(prepared, by: acting, at: World.now, in: db) }
        let (tidings, webhook, delivery) = try await store.write { db in
            try team.save(by: administrator, at: World.now, in: db)
            let webhook = try Webhook.create(draft, for: world.organization.id, by: administrator, at: World.now, in: db).webhook
            try WebhookDelivery.ping(webhook, by: administrator, at: World.now, in: db)
            let tidings = try ToTell.read(for: acting, in: db).lines.filter { $0.appointment.agentID == world.colleague.id }.map(
                \.tidings.id)
            return (tidings, webhook.id, try WebhookDelivery.all(of: webhook, before: nil, limit: 1, in: db)[0].id)
        }
        let reply = Reply(
            id: .new(), gateway: "essai", sender: "+33639981234", text: "Bonjour", receivedAt: World.now, meaning: .words, effect: .toRead,
            personID: world.person.id, appointmentID: nil, forStart: nil, settledAt: nil)
        let message = try await store.write { db in
            try reply.insert(nil, of: world.territory.id, in: db)
            let message = try Message.due(to: world.person.id, of: world.territory.id, in: db).first?.id
            // Nobody knows whether it arrived: someone may send it again.
            try db.run("UPDATE message SET sent_at = \(World.now), outcome = 'unknown' WHERE id = \(message)")
            return message
        }
        return ThingsThatChange(
            tidings: tidings, closure: closure.id, bascule: bascule.id, team: team.id, webhook: webhook, delivery: delivery,
            message: message ?? .new(), reply: reply.id, template: template, campaign: campaign.id)
    }

    var ids: [String] {
        tidings.map(\.description) + [
            "\(closure)", "\(bascule)", "\(team)", "\(webhook)", "\(delivery)", "\(message)", "\(reply)", "\(template.id)",
            "\(campaign)",
        ]
    }
}

extension Walk {
    /// What a day that changes asks for.
    static func changes(_ things: Things) -> [(HTTPRequest.Method, String, JSONValue?)] {
        let world = things.world, opening = "/openings/\(things.opening)", changes = things.changes
        let day: JSONValue = ["date": "2026-12-15", "from": "10:00", "to": "11:00"]
        let bascule: [String: JSONValue] = [
            "site": .text("\(world.site.id)"), "service": .text("\(world.social.id)"), "from": "2027-01-04", "to": "2027-01-08",
            "why": "Canicule",
        ]
        let closure: JSONValue = [
            "organization": .text("\(world.organization.id)"), "site": .text("\(world.site.id)"), "title": "Pont", "date": "2027-05-07",
            "from": "00:00", "to": "24:00",
        ]
        let rebooking: JSONValue = ["agent": .text("\(world.worker.id)"), "starts_at": "2026-12-03T13:00:00Z"]
        return [
            (.post, "\(opening)/days", ["date": "2026-12-19", "from": "09:00", "to": "10:00"]),
            (.patch, "\(opening)/days/2026-12-15", day), (.post, "\(opening)/days/2026-12-16/deletion", ["scope": "one"]),
            (.patch, "/absences/\(things.absence)", ["repeat": "weekly", "weekdays": [3]]),
            (.post, "/absences/\(things.absence)/days", ["date": "2026-12-19", "from": "09:00", "to": "10:00"]),
            (.patch, "/absences/\(things.absence)/days/2026-12-16", ["date": "2026-12-17", "from": "10:00", "to": "11:00"]),
            (.post, "/absences/\(things.absence)/days/2026-12-23/deletion", ["scope": "following"]),
            (.get, "/figures?by=month&from=2025-01-01&to=2025-03-31&organization=\(world.organization.id)", nil),
            (.get, "/figures/mine?by=week&from=2026-11-01&to=2026-12-31", nil), (.get, "/tidings", nil),
            (.post, "/tidings/\(changes.tidings[0])/unreached", nil), (.get, "/messages?tray=sent", nil),
            (.post, "/messages/\(changes.message)/again", nil), (.get, "/replies", nil),
            (.post, "/replies/\(changes.reply)/settlement", nil),
            (.post, "/tidings/\(changes.tidings[0])/told", nil), (.post, "/tidings/\(changes.tidings[1])/rebooking", rebooking),
            (.post, "/agendas/\(world.colleague.id)/away-today", ["since": "day"]), (.get, "/closures", nil), (.post, "/closures", closure),
            (.get, "/closures/\(changes.closure)", nil), (.delete, "/closures/\(changes.closure)", nil), (.get, "/bascules", nil),
            (.post, "/bascules/preview", .object(bascule)), (.post, "/bascules", .object(bascule.merging(["expected": 0]) { $1 })),
            (.get, "/bascules/\(changes.bascule)", nil), (.post, "/bascules/\(changes.bascule)/reversal", nil), (.get, "/teams", nil),
            (
                .post, "/teams",
                ["organization": .text("\(world.organization.id)"), "name": "Équipe logement", "agents": [.text("\(world.worker.id)")]]
            ),
            (.patch, "/teams/\(changes.team)", ["name": "Équipe RSA"]), (.delete, "/teams/\(changes.team)", nil),
            (.get, "/templates", nil), (.get, "/templates/\(changes.template.id)", nil),
            (.get, "/templates/\(changes.template.id)/versions", nil),
            (
                .post, "/templates",
                [
                    "purpose": "missed", "channel": "sms", "organization": .text("\(world.organization.id)"),
                    "body": "Vous aviez un rendez-vous le {date}.",
                ]
            ),
            (.put, "/templates/\(changes.template.id)/version", ["version": .text("\(changes.template.version.id)")]),
            (.post, "/templates/look", ["channel": "sms", "body": "Venez le {date}."]), (.delete, "/templates/\(changes.template.id)", nil),
            (.get, "/campaign-rule", nil), (.put, "/campaign-rule", ["approval_above": 500, "apart_days": 7, "calls_per_hour": 60]),
            (.get, "/sms-price", nil), (.put, "/sms-price", ["tenths": 45]),
            (
                .post, "/agents/\(world.worker.id)/handovers",
                ["to": .text("\(world.colleague.id)"), "organization": .text("\(world.organization.id)"), "date": "2027-02-01"]
            ),
        ] + campaigns(things) + letters(things)
    }

    private static func campaigns(_ things: Things) -> [(HTTPRequest.Method, String, JSONValue?)] {
        let one = "/campaigns/\(things.changes.campaign)", text: JSONValue = "Venez boire un verre d’eau."
        let new: JSONValue = [
            "organization": .text("\(things.world.organization.id)"), "name": "Canicule", "audience": "list", "list": "06 39 98 12 34",
            "sms": text,
        ]
        func act(_ act: CampaignAct) -> (HTTPRequest.Method, String, JSONValue?) { (.post, "\(one)/\(act.rawValue)", nil) }
        return [
            (.get, "/campaigns", nil), (.post, "/campaigns", new), (.get, one, nil),
            // Before whoever asks changes it: one approves what another prepared.
            act(.approval),
            (.put, one, ["name": "Canicule", "audience": "filter", "version": 0, "sms": text]), (.get, "\(one)/audience", nil),
            (.post, "\(one)/trials", ["channel": "sms", "recipient": "06 39 98 12 34"]), act(.launch), act(.pause), act(.resumption),
            act(.stop), (.get, "\(one)/outcome", nil), (.get, "\(one)/unreached", nil),
            // Who has no number at all.
            (.post, "\(one)/unreached/\(things.quiet.id)", nil), (.post, "\(one)/writing", nil),
        ]
    }
}
