extension HolidayZone {
    /// The public holidays of a year under the law in force since 1983, in order of date.
    public func holidays(in year: Int) -> [Holiday] {
        (fixed(in: year) + movable(in: year)).sorted { ($0.date, $0.name) < ($1.date, $1.name) }
    }

    public func isHoliday(_ date: CivilDate) -> Bool {
        holidays(in: date.year).contains { $0.date == date }
    }

    /// The holidays that touch a window, as whole civil days.
    public func ranges(in window: Range<Instant>, zone: Zone) -> [Range<Instant>] {
        guard !window.isEmpty else { return [] }
        let years = zone.civil(window.lowerBound).date.year...zone.civil(window.upperBound).date.year
        let days = years.flatMap { year in holidays(in: year).map { zone.day($0.date) } }
        return days.filter { $0.overlaps(window) }
    }

    private func fixed(in year: Int) -> [Holiday] {
        let everywhere = [
            (1, 1, "1er janvier"), (5, 1, "1er mai"), (5, 8, "8 mai"), (7, 14, "14 juillet"), (8, 15, "Assomption"),
            (11, 1, "Toussaint"), (11, 11, "11 novembre"), (12, 25, "Jour de Noël"),
        ]
        return (everywhere + local(in: year)).compactMap { month, day, name in
            CivilDate(year: year, month: month, day: day).map { Holiday(date: $0, name: name) }
        }
    }

    private func local(in year: Int) -> [(Int, Int, String)] {
        if self == .alsaceMoselle { return [(12, 26, "2ème jour de Noël")] }
        return abolition(in: year).map { month, day in [(month, day, "Abolition de l'esclavage")] } ?? []
    }

    private func abolition(in year: Int) -> (month: Int, day: Int)? {
        switch self {
        case .mayotte: (4, 27)
        case .martinique: (5, 22)
        case .guadeloupe: (5, 27)
        // Its own day, no longer Guadeloupe's, since 2018.
        case .saintMartin: (5, year < 2018 ? 27 : 28)
        case .guyane: (6, 10)
        case .saintBarthelemy: (10, 9)
        case .laReunion: (12, 20)
        default: nil
        }
    }

    private func movable(in year: Int) -> [Holiday] {
        guard let easter = easter(of: year) else { return [] }
        var days = [(1, "Lundi de Pâques"), (39, "Ascension"), (50, "Lundi de Pentecôte")]
        if self == .alsaceMoselle { days.append((-2, "Vendredi saint")) }
        return days.map { Holiday(date: easter.adding(days: $0.0), name: $0.1) }
    }
}
