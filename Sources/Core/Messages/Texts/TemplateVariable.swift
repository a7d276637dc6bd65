/// What a template takes from the appointment: written between braces, as in `{date}`, whatever the case and the accents.
public enum TemplateVariable: String, CaseIterable, Sendable {
    case date
    case hour = "heure"
    case duration = "durée"
    case way = "comment"
    case place = "lieu"
    case agent
    case house = "organisation"
    case territory = "collectivité"
    case number = "numéro"
    case person = "personne"
    case instructions = "consignes"
    case before = "avant"
    case sooner = "place"
    case others = "aussi"

    /// As it is written in a template: `{heure}`.
    public var written: String { "{\(rawValue)}" }

    /// What stands in its place, and when nothing does.
    public var hint: String {
        switch self {
        case .date: "le jour : « jeudi 3 décembre »"
        case .hour: "l’heure : « 9 h 30 »"
        case .duration: "combien de temps : « 30 minutes »"
        case .way: "« par téléphone, au 06… », « à domicile », « en visio » ; rien sur place"
        case .place: "le lieu et son adresse ; rien par téléphone, à domicile ou en visio"
        case .agent: "qui reçoit ; rien pour un motif discret, un service secret, ou si quelqu’un d’autre est prévenu"
        case .house: "le nom de l’organisation, ou celui de la collectivité s’il en disait trop"
        case .territory: "le nom de la collectivité"
        case .number: "le numéro à rappeler : celui du lieu, sinon de l’organisation"
        case .person: "la personne, quand c’est quelqu’un d’autre qui est prévenu ; rien sinon"
        case .instructions: "les consignes du motif, quand elles ne disent rien d’intime"
        case .sooner: "le jour et l’heure de la place qui est libre plus tôt"
        case .before: "l’ancien jour et l’ancienne heure d’un rendez-vous déplacé"
        case .others: "les autres rendez-vous que le message dit aussi"
        }
    }

    /// An example of its usual length.
    public var sample: String {
        switch self {
        case .date: "jeudi 3 décembre"
        case .hour: "9\u{A0}h\u{A0}30"
        case .duration: "30\u{A0}minutes"
        case .way: "par téléphone, au 06\u{A0}39\u{A0}98\u{A0}12\u{A0}34"
        case .place: "Maison du Gave, 12 rue du Pont, Orthez"
        case .agent: "Maïté Ithurralde"
        case .house: "Maison d’Orthez"
        case .territory: "Département d’essai"
        case .number: "05\u{A0}36\u{A0}49\u{A0}10\u{A0}10"
        case .person: "Jeanne Lacoste"
        case .instructions: "Venez avec cette lettre."
        case .sooner: "mardi 1er décembre à 14\u{A0}h"
        case .before: "mardi 1er décembre à 14\u{A0}h"
        case .others: "jeudi 10 décembre à 9\u{A0}h\u{A0}30"
        }
    }

    init?(typed: String) {
        let key = Folding.key(typed)
        guard let found = Self.allCases.first(where: { Folding.key($0.rawValue) == key }) else { return nil }
        self = found
    }
}

extension [TemplateVariable: String] {
    /// An appointment at a site, told to the person themselves: what most messages say.
    public static func usual(for purpose: Template.Purpose) -> Self {
        var unusual: Set<TemplateVariable> = [.way, .person, .others]
        if purpose != .change { unusual.insert(.before) }
        if purpose != .earlierSlot { unusual.insert(.sooner) }
        return fullest.filter { !unusual.contains($0.key) }
    }

    /// All that there may be at once: the longest message.
    public static let fullest = Dictionary(uniqueKeysWithValues: TemplateVariable.allCases.map { ($0, $0.sample) })
}
