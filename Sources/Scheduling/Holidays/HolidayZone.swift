/// A public holiday. Two may fall on one day (1 May 2008: Labour Day and Ascension).
public struct Holiday: Hashable, Codable, Sendable {
    public let date: CivilDate
    /// In French: "Lundi de Pâques".
    public let name: String

    public init(date: CivilDate, name: String) {
        self.date = date
        self.name = name
    }
}

/// Where public holidays are the same: those of the Code du travail (L3133-1), of Alsace-Moselle (L3134-13)
/// and the abolition of slavery overseas (L3422-2, décret 83-1003 and local acts).
public enum HolidayZone: String, CaseIterable, Codable, Sendable {
    case metropole
    case alsaceMoselle = "alsace-moselle"
    case guadeloupe
    case guyane
    case martinique
    case mayotte
    case nouvelleCaledonie = "nouvelle-caledonie"
    case laReunion = "la-reunion"
    case polynesieFrancaise = "polynesie-francaise"
    case saintBarthelemy = "saint-barthelemy"
    case saintMartin = "saint-martin"
    case wallisEtFutuna = "wallis-et-futuna"
    case saintPierreEtMiquelon = "saint-pierre-et-miquelon"

    /// Its French name.
    public var label: String {
        switch self {
        case .metropole: "Métropole"
        case .alsaceMoselle: "Alsace-Moselle"
        case .guadeloupe: "Guadeloupe"
        case .guyane: "Guyane"
        case .martinique: "Martinique"
        case .mayotte: "Mayotte"
        case .nouvelleCaledonie: "Nouvelle-Calédonie"
        case .laReunion: "La Réunion"
        case .polynesieFrancaise: "Polynésie française"
        case .saintBarthelemy: "Saint-Barthélemy"
        case .saintMartin: "Saint-Martin"
        case .wallisEtFutuna: "Wallis-et-Futuna"
        case .saintPierreEtMiquelon: "Saint-Pierre-et-Miquelon"
        }
    }
}
