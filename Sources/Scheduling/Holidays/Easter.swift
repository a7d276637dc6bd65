/// Easter Sunday of a Gregorian year (the anonymous algorithm, Nature, 1876; Butcher and Meeus after it). Nil outside 1583 to 9999.
func easter(of year: Int) -> CivilDate? {
    guard year >= 1583 else { return nil }
    let (century, yearOfCentury) = (year / 100, year % 100)
    let golden = year % 19
    let moonCorrection = (century - (century + 8) / 25 + 1) / 3
    let epact = (19 * golden + century - century / 4 - moonCorrection + 15) % 30
    let toSunday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
    let late = (golden + 11 * epact + 22 * toSunday) / 451
    let total = epact + toSunday - 7 * late + 114
    return CivilDate(year: year, month: total / 31, day: total % 31 + 1)
}
