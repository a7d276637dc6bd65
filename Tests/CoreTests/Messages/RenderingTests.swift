import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("A message is rendered from its appointment")
struct RenderingTests {
    /// An appointment of the world's person, and a message about it.
    private struct Told {
        var appointment: Appointment
        var purpose = Message.Purpose.confirmation
        var channel = Person.Channel.sms
        var to: ID<Person>?
        var namesReason = true
        var others: [ID<Appointment>] = []

        func message(to person: ID<Person>) -> Message {
            var message = Message(
                territoryID: appointment.territoryID, personID: person, appointmentID: appointment.id, purpose: purpose, channel: channel,
                recipient: "+33639981234", dueAt: World.now, toPersonID: to, namesReason: namesReason)
            message.others = others
            return message
        }
    }

    private func booked(
        _ office: TemplateWorld, day: Int = 0, hour: Int = 9, of reason: Reason? = nil
    ) async throws -> Appointment {
        let world = office.world
        var booking = world.booking(at: World.at(day, hour))
        if let reason { booking.reasonID = reason.id }
        booking.again = true
        return try await booking.book(by: office.reception, at: World.now, in: office.store)
    }

    private func rendered(_ told: Told, _ office: TemplateWorld) async throws -> Rendered {
        let message = told.message(to: office.world.person.id)
        return try await office.store.read { db in try message.rendered(in: db) }
    }

    private func onSite(_ office: TemplateWorld) async throws -> Reason {
        let reason = Reason(
            serviceID: office.world.social.id, name: "Point logement", minutes: 30, how: .site, instructions: "Venez avec le bail.")
        try await office.store.write { db in
            try reason.insert(of: office.world.territory.id, in: db)
            try db.run("UPDATE site SET phone = '+33536491010' WHERE id = \(office.world.site.id)")
        }
        return reason
    }

    @Test("by phone: the house, the day, the hour, and the number that will be called", arguments: Engine.available)
    func phone(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let said = try await rendered(Told(appointment: try await booked(office)), office)
            #expect(
                said.text
                    == "MDS d'Orthez : rendez-vous pris le lundi 30 novembre à 9 h, par téléphone, au 06 39 98 12 34.")
            #expect(said.subject.isEmpty && said.html == nil && said.templateVersionID == Template.shipped(.confirmation, .sms).version.id)
        }
    }

    @Test("on site: the place with its address, and whom to call", arguments: Engine.available)
    func site(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let appointment = try await booked(office, of: try await onSite(office))
            let sms = try await rendered(Told(appointment: appointment), office)
            #expect(
                sms.text.contains("Lieu : 1 rue des Essais, Orthez.") && sms.text.contains("Appelez le 05 36 49 10 10.")
            )
            let mail = try await rendered(Told(appointment: appointment, channel: .email), office)
            #expect(mail.subject == "Votre rendez-vous du lundi 30\u{A0}novembre")
            #expect(mail.text.contains("Vous verrez Maïté Ithurralde.") && mail.text.contains("Venez avec le bail."))
            let html = try #require(mail.html)
            #expect(html.contains("<html lang=\"fr\">") && html.contains("<p>Bonjour,</p>") && !html.contains("{"))
        }
    }

    @Test("a copy names the person and not who receives, nor what to bring, nor the number of another", arguments: Engine.available)
    func copy(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let son = try await office.world.anotherPerson(in: office.store),
                site = try await booked(office, of: try await onSite(office))
            let mail = try await rendered(Told(appointment: site, channel: .email, to: son.id, namesReason: false), office)
            #expect(mail.text.contains("Pour Jeanne Lacoste.") && !mail.text.contains("Ithurralde") && !mail.text.contains("bail"))
            let phone = try await booked(office, day: 1)
            let sms = try await rendered(Told(appointment: phone, to: son.id, namesReason: false), office)
            #expect(sms.text.contains("par téléphone. Pour Jeanne Lacoste.") && !sms.text.contains("06"))
        }
    }

    @Test("who receives is not said of a child, of a discreet reason, of a secret service", arguments: Engine.available)
    func discreet(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let reason = try await onSite(office), appointment = try await booked(office, of: reason)
            let mail = { try await rendered(Told(appointment: appointment, channel: .email), office).text }
            #expect(try await mail().contains("Ithurralde"))
            for (on, off): (SQL, SQL) in [
                ("UPDATE reason SET discreet = TRUE", "UPDATE reason SET discreet = FALSE"),
                ("UPDATE reason SET for_child = TRUE", "UPDATE reason SET for_child = FALSE"),
                ("UPDATE service SET secret = TRUE", "UPDATE service SET secret = FALSE"),
            ] {
                try await office.store.write { db in try db.run(on) }
                let text = try await mail()
                #expect(!text.contains("Ithurralde") && !text.contains("bail"))
                try await office.store.write { db in try db.run(off) }
            }
            #expect(try await mail().contains("Ithurralde"))
        }
    }

    @Test(
        "a name that says too much is left out: the territory's stands for the house, the address for the site", arguments: Engine.available
    )
    func names(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let appointment = try await booked(office, of: try await onSite(office))
            try await office.store.write { db in
                try db.run("UPDATE organization SET name = 'Espace RSA d’Orthez' WHERE id = \(office.world.organization.id)")
                try db.run("UPDATE site SET name = 'Point logement' WHERE id = \(office.world.site.id)")
            }
            let text = try await rendered(Told(appointment: appointment), office).text
            #expect(text.hasPrefix("Département d'essai : ") && text.contains("Lieu : 1 rue des Essais, Orthez."))
        }
    }

    @Test("a moved appointment says what it replaces; those taken in one act are said together", arguments: Engine.available)
    func several(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let first = try await booked(office), second = try await booked(office, day: 3, hour: 14)
            let together = try await rendered(Told(appointment: first, others: [second.id]), office)
            #expect(together.text.contains("Et aussi le jeudi 3 décembre à 14 h."))
            _ = try await first.move(
                to: AppointmentFact.Place(agentID: first.agentID, startsAt: World.at(1, 10), endsAt: World.at(1, 10, 30)), why: "",
                by: office.reception, at: World.now, in: office.store)
            let moved = try await rendered(Told(appointment: first, purpose: .change, channel: .email), office)
            #expect(moved.text.contains("Ne venez plus le lundi 30\u{A0}novembre à 9\u{A0}h."))
            #expect(moved.text.contains("Il est le mardi 1er\u{A0}décembre à 10\u{A0}h"))
        }
    }

    @Test("in the language of who reads, if there is a template in it: then the date is in figures", arguments: Engine.available)
    func language(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let appointment = try await booked(office)
            try await office.store.write { db in try db.run("UPDATE person SET language = 'uk'") }
            #expect(try await rendered(Told(appointment: appointment), office).text.contains("rendez-vous"))
            let written = try await office.write(
                .init(scope: .init(.confirmation, .sms, language: "uk"), body: "Зустріч {date} {heure}[, {comment}]."))
            let said = try await rendered(Told(appointment: appointment), office)
            #expect(
                said.text == "Зустріч 30/11/2026 09:00, 06\u{A0}39\u{A0}98\u{A0}12\u{A0}34." && said.templateVersionID == written.version.id
            )
        }
    }

    @Test("a value is text: what a name says is never syntax, nor markup", arguments: Engine.available)
    func escaping(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let appointment = try await booked(office)
            try await office.store.write { db in
                try db.run("UPDATE organization SET name = '<b>{date}</b> & [Cie]' WHERE id = \(office.world.organization.id)")
            }
            let mail = try await rendered(Told(appointment: appointment, channel: .email), office)
            #expect(mail.text.contains("<b>{date}</b> & [Cie]") && mail.html?.contains("&lt;b&gt;{date}&lt;/b&gt; &amp; [Cie]") == true)
        }
    }

    @Test("about no appointment there is nothing to say", arguments: Engine.available)
    func nothing(on engine: Engine) async throws {
        try await TemplateWorld.with(engine) { office in
            let message = Message(
                territoryID: office.world.territory.id, personID: office.world.person.id, appointmentID: nil, purpose: .confirmation,
                channel: .sms, recipient: "+33639981234", dueAt: World.now)
            await #expect(throws: Refusal.nothingToSay) { try await office.store.read { db in try message.rendered(in: db) } }
        }
    }
}
