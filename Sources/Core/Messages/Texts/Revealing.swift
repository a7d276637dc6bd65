/// Words that would tell a neighbour who reads over a shoulder what someone came for: no message says them.
///
/// Someone's telephone lies on the kitchen table, and their letter box has no key. What a service does, and what an appointment is about,
/// is said in person.
public struct Revealing: Sendable {
    /// The names of services and reasons, folded.
    private let names: Set<[String]>

    /// - Parameter names: of services and reasons. One that a shipped template says in passing (« Rendez-vous ») tells nothing.
    public init(names: [String] = []) {
        self.names = Set(names.map(Folding.words(of:)).filter { !$0.isEmpty && !Self.areSaidInPassing($0) })
    }

    /// The first revealing expression of a text, as it stands in the list; `nil` when it tells nothing.
    public func found(in text: String) -> String? {
        let words = Folding.words(of: text)
        return Self.all.first { Self.holds(words, $0.folded) }?.written ?? names.first { Self.holds(words, $0) }?.joined(separator: " ")
    }

    /// The text, or nothing when it tells something.
    func withheld(_ text: String) -> String { found(in: text) == nil ? text : "" }

    private static func holds(_ words: [String], _ sought: [String]) -> Bool {
        guard words.count >= sought.count else { return false }
        return (0...words.count - sought.count).contains { words[$0..<$0 + sought.count].elementsEqual(sought) }
    }

    private static func areSaidInPassing(_ words: [String]) -> Bool { shipped.contains { holds($0, words) } }
    private static let shipped = Template.shipped.map { Folding.words(of: $0.version.subject + "\n" + $0.version.body) }

    private static let all = words.map { (written: $0, folded: Folding.words(of: $0)) }

    static let words = [
        "RSA", "revenu de solidarité active", "allocataire", "allocataires", "prime d’activité", "insertion", "PMI",
        "protection maternelle",
        "maternelle et infantile", "grossesse", "enceinte", "IVG", "contraception", "planification", "planning familial", "dépistage",
        "ASE",
        "aide sociale à l’enfance", "protection de l’enfance", "enfance en danger", "AEMO", "AED", "CRIP", "information préoccupante",
        "signalement", "placement", "adoption", "MDPH", "handicap", "APA", "perte d’autonomie", "dépendance", "tutelle", "curatelle",
        "sauvegarde de justice", "MASP", "surendettement", "dettes", "impayés", "expulsion", "FSL", "violence", "violences", "victime",
        "victimes", "addiction", "addictions", "alcool", "alcoologie", "toxicomanie", "drogue", "psychologue", "psychiatre", "psychiatrie",
        "psychiatrique", "santé mentale", "CMP", "CSAPA", "VIH", "sida", "assistante sociale", "assistant social", "travailleur social",
        "travailleuse sociale", "sans abri", "SDF", "domiciliation", "précarité", "demandeur d’asile", "prison", "SPIP", "probation",
    ]
}
