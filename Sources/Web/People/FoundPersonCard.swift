import Core
import Scheduling

/// Someone found, with what tells homonyms apart.
struct FoundPersonCard: View {
    let person: FoundPerson
    let today: CivilDate
    /// Beside a form that is being filled, so that nothing typed is lost.
    var opensTab = false

    var html: HTML {
        """
        <li class="card"><p><a class="big" href="\(href: Urls.person(person.id))"\(if: opensTab, " target=\"_blank\"")>\(person.name)\
        \(if: opensTab, "<span class=\"unseen\"> (nouvel onglet)</span>")</a></p><p class="soft">\(facts)</p>\
        \(if: person.isArchived, "<p>\(Tag("Archivée", .warn))</p>")\
        \(if: person.elsewhere, "<p>\(Tag("Suivie par une autre organisation : dites pourquoi vous ouvrez sa fiche", .warn))</p>")</li>
        """
    }

    /// "3 décembre 1950 (75 ans) · Orthez · 06 39 98 12 34".
    var facts: String {
        let born = person.birthDate.map { "\(Format.date($0)) (\(Format.age(born: $0, today: today)))" }
        let phones = person.phones.map { phone in Format.phone(phone.number) + (phone.label.isEmpty ? "" : " (\(phone.label))") }
        let maiden = person.birthName.isEmpty ? "" : "nom de naissance\u{A0}: \(person.birthName)"
        return ([maiden, born ?? "date de naissance inconnue", person.commune] + phones).filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// As a candidate of a search as you type.
    var candidate: LiveResults.Item {
        let detail = facts + (person.elsewhere ? " · suivie ailleurs" : "")
        return LiveResults.Item(label: "<b>\(person.name)</b>", detail: detail, url: Urls.person(person.id))
    }
}
