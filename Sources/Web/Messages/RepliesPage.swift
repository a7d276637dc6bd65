import Core
import Scheduling

/// « Réponses »: what people sent back, for those who see the appointment or answer the telephone.
struct RepliesPage: Page {
    let replies: [ReplyDetails]
    var problem: String?
    let time: LocalTime

    var title: String { "Réponses" }

    var html: HTML {
        """
        \(PageHead(title, actions: LinkButton("Envois", Urls.messages).html))\(problem.map { Notice(.alert, "<p role=\"alert\">\($0)</p>").html })\
        \(open.isEmpty ? empty : list(open))\(if: !settled.isEmpty, done)
        """
    }

    private var open: [ReplyDetails] { replies.filter { $0.reply.settledAt == nil } }
    private var settled: [ReplyDetails] { replies.filter { $0.reply.settledAt != nil } }

    private var empty: HTML {
        EmptyState(
            "Aucune réponse à lire",
            """
            Par SMS, « oui », « non » et « stop » sont compris ; par le code d’une lettre, ce sont trois boutons. Tout le reste, et les \
            réponses aux e-mails, est à lire ici, par qui suit le rendez-vous.
            """
        ).html
    }

    private var done: HTML {
        "<details class=\"more\"><summary>Réglées depuis hier (\(settled.count))</summary>\(list(settled))</details>"
    }

    private func list(_ replies: [ReplyDetails]) -> HTML {
        "<ul class=\"to-close\">\(each: replies, { ReplyCard(one: $0, time: time).html })</ul>"
    }
}

/// One answer: who, about what, the words, what they did, and what is left to do.
struct ReplyCard: View {
    let one: ReplyDetails
    let time: LocalTime

    private var reply: Reply { one.reply }

    var html: HTML {
        """
        <li class="card"><div><h2>\(who)</h2><p class="soft">\(Format.capitalized(time.moment(reply.receivedAt)))\(origin)\(about)</p>\
        <blockquote>\(each: reply.text.split(separator: "\n"), { "<p>\($0)</p>" })</blockquote><p>\(Tag(Format.capitalized(reply.effect.label), tone))\
        \(seems)</p></div>\
        <div class="row">\(call)\(answer)</div></li>
        """
    }

    private var who: HTML {
        guard let id = reply.personID, let name = one.personName else {
            return reply.isByEmail ? "\(reply.sender)" : "\(Format.phone(reply.sender))"
        }
        return "<a href=\"\(href: Urls.person(id))\">\(name)</a>"
    }

    private var about: HTML? {
        guard let id = reply.appointmentID, let startsAt = one.startsAt else { return nil }
        return " · <a href=\"\(href: Urls.appointment(id))\">rendez-vous \(time.moment(startsAt))</a>"
    }

    /// Anyone may write from any address: from which one is said.
    private var origin: HTML? {
        if reply.gateway == Reply.byCode { return ", à son courrier" }
        return reply.isByEmail ? ", par e-mail, de \(reply.sender)" : nil
    }

    /// What an e-mail says changes nothing by itself.
    private var seems: HTML? {
        guard reply.isByEmail, reply.meaning != .words else { return nil }
        return " <span class=\"soft\">Semble dire : \(reply.meaning.label).</span>"
    }

    private var tone: Tone { reply.settledAt != nil ? .good : reply.effect == .toRead ? .plain : .warn }

    private var call: HTML? {
        if reply.isByEmail {
            return "<a class=\"button\" href=\"\(href: .mail(reply.sender))\">Écrire<span class=\"unseen\"> à \(reply.sender)</span></a>"
        }
        guard PhoneNumber(stored: reply.sender) != nil else { return nil }
        return """
            <a class="button tel" href="\(href: .tel(reply.sender))"><span class="unseen">Appeler le </span>\(Format.phone(reply.sender))</a>
            """
    }

    private var answer: HTML? {
        guard reply.settledAt == nil else { return one.settledBy.map { "<span class=\"soft\">Fait par \($0)</span>" } }
        return ActionButton("Fait", Urls.replySettled(reply.id)).html
    }
}
