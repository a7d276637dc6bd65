import Foundation
import Scheduling
import Testing

struct CivilDateTests {
    @Test("Every day of seven centuries has the year, month, day, weekday and ISO week that Foundation gives it")
    func againstFoundation() throws {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        // A prime step meets every combination of weekday, month end and leap year without taking minutes.
        for day in stride(from: -135_140, through: 120_000, by: 13) {
            let civil = CivilDate(dayNumber: day)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday, .weekOfYear, .yearForWeekOfYear], from: Date(timeIntervalSince1970: Double(day) * 86_400))
            let weekday = try #require(parts.weekday)
            let same =
                civil.year == parts.year && civil.month == parts.month && civil.day == parts.day
                && civil.weekday.rawValue == (weekday + 5) % 7 + 1
                && civil.isoWeek.number == parts.weekOfYear && civil.isoWeek.year == parts.yearForWeekOfYear
            #expect(same, "\(civil)")
            #expect(CivilDate(year: civil.year, month: civil.month, day: civil.day) == civil)
        }
    }

    @Test("Each day follows the one before, and its text reads back")
    func sequence() throws {
        var previous = try date("1999-12-31")
        for day in try date("2000-01-01")..<date("2105-01-01") {
            #expect(day.weekday.rawValue == previous.weekday.rawValue % 7 + 1)
            #expect(CivilDate(day.description) == day)
            #expect(day.monday.weekday == .monday && (0...6).contains(day.dayNumber - day.monday.dayNumber))
            previous = day
        }
    }

    @Test(
        "What is not a date written YYYY-MM-DD is refused",
        arguments: [
            "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00", "0000-01-01", "2026-1-1",
            "26-01-01",
            "2026/01/01", " 2026-01-01", "2026-01-01 ", "+026-01-01", "2026-01-0a", "2026-01-٠١", "", "20260101", "2026-01-011",
        ])
    func refused(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test(
        "Leap days are read when they exist",
        arguments: ["2024-02-29", "2000-02-29", "2400-02-29", "0004-02-29", "9999-12-31", "0001-01-01"])
    func read(text: String) {
        #expect(CivilDate(text)?.description == text)
    }

    @Test("In JSON a date is text, and a dictionary by dates is an object")
    func json() throws {
        let days = [try date("2026-03-29"): 23, try date("2026-10-25"): 25]
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(days)
        #expect(String(decoding: data, as: UTF8.self) == #"{"2026-03-29":23,"2026-10-25":25}"#)
        #expect(try JSONDecoder().decode([CivilDate: Int].self, from: data) == days)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([CivilDate].self, from: Data(#"["2026-02-30"]"#.utf8)) }
    }

    @Test("ISO weeks belong to the year of their Thursday")
    func weeks() throws {
        #expect(try date("2026-12-31").isoWeek == date("2027-01-03").isoWeek)
        #expect(try date("2027-01-03").isoWeek.number == 53)
        #expect(try date("2027-01-04").isoWeek.number == 1)
    }
}
