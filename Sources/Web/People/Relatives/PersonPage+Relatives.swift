import Core
import Scheduling

/// Who stands around the person, and what goes through them. Never an address: parents who live apart share this page.
struct PersonRelatives: View {
    let page: PersonPage

    var html: HTML {
        guard page.may.edit || !page.file.relatives.isEmpty else { return .empty }
        return """
            <section class="card stack" aria-labelledby="relatives-title"><h2 id="relatives-title">Proches</h2>\
            \(if: page.file.relatives.isEmpty, "<p class=\"soft\">Aucun proche connu.</p>")\
            <ul class="stack">\(each: page.file.relatives, relative)</ul>\
            \(if: page.may.edit, "<p>\(LinkButton("Ajouter un proche", Urls.newRelative(page.person.id)))</p>")</section>
            """
    }

    private func relative(_ one: Relative) -> HTML {
        let name: HTML = one.isKnown ? "<a href=\"\(href: Urls.person(one.personID))\">\(one.name)</a>" : "\(one.name)"
        let age = one.birthDate.map { ", \(Format.age(born: $0, today: page.time.today))" } ?? ""
        return """
            <li class="row spread"><div><p><b>\(name)</b>, \(one.label)\(age)</p><p class="row">\(each: tags(one), { $0 })</p></div>\
            \(if: page.may.edit && !one.isReverse, edit(one))</li>
            """
    }

    private func edit(_ one: Relative) -> HTML {
        LinkButton("Modifier", Urls.relative(page.person.id, one.relation.id), spoken: "Modifier le lien avec \(one.name)").html
    }

    private func tags(_ one: Relative) -> [HTML] {
        let relation = one.relation
        var tags: [HTML] = []
        if let unaware = relation.unaware {
            let words = one.isReverse ? "Ne doit pas savoir ce qui concerne \(one.name)" : "Ne doit pas savoir"
            tags.append("\(Tag("\(words), depuis le \(Format.date(unaware.since)) (\(unaware.source))", .alert))")
        }
        if relation.receives {
            let words = one.isReverse ? "Reçoit ses messages" : "Reçoit"
            let asked = relation.askedOn.map { ", demandé le \(Format.date($0))" } ?? ""
            tags.append("\(Tag(words + asked))")
        }
        if relation.books { tags.append("\(Tag(one.isReverse ? "Peut réserver pour elle ou lui" : "Peut réserver"))") }
        if let consent = relation.consent { tags.append("\(Tag("Accord du \(Format.date(consent.on)) (\(consent.how))"))") }
        return tags
    }
}

/// The measures that protect an adult.
struct PersonProtections: View {
    let page: PersonPage

    var html: HTML {
        guard page.may.edit || !page.file.protections.isEmpty else { return .empty }
        return """
            <section class="card stack" aria-labelledby="protection-title"><h2 id="protection-title">Protection juridique</h2>\
            \(if: page.file.protections.isEmpty, "<p class=\"soft\">Aucune mesure connue.</p>")\
            <ul class="stack">\(each: page.file.protections, protection)</ul>\
            \(if: page.may.edit, "<p>\(LinkButton("Ajouter une mesure", Urls.newProtection(page.person.id)))</p>")</section>
            """
    }

    private func protection(_ one: Protection) -> HTML {
        let holds = one.holds(on: page.time.zone.civil(page.time.now).date)
        let until = one.endsOn.map { " jusqu’au \(Format.date($0))" } ?? ""
        return """
            <li class="row spread"><div><p><b>\(Format.capitalized(one.measure.label))</b> depuis le \(Format.date(one.startsOn))\(until) \
            \(if: holds, Tag("en cours", .good).html)</p>\(one.representativeName.map { representative($0, one.copies) })</div>\
            \(if: page.may.edit, LinkButton("Modifier", Urls.protection(page.person.id, one.id), spoken: "Modifier la mesure").html)</li>
            """
    }

    private func representative(_ name: String, _ copies: Bool) -> HTML {
        """
        <p class="soft">Représentant : \(name)\(if: copies, ", qui reçoit une copie des messages, sans le motif")</p>
        """
    }
}
