/// Words of offices, and what people say instead.
enum PlainWords {
    static func found(in sentences: [Sentences.Sentence]) -> [Readability.HardWord] {
        var found: [Readability.HardWord] = []
        for sentence in sentences {
            let words = sentence.words.map { if case .word(let word) = $0 { word } else { "" } }
            for start in words.indices { if let hard = hard(words[start...]), !found.contains(hard) { found.append(hard) } }
        }
        return found
    }

    /// The longest expression that begins here.
    private static func hard(_ words: ArraySlice<String>) -> Readability.HardWord? {
        for length in stride(from: min(longest, words.count), through: 1, by: -1) {
            let said = words.prefix(length)
            let key = said.map { Folding.key(withoutArticle($0)) }.joined(separator: " ")
            if let suggestion = suggestions[key] ?? (length == 1 ? suggestions[singular(key)] : nil) {
                return .init(word: said.joined(separator: " "), suggestion: suggestion)
            }
        }
        return nil
    }

    private static func withoutArticle(_ word: String) -> String { String(word.split(separator: "’").last ?? "") }
    private static func singular(_ word: String) -> String { word.hasSuffix("s") || word.hasSuffix("x") ? String(word.dropLast()) : word }

    private static let longest = suggestions.keys.map { $0.split(separator: " ").count }.max() ?? 1

    /// By the folded words, in the singular.
    private static let suggestions: [String: String] = [
        "afin de": "pour", "afin que": "pour que", "allocataire": "personne qui reçoit l’aide", "allocation": "aide",
        "annexe": "page jointe",
        "attestation": "papier qui prouve", "attester": "prouver", "au prealable": "avant", "au titre de": "pour", "aupres de": "à",
        "beneficiaire": "personne qui reçoit l’aide", "beneficier": "recevoir", "beneficiez": "recevez", "ci joint": "avec cette lettre",
        "ci dessous": "plus bas", "ci dessus": "plus haut", "communiquer": "donner", "conformement": "comme le dit la loi",
        "conjoint": "mari ou femme", "consulter": "lire", "convocation": "rendez-vous obligatoire", "convoquer": "demander de venir",
        "courriel": "e-mail", "dans le cadre de": "pour", "dans les meilleurs delais": "vite",
        "dans un delai de": "avant", "decision defavorable": "refus", "delivrer": "donner", "demarche": "chose à faire",
        "demeurer": "rester", "denommer": "appeler", "differer": "remettre à plus tard", "disposer": "avoir", "disposez": "avez",
        "domicile": "chez vous", "dument": "bien", "echeance": "date limite", "effectuer": "faire", "effectuez": "faites",
        "en cas de": "si", "en vertu de": "d’après", "en vue de": "pour", "entretien": "rendez-vous", "etablir": "faire",
        "etre en mesure de": "pouvoir", "evaluer": "regarder", "eventuel": "possible", "eventuellement": "peut-être",
        "exemplaire": "copie", "exonerer": "dispenser", "faire parvenir": "envoyer", "fournir": "donner", "honorer": "venir à",
        "hormis": "sauf", "il convient de": "il faut", "impartir": "donner", "incomber": "revenir", "indument": "à tort",
        "informer": "dire", "initial": "premier", "instruction": "étude", "integralite": "totalité",
        "interlocuteur": "personne à qui parler", "justificatif": "papier qui prouve", "le cas echeant": "si besoin", "mensuel": "par mois",
        "mentionner": "écrire", "modalite": "façon de faire", "moyennant": "contre", "munir": "prendre avec soi",
        "munissez vous de": "apportez", "necessiter": "demander", "nonobstant": "malgré", "notification": "lettre", "notifier": "dire",
        "nous vous prions de": "merci de", "obtenir": "avoir", "octroyer": "donner", "partenaire": "autre service",
        "percevoir": "recevoir", "percevez": "recevez", "piece justificative": "papier qui prouve",
        "postulant": "personne qui demande", "prealable": "d’avant", "prealablement": "avant", "prestation": "aide", "preciser": "dire",
        "prendre acte": "noter", "proceder": "faire", "proroger": "prolonger", "reclamation": "plainte",
        "recours": "demande de revoir la décision", "regulariser": "mettre en ordre", "reporter": "changer de jour",
        "requerant": "personne qui demande",
        "requis": "demandé", "requerir": "demander", "resilier": "arrêter", "ressource": "argent qui rentre", "restituer": "rendre",
        "acquitter": "payer", "sanction": "peine", "sans delai": "tout de suite", "se rendre": "aller",
        "solliciter": "demander", "souscrire": "signer", "statuer": "décider", "stipuler": "dire", "sous reserve de": "si",
        "subordonner": "faire dépendre", "susceptible": "peut", "susmentionne": "dit plus haut", "suspendre": "arrêter",
        "transmettre": "envoyer", "transmettez": "envoyez", "trimestriel": "tous les trois mois", "ulterieur": "d’après",
        "ulterieurement": "plus tard", "usager": "personne", "valider": "accepter", "veuillez": "merci de", "veuillez agreer": "au revoir",
    ]
}
