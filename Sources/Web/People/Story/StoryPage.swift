import Core
import Scheduling
import Store

/// All that happened with someone and all that will, newest first.
struct StoryPage: Page {
    let person: Person
    let list: StoryList
    var part: Story.Part?
    /// Not the first page.
    var isNarrowed = false

    var title: String { "Histoire de \(person.name)" }

    var html: HTML {
        """
        \(PageHead(title, actions: LinkButton("Sa fiche", Urls.person(person.id)).html))\(tabs)\
        <section class="card stack" aria-label="\(part?.label ?? "Tout")">\(list)</section>\
        \(Pagination(first: isNarrowed ? Urls.personStory(person.id, part) : nil, next: next))
        """
    }

    private var tabs: HTML {
        let parts = Story.Part.allCases.map { Tabs.Item($0.label, Urls.personStory(person.id, $0), isCurrent: part == $0) }
        return Tabs("Ce que l’on regarde", [Tabs.Item("Tout", Urls.personStory(person.id, nil), isCurrent: part == nil)] + parts).html
    }

    private var next: URLPath? { list.story.next.map { Urls.personStory(person.id, part, before: $0) } }

    static var sample: StoryPage { StoryPage(person: Samples.someone, list: .sample, part: nil, isNarrowed: true) }
}

/// Entries of a story, each a line: when, what, with whom.
struct StoryList: View {
    let story: Story
    /// Names of the authors of notes.
    let agentNames: [ID<Agent>: String]
    /// Names of the services that this agent may know.
    let serviceNames: [ID<Service>: String]
    /// What was tried to carry each message.
    var deliveries: [ID<Message>: [Delivery]] = [:]
    let time: LocalTime

    var html: HTML {
        story.entries.isEmpty ? "<p class=\"soft\">Rien encore.</p>" : "<ol class=\"stack story\">\(each: story.entries, entry)</ol>"
    }

    private func entry(_ entry: Story.Entry) -> HTML {
        switch entry.event {
        case .appointment(.full(let full)): appointment(full)
        case .appointment(.masked(let masked)):
            line(
                Format.capitalized(time.moment(masked.startsAt)), Tag("Rendez-vous").html,
                "<p class=\"soft\">\(masked.serviceName ?? "Avec un autre service")</p>")
        case .message(let message): told(message)
        case .note(let note): self.note(note)
        case .referent(let referent):
            line(
                Format.capitalized(time.day(referent.since)), Tag("Suivi").html,
                "<p>\(referent.agentName) suit la personne pour \(referent.serviceName).</p>")
        }
    }

    private func line(_ when: String, _ tag: HTML, _ content: HTML) -> HTML {
        "<li><p class=\"soft\">\(when) \(tag)</p>\(content)</li>"
    }

    private func appointment(_ full: AppointmentOfPerson.Full) -> HTML {
        let status = full.status.label(endingAt: full.appointment.endsAt, now: time.now)
        let detail = [full.reasonName, full.appointment.how.label, "avec \(full.agentName)", full.siteName ?? full.appointment.place]
        return line(
            Format.capitalized(time.moment(full.appointment.startsAt)), Tag("Rendez-vous").html,
            """
            <p><a href="\(href: Urls.appointment(full.appointment.id))">\(detail.filter { !$0.isEmpty }.joined(separator: " · "))</a> \
            \(Tag(Format.capitalized(status), full.status == .attended ? .good : full.status == .upcoming ? .plain : .warn))</p>
            """)
    }

    private func told(_ message: Message) -> HTML {
        line(
            Format.capitalized(time.moment(message.sentAt ?? message.dueAt)), Tag("Message").html,
            """
            <p>\(MessageLine(message: message)) \(MessageTag(message: message))</p>\
            \(DeliveryLines(deliveries: deliveries[message.id, default: []], time: time))
            """)
    }

    private func note(_ note: Note) -> HTML {
        let about = [agentNames[note.authorID], serviceNames[note.serviceID]].compactMap { $0 }.joined(separator: " · ")
        return line(
            Format.capitalized(time.moment(note.createdAt)),
            "\(Tag("Note"))\(if: note.visibility == .secret, " \(Tag("privée", .alert))")",
            """
            <p class="soft">\(about)</p><div class="said">\(each: note.text.split(separator: "\n"), { "<p>\($0)</p>" })</div>
            """)
    }

    static var sample: StoryList {
        let note = Note(
            personID: Samples.someone.id, serviceID: .new(), authorID: Samples.agent, text: "Dossier ouvert.\nRappeler en janvier.",
            createdAt: Samples.time.now.adding(days: -3), visibility: .secret)
        let events: [Story.Event] = [
            .message(Samples.message), .note(note),
            .appointment(.masked(.init(startsAt: Samples.time.now.adding(days: -8), serviceName: nil))),
        ]
        let entries = events.map { Story.Entry(at: Samples.time.now, id: ID<Note>.new().uuid, event: $0) }
        return StoryList(
            story: Story(entries: entries, next: entries.last?.mark), agentNames: [Samples.agent: "Maïté Ithurralde"], serviceNames: [:],
            deliveries: [Samples.message.id: Envois.sample.lines[0].deliveries], time: Samples.time)
    }
}

/// "Confirmation par SMS à Marie Lacoste, 06 39 98 12 34".
struct MessageLine: View {
    let message: Message

    var html: HTML {
        let recipient = message.channel == .sms || message.channel == .phone ? Format.phone(message.recipient) : message.recipient
        return """
            \(Format.capitalized(message.purpose.label)) par \(message.channel.label)\(message.toName.map { " à \($0)" }), \(recipient)\
            \(if: !message.namesReason, " (sans dire le motif)")\
            \(message.urgentBecause.map { ", tout de suite : \($0)" })\
            \(if: message.withID != nil, ", dans le même message qu’un autre")\
            \(if: !message.others.isEmpty, ", pour \(message.others.count + 1)\u{A0}rendez-vous")
            """
    }
}

extension StoryList {
    static func read(
        _ person: ID<Person>, _ part: Story.Part? = nil, before mark: Story.Mark? = nil, limit: Int, by acting: Acting, at now: Instant,
        in db: Reader
    ) throws -> StoryList {
        let story = try Story.of(person, part, before: mark, limit: limit, seenBy: acting, in: db)
        let services = try Service.known(to: acting, in: db).map { ($0.id, $0.name) }
        return StoryList(
            story: story, agentNames: try Agent.names(of: acting.territoryID, in: db),
            serviceNames: Dictionary(uniqueKeysWithValues: services), deliveries: try Delivery.of(story, of: acting.territoryID, in: db),
            time: LocalTime(zone: acting.territory.zone, now: now))
    }
}
