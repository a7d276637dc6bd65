import Core
import Scheduling

/// A person's file: what reception and workers look at all day. How to reach them and what comes next stand first.
struct PersonPage: Page {
    let person: Person
    let file: PersonFile
    let may: Permissions
    /// Who could be a referent; empty when this agent may not choose.
    var choices: [Referent.Choice] = []
    var noteState = FormState.blank
    /// The latest of what happened.
    var story: StoryList
    let time: LocalTime

    /// What the page offers, by the agent's rights.
    struct Permissions: Sendable, Equatable {
        var book = false
        var edit = false
        var writeNotes = false
        var merge = false
    }

    var title: String { person.name }

    var html: HTML {
        """
        \(PageHead(title, above: above, actions: actions))\(archived)\(PersonWarnings(page: self))\(needs)\(uninformed)\(ErrorSummary(noteState, over: notes))
        <div class="two"><div class="stack">\(PersonAppointments(page: self))\(reach)\(told)\(PersonRelatives(page: self))\
        \(PersonProtections(page: self))</div>\
        <div class="stack">\(PersonReferents(page: self))\(notes)\(PersonStory(page: self))\
        \(PersonMerges(merges: file.merges, showsAside: may.edit, agentNames: file.agentNames, time: time))</div></div>
        """
    }

    /// "75 ans, 3 décembre 1950 · MDS d’Orthez".
    private var above: String {
        let born = person.birthDate.map { date in
            "\(Format.age(born: date, today: time.today)), \(Format.date(date))"
        }
        let expected = file.detail.expectedBirth.map { "naissance prévue le \(Format.date($0))" }
        let maiden = person.birthName.isEmpty || file.off.contains(.birthName) ? [] : ["nom de naissance\u{A0}: \(person.birthName)"]
        return (maiden + [born ?? expected ?? "date de naissance inconnue"] + file.organizations.map(\.name)).joined(separator: " · ")
    }

    private var actions: HTML {
        """
        \(if: may.merge, LinkButton("Réunir avec une autre fiche", Urls.personMerging(person.id)).html)\
        \(if: may.edit, LinkButton("Modifier", Urls.editPerson(person.id)).html)\
        \(if: may.edit && file.archiving == nil, LinkButton("Archiver", Urls.personArchiving(person.id)).html)\
        \(if: may.book && file.archiving == nil, LinkButton("Prendre rendez-vous", Urls.newAppointment(for: person.id), style: .main).html)
        """
    }

    private var archived: HTML? {
        file.archiving.map { ArchivedNotice(page: self, archiving: $0).html }
    }

    private var needs: HTML? {
        person.needs.isEmpty ? nil : Notice(.warn, "<p><b>Besoins dits par la personne :</b> \(person.needs)</p>").html
    }

    /// GDPR article 13: who keeps what, how long, which rights.
    private var uninformed: HTML? {
        guard person.informedAt == nil, may.edit else { return nil }
        return Notice(
            .plain,
            """
            <p>La phrase sur ses données n’a pas encore été dite à cette personne :</p><p>« \(privacyNotice) »</p>\
            \(ActionButton("La phrase a été dite", Urls.personInformation(person.id)))
            """
        ).html
    }

    var privacyNotice = ""

    private var reach: HTML {
        """
        <section class="card stack" aria-labelledby="reach-title"><h2 id="reach-title">Joindre</h2>\
        \(if: person.phones.isEmpty && person.emails.isEmpty, "<p class=\"soft\">Ni numéro ni e-mail.</p>")\
        <ul class="stack">\(each: person.phones, phone)\
        \(each: person.emails, { PersonEmail(page: self, email: $0).html })</ul>\(DefinitionList(manner))</section>
        """
    }

    private func phone(_ phone: Person.Phone) -> HTML {
        let about = [phone.label, phone.mobile ? "mobile" : ""].filter { !$0.isEmpty }.joined(separator: ", ")
        return """
            <li><a class="big tel" href="\(href: .tel(phone.number))">\(Format.phone(phone.number))</a>\
            \(if: !about.isEmpty, " <span class=\"soft\">\(about)</span>")</li>
            """
    }

    private var manner: [(String, HTML)] {
        var rows: [(String, HTML)] = [("Prévenir par", "\(person.channel.label)")]
        if person.language != "fr" { rows.append(("Langue", "\(PersonForm.languageName(person.language))")) }
        let town = [person.postalCode, person.commune].filter { !$0.isEmpty }.joined(separator: " ")
        let address = [person.address, town].filter { !$0.isEmpty }.joined(separator: ", ")
        if !address.isEmpty {
            rows.append(("Adresse", "\(address)\(if: file.detail.discretion.addressHidden, " \(Tag("confidentielle", .alert))")"))
        } else if file.detail.discretion.addressHidden {
            rows.append(("Adresse", "confidentielle"))
        }
        if file.detail.discretion.neverCampaign { rows.append(("Informations générales", "n’en veut plus")) }
        rows += PersonKnown(file: file).rows
        if let informed = person.informedAt { rows.append(("Informée de ses droits", "\(when(informed))")) }
        return rows
    }

    private func when(_ informed: Instant) -> String {
        let who = person.informedBy.flatMap { file.agentNames[$0] }.map { ", par \($0)" } ?? ""
        return time.day(informed) + who
    }

    private var told: HTML? {
        guard !file.messages.isEmpty else { return nil }
        return """
            <section class="card stack" aria-labelledby="told-title"><h2 id="told-title">Messages à envoyer</h2>\
            <ul class="stack">\(each: file.messages, message)</ul></section>
            """
    }

    private func message(_ message: Message) -> HTML {
        let due = message.dueAt <= time.now ? "dès que possible" : time.moment(message.dueAt)
        return """
            <li>\(Tag("à envoyer")) \(MessageLine(message: message)) <span class="soft">\(due)</span></li>
            """
    }

    private var notes: HTML { PersonNotes(page: self).html }
}
