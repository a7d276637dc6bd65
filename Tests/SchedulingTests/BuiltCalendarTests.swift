import Scheduling
import Testing

struct BuiltCalendarTests {
    @Test("Free units, loads and explaining openings are those found unit by unit")
    func againstNaive() throws {
        var random = Seeded(31)
        let paris = try zone()
        for _ in 0..<250 {
            let day = try randomDay(&random)
            let span = paris.instant(day, minute: 0)..<paris.instant(day.adding(days: 2), minute: 0)
            let window = UnitSet.window(span)
            let agenda = NaiveAgenda.random(span, &random)
            let calendar = agenda.calendar(window)
            for place: Int32? in [nil, -1, 0, 1] {
                let free = calendar.free(reason: 2, place: place)
                #expect(window.allSatisfy { free.contains($0) == agenda.isFree($0, reason: 2, place: place) })
            }
            let part = (window.lowerBound + random.int(-10...300))..<(window.lowerBound + random.int(300...700))
            let load = calendar.load(in: part)
            #expect(load.open == part.clamped(to: window).count { agenda.isOpen($0) })
            #expect(load.booked == part.clamped(to: window).count { agenda.isBooked($0) })
        }
    }

    @Test("A slot is explained by the openings that hold it whole")
    func explained() throws {
        let paris = try zone()
        let span = try paris.span("2026-03-09 00:00", "2026-03-16 00:00")
        let morning = try paris.span("2026-03-10 09:00", "2026-03-10 12:00")
        let openings = [
            OpeningInput(id: 4, reasons: [1, 2], place: 8, ranges: [morning]),
            OpeningInput(id: 5, reasons: [1], place: 9, ranges: [morning]),
            OpeningInput(id: 6, reasons: [1], place: 8, ranges: [try paris.span("2026-03-10 11:00", "2026-03-10 14:00")]),
        ]
        let calendar = BuiltCalendar(window: UnitSet.window(span), openings: openings, away: [], booked: [])
        let late = UnitSet.window(try paris.span("2026-03-10 11:00", "2026-03-10 12:00"))
        let across = UnitSet.window(try paris.span("2026-03-10 11:30", "2026-03-10 12:30"))
        #expect(calendar.openings(holding: late, reason: 1) == [4, 5, 6])
        #expect(calendar.openings(holding: late, reason: 1, place: 8) == [4, 6])
        #expect(calendar.openings(holding: late, reason: 2) == [4])
        #expect(calendar.openings(holding: across, reason: 1) == [6])
        #expect(calendar.places(for: 1) == [8, 9] && calendar.places(for: 2) == [8] && calendar.places(for: 3).isEmpty)
        #expect(calendar.free(reason: 3).isEmpty)
    }

    @Test("An absence is not open time; an appointment is, and counts in the week's share")
    func share() throws {
        let paris = try zone()
        let span = try paris.span("2026-03-23 00:00", "2026-04-06 00:00")
        let days = Recurrence(first: try date("2026-03-23"), pattern: .weekly(every: 1, on: [.monday, .sunday]))
        let opening = OpeningInput(
            id: 1, reasons: [1], ranges: try Stretch(recurrence: days, from: 540, to: 720).ranges(in: span, zone: paris))
        let calendar = BuiltCalendar(
            window: UnitSet.window(span), openings: [opening], away: [try paris.span("2026-03-29 00:00", "2026-03-29 10:30")],
            booked: [
                try paris.span("2026-03-23 09:00", "2026-03-23 10:30"), try paris.span("2026-03-23 20:00", "2026-03-23 21:00"),
                try paris.span("2026-03-30 11:57", "2026-03-30 12:30"),
            ])
        let weeks = paris.weeks(touching: UnitSet.window(span))
        let loads = weeks.map { calendar.load(in: $0.units) }
        #expect(loads.map(\.open) == [36 + 18, 72] && loads.map(\.booked) == [18, 1])
        #expect(loads.map(\.share) == [3_333, 138] && loads[1] < loads[0])
    }

    @Test("Nothing open is a full week, and comes last")
    func noOpenTime() {
        let calendar = BuiltCalendar(window: 0..<2016, openings: [], away: [], booked: [])
        let load = calendar.load(in: 0..<2016)
        #expect(load.share == 10_000 && load.open == 0)
        #expect(Load(booked: 9, open: 10) < load && !(load < Load(booked: 10, open: 10)))
        #expect(Load(booked: 1, open: 30_000) < Load(booked: 2, open: 30_000))
    }
}
