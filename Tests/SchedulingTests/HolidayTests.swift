import Foundation
import Scheduling
import Testing

struct HolidayTests {
    @Test(
        "Public holidays are those of the official file, none missing and none added, 2006 to 2031",
        .enabled(if: SharedFolder.exists, "the folder of open data is not beside the project; set LIEN_SHARED"),
        arguments: HolidayZone.allCases)
    func official(zone: HolidayZone) throws {
        let expected = try officialHolidays(of: zone)
        let computed = (2006...2031).flatMap { zone.holidays(in: $0) }
        #expect(Set(computed) == expected)
        #expect(computed.count == expected.count)
        #expect(expected.count >= 26 * 11)
    }

    @Test("A day is a holiday or is not, zone by zone")
    func days() throws {
        #expect(HolidayZone.metropole.isHoliday(try date("2026-04-06")))
        #expect(!HolidayZone.metropole.isHoliday(try date("2026-04-03")))
        #expect(HolidayZone.alsaceMoselle.isHoliday(try date("2026-04-03")))
        #expect(!HolidayZone.metropole.isHoliday(try date("2026-12-26")))
        #expect(HolidayZone.laReunion.isHoliday(try date("2026-12-20")))
        #expect(!HolidayZone.metropole.isHoliday(try date("2026-12-20")))
    }

    @Test("On 1 May 2008, Labour Day and Ascension are two holidays")
    func twoInOneDay() throws {
        let day = try date("2008-05-01")
        #expect(HolidayZone.metropole.holidays(in: 2008).filter { $0.date == day }.map(\.name).sorted() == ["1er mai", "Ascension"])
    }

    @Test("Easter is that of published tables, the earliest and the latest included")
    func easterDates() throws {
        let known = [
            "1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24", "2038-04-25", "2049-04-18",
        ]
        for text in known {
            let sunday = try date(text)
            #expect(
                HolidayZone.metropole.holidays(in: sunday.year).contains(Holiday(date: sunday.adding(days: 1), name: "Lundi de Pâques")))
        }
    }

    @Test("Holidays close whole civil days, those of the neighbouring year included")
    func ranges() throws {
        let paris = try zone()
        let ranges = HolidayZone.metropole.ranges(in: try paris.span("2026-12-25 12:00", "2027-01-01 00:05"), zone: paris)
        #expect(ranges == [try paris.span("2026-12-25 00:00", "2026-12-26 00:00"), try paris.span("2027-01-01 00:00", "2027-01-02 00:00")])
        #expect(HolidayZone.metropole.ranges(in: try paris.span("2026-12-26 00:00", "2027-01-01 00:00"), zone: paris).isEmpty)
    }

    private func officialHolidays(of zone: HolidayZone) throws -> Set<Holiday> {
        let file = SharedFolder.url.appending(path: "data/jours_feries_zones_2006_2031.csv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
        var holidays: Set<Holiday> = []
        for line in lines {
            let fields = line.split(separator: ",", maxSplits: 2).map(String.init)
            guard fields[2].split(separator: "|").contains(where: { folded(String($0)) == folded(zone.label) }) else { continue }
            holidays.insert(Holiday(date: try date(fields[0]), name: fields[1]))
        }
        return holidays
    }

    /// The file writes "Polynésie Française" and "Saint-Barthélémy".
    private func folded(_ name: String) -> String {
        name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }
}
