import Core
import Scheduling

/// « Courriers »: the letters that are to be printed, organization by organization, and the batches that are to be posted.
struct LettersPage: Page {
    let waiting: WaitingLetters
    let batches: [LetterBatch]
    let names: [ID<Agent>: String]
    let houses: [ID<Organization>: String]
    /// A public address is known: letters carry a code to answer with.
    let hasCodes: Bool
    /// `weasyprint` is there.
    let canPrint: Bool
    var problem: String?
    let time: LocalTime

    var title: String { "Courriers" }

    var html: HTML {
        """
        \(PageHead(title, above: above, actions: LinkButton("Envois", Urls.messages).html))\
        \(problem.map { Notice(.alert, "<p role=\"alert\">\($0)</p>").html })\(lacking)\
        \(waiting.houses.isEmpty ? empty : "\(each: waiting.houses, house)")\
        \(if: !open.isEmpty, "<section><h2>Lots à poster</h2><ul class=\"to-close\">\(each: open, batch)</ul></section>")\
        \(if: !past.isEmpty, older)
        """
    }

    private var above: String? {
        let count = waiting.houses.map(\.count).reduce(0, +)
        return count == 0 ? nil : Format.count(count, "lettre à imprimer", "lettres à imprimer")
    }

    private var open: [LetterBatch] { batches.filter { $0.state == .prepared } }
    private var past: [LetterBatch] { batches.filter { $0.state != .prepared } }

    /// What whoever keeps the server must do first.
    private var lacking: HTML {
        """
        \(if: !canPrint, Notice(.warn, "<p>\(Refusal.noWeasyPrint.sentence)</p>").html)\
        \(if: !hasCodes, codeless)
        """
    }

    private var codeless: HTML {
        Notice(
            .plain,
            """
            <p>Les lettres partent sans code pour répondre : l’adresse publique du site n’est pas réglée.\
             Qui administre le serveur peut le faire (LIEN_PUBLIC_URL).</p>
            """
        ).html
    }

    private var older: HTML {
        """
        <details class="more"><summary>Lots des trente derniers jours (\(past.count))</summary>\
        <ul class="to-close">\(each: past, batch)</ul></details>
        """
    }

    private var empty: HTML {
        EmptyState(
            "Aucun courrier à imprimer",
            "Une lettre attend ici quand une personne n’a ni mobile ni e-mail, ou préfère le courrier, et qu’il y a quelque chose à lui dire.",
            action: open.isEmpty ? LinkButton("Voir les envois", Urls.messages) : nil
        ).html
    }

    private func house(_ one: WaitingLetters.OfHouse) -> HTML {
        """
        <section aria-label="\(one.house.name)"><div class="head"><h2>\(one.house.name)</h2>\
        \(ActionButton(button(one), Urls.letterBatches, style: .main, fields: [("organization", "\(one.house.id)")]))</div>\
        <ul class="to-close">\(each: one.letters, letter)</ul>\
        \(if: one.count > one.letters.count, "<p class=\"soft after\">Les plus anciennes d’abord : \(Format.number(one.count)) en tout.</p>")</section>
        """
    }

    private func button(_ one: WaitingLetters.OfHouse) -> String {
        one.count > LetterBatch.most
            ? "Préparer un lot de \(LetterBatch.most)" : "Préparer un lot : \(Format.count(one.count, "lettre"))"
    }

    private func letter(_ one: Letter) -> HTML {
        """
        <li class="card"><div><h2><a href="\(href: Urls.person(one.message.personID))">\(one.personName)</a></h2>\
        <p>\(Format.capitalized(LetterAbout.says(one.message)))\(LetterAbout(letter: one, time: time))</p>\
        <p class="soft">Attend depuis \(time.moment(one.message.dueAt))</p></div></li>
        """
    }

    private func batch(_ one: LetterBatch) -> HTML {
        """
        <li class="card"><div><h2><a href="\(href: Urls.letterBatch(one.id))">Lot du \(time.day(one.preparedAt))</a></h2>\
        <p>\(houses[one.organizationID] ?? "") · \(Format.count(one.letters, "lettre")) · \(LetterBatchTag(batch: one))</p>\
        <p class="soft">Préparé \(time.moment(one.preparedAt)) par \(names[one.preparedBy] ?? "un agent")\
        \(one.postedAt.map { ", posté \(time.moment($0))" })</p></div></li>
        """
    }
}

/// What a letter is about, and when.
struct LetterAbout: View {
    let letter: Letter
    let time: LocalTime

    var html: HTML {
        guard let id = letter.message.appointmentID, let startsAt = letter.startsAt else { return .empty }
        return " · <a href=\"\(href: Urls.appointment(id))\">rendez-vous \(time.moment(startsAt))</a>"
    }

    /// « Confirmation à Jean Lacoste ».
    static func says(_ message: Message) -> String { message.purpose.label + (message.toName.map { " à \($0)" } ?? "") }
}

/// How a batch stands, in words.
struct LetterBatchTag: View {
    let batch: LetterBatch

    var html: HTML { Tag(batch.state.label, batch.state == .posted ? .good : batch.state == .prepared ? .warn : .plain).html }
}

/// « Lot de courriers »: what it holds, what is to be taken out of the paper, and the three things that can be done.
struct LetterBatchPage: Page {
    let details: LetterBatchDetails
    var problem: String?
    let time: LocalTime

    private var batch: LetterBatch { details.batch }

    var title: String { "Lot de courriers" }

    var html: HTML {
        """
        \(PageHead(title, above: "Courriers · \(details.house)", actions: LinkButton("Courriers", Urls.letters).html))\
        \(problem.map { Notice(.alert, "<p role=\"alert\">\($0)</p>").html })\
        <p class="soft">Préparé \(time.moment(batch.preparedAt)) par \(details.preparedBy)\
        \(batch.postedAt.map { ", posté \(time.moment($0))" })\(batch.undoneAt.map { ", défait \(time.moment($0))" })</p>\
        <p class="big">\(Format.count(count, "lettre")) \(LetterBatchTag(batch: batch))</p>\(if: batch.state == .prepared, acts)\
        \(if: batch.state == .prepared && !details.out.isEmpty, taking)\
        <ul class="to-close">\(each: shown, line)</ul>\(if: batch.state == .posted && !details.out.isEmpty, left)
        """
    }

    private var count: Int { batch.state == .undone ? batch.letters : details.good.count }
    /// Of one that was undone, all: each is a letter to print again.
    private var shown: [Letter] { batch.state == .undone ? details.letters : details.good }

    private var acts: HTML {
        """
        <div class="row">\(if: !details.good.isEmpty, ActionButton("Télécharger le PDF", Urls.letterBatch(batch.id, "pdf"), style: .main).html)\
        \(ActionButton("Tout est posté", Urls.letterBatch(batch.id, "posting")))\
        \(ActionButton("Défaire le lot", Urls.letterBatch(batch.id, "undoing")))</div>
        """
    }

    /// Said first: the paper may be printed already.
    private var taking: HTML {
        Notice(.warn, "<h2>À retirer du lot de papier</h2><ul class=\"bullets\">\(each: details.out, out)</ul>").html
    }

    private var left: HTML {
        "<section><h2>Retirées avant d’être postées</h2><ul class=\"bullets\">\(each: details.out, out)</ul></section>"
    }

    private func out(_ one: Letter) -> HTML {
        "<li>Lettre \(one.number ?? 0), \(one.personName) : \(one.trouble?.label ?? "")</li>"
    }

    private func line(_ one: Letter) -> HTML {
        """
        <li class="card"><div><h2><span class="soft">Lettre \(one.number ?? 0)</span> \
        <a href="\(href: Urls.person(one.message.personID))">\(one.personName)</a></h2>\
        <p>\(Format.capitalized(LetterAbout.says(one.message)))\(LetterAbout(letter: one, time: time))</p>\
        <p class="soft">\(recipient(one.message))</p></div></li>
        """
    }

    private func recipient(_ message: Message) -> String {
        let address = message.recipient.split(separator: "\n").joined(separator: ", ")
        return message.toName.map { "À \($0), \(address)" } ?? address
    }
}
