/// Which words in `-ent` say their ending (client, souvent) and which do not (peuvent, donnent).
enum FrenchEndings {
    static func isSaid(_ word: String) -> Bool {
        if word.hasSuffix("ment") { return !verbs.contains(word) }
        return word.count <= 4 || said.contains(word) || word.hasSuffix("vient") || word.hasSuffix("tient")
    }

    /// Nouns, adjectives and adverbs; all others in `-ent` are taken for verbs.
    private static let said: Set<String> = [
        "absent", "accent", "accident", "adhérent", "adjacent", "adolescent", "agent", "antécédent", "apparent", "argent", "autant",
        "client", "cohérent", "compétent", "concurrent", "conscient", "conséquent", "content", "contingent", "continent", "convalescent",
        "couvent", "différent", "diligent", "dissident", "divergent", "déficient", "équivalent", "évident", "excellent", "fréquent",
        "imminent", "impatient", "imprudent", "incident", "inconscient", "inconvénient", "indigent", "indulgent", "ingrédient", "innocent",
        "insolent", "intelligent", "intermittent", "mécontent", "occident", "orient", "parent", "patient", "permanent", "pertinent",
        "pourcent", "président", "précédent", "présent", "prudent", "quotient", "récent", "récipient", "référent", "résident", "serpent",
        "souvent", "subséquent", "talent", "torrent", "transparent", "urgent", "violent",
    ]

    /// Those in `-ment` whose ending is not said.
    private static let verbs: Set<String> = [
        "affirment", "aiment", "allument", "animent", "arment", "assument", "confirment", "consomment", "dorment", "endorment", "enferment",
        "estiment", "expriment", "ferment", "forment", "fument", "impriment", "informent", "nomment", "programment", "réclament",
        "réforment", "renferment", "résument", "suppriment", "transforment",
    ]
}
