import Core

/// On a person's page: the files that went into theirs.
struct PersonMerges: View {
    let merges: [MergedPerson]
    /// To those who may change the file, since it may hold a confidential address.
    let showsAside: Bool
    let agentNames: [ID<Agent>: String]
    let time: LocalTime

    var html: HTML {
        guard !merges.isEmpty else { return .empty }
        return """
            <section class="card stack" aria-labelledby="merges-title"><h2 id="merges-title">Fiches réunies à celle-ci</h2>\
            <ul class="stack">\(each: merges, line)</ul></section>
            """
    }

    private func line(_ merge: MergedPerson) -> HTML {
        let agent = agentNames[merge.agentID].map { ", par \($0)" } ?? ""
        let aside = merge.aside.sorted { $0.key < $1.key }.compactMap { name, value in Self.labels[name].map { "\($0) : \(value)" } }
        return """
            <li><p><b>\(merge.name)</b> <span class="soft">\(time.day(merge.at))\(agent)</span></p>\
            \(if: showsAside && !aside.isEmpty, "<p class=\"soft\">Mis de côté : \(aside.joined(separator: " · "))</p>")</li>
            """
    }

    private static let labels = [
        "last_name": "nom", "first_name": "prénom", "birth_name": "nom de naissance", "birth_date": "date de naissance",
        "expected_birth": "naissance prévue", "number_caf": "numéro CAF", "number_msa": "numéro MSA",
        "number_france-travail": "identifiant France Travail", "number_file": "numéro de dossier", "number_other": "autre numéro",
        "address": "adresse", "postal_code": "code postal",
        "commune": "commune", "channel": "prévenir par", "language": "langue",
    ]
}
