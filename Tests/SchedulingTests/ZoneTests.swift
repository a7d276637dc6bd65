import Foundation
import Scheduling
import Testing

struct ZoneTests {
    @Test(
        "The civil time of any instant from 1970 to 2100 is that of Foundation",
        arguments: zoneNames + ["Africa/Casablanca", "Asia/Kathmandu"])
    func civil(name: String) throws {
        let zone = try zone(name)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: name))
        var random = Seeded(1)
        for _ in 0..<3_000 {
            let instant = Instant(Int64(random.int(0...4_102_444_800)))
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute], from: Date(timeIntervalSince1970: Double(instant.rawValue)))
            let (date, minute) = zone.civil(instant)
            #expect(date == CivilDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0))
            #expect(minute == (parts.hour ?? 0) * 60 + (parts.minute ?? 0))
        }
    }

    @Test("On the days around every clock change, each minute that exists comes back, the first time it is shown", arguments: zoneNames)
    func everyMinuteAroundChanges(name: String) throws {
        let zone = try zone(name)
        let days = [
            "2025-03-30", "2025-10-26", "2026-03-29", "2026-10-25", "2026-04-05", "2026-09-27", "2026-10-04", "2026-03-08", "2026-11-01",
        ]
        for day in try days.map(date) {
            var firstShown: [Int: Instant] = [:]
            for minute in -1440...2880 {
                let instant = Instant(Int64(day.dayNumber) * 86_400 + Int64(minute) * 60)
                let civil = zone.civil(instant)
                if civil.date == day, firstShown[civil.minute] == nil { firstShown[civil.minute] = instant }
            }
            #expect(firstShown.count >= 1380)
            for minute in 0..<1440 {
                #expect(zone.exists(day, minute: minute) == (firstShown[minute] != nil), "\(name) \(day) \(minute)")
                if let instant = firstShown[minute] { #expect(zone.instant(day, minute: minute) == instant, "\(name) \(day) \(minute)") }
            }
        }
    }

    @Test("A time skipped in spring moves forward by the gap")
    func gap() throws {
        let paris = try zone()
        #expect(!paris.exists(try date("2026-03-29"), minute: 150))
        #expect(shown(try paris.at("2026-03-29 02:30"), in: paris) == "2026-03-29 03:30")
        let lordHowe = try zone("Australia/Lord_Howe")
        #expect(shown(try lordHowe.at("2026-10-04 02:10"), in: lordHowe) == "2026-10-04 02:40")
    }

    @Test("A time that happens twice in autumn is the first")
    func overlap() throws {
        let paris = try zone()
        let first = try paris.at("2026-10-25 02:30")
        #expect(first == Instant(1_792_888_200))
        #expect(shown(first.adding(minutes: 60), in: paris) == "2026-10-25 02:30")
        #expect(paris.exists(try date("2026-10-25"), minute: 150))
    }

    @Test("Days last 23, 24 or 25 hours, and minute 1440 is the next midnight")
    func lengths() throws {
        let paris = try zone()
        for (text, hours) in [("2026-03-29", 23), ("2026-03-30", 24), ("2026-10-25", 25)] {
            let day = try date(text)
            let range = paris.day(day)
            #expect(range.upperBound - range.lowerBound == Int64(hours) * 3600)
            #expect(paris.instant(day, minute: 1440) == range.upperBound)
        }
    }

    @Test("A whole day skipped at the date line is skipped, not doubled")
    func dateLine() throws {
        let apia = try zone("Pacific/Apia")
        #expect(!apia.exists(try date("2011-12-30"), minute: 600))
        #expect(shown(try apia.at("2011-12-30 10:00"), in: apia) == "2011-12-31 10:00")
    }

    @Test("A zone that does not exist is refused", arguments: ["Europe/Orthez", "", "Paris", "../etc"])
    func unknown(name: String) {
        #expect(Zone(name) == nil)
    }

    @Test("Weeks go from Monday to Monday and are an hour short or long when clocks change")
    func weeks() throws {
        let paris = try zone()
        let weeks = paris.weeks(touching: UnitSet.window(try paris.span("2026-03-25 10:00", "2026-04-08 10:00")))
        #expect(weeks.map(\.monday) == (try ["2026-03-23", "2026-03-30", "2026-04-06"].map(date)))
        #expect(weeks.map(\.units.count) == [2016 - 12, 2016, 2016])
        let autumn = paris.weeks(touching: UnitSet.window(try paris.span("2026-10-19 00:00", "2026-10-26 00:00")))
        #expect(autumn.map(\.units.count) == [2016 + 12])
    }
}
