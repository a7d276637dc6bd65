import Foundation
import Scheduling
import TestKit
import Testing

@testable import Core

/// What other people's programs read in a calendar of ours.
struct ReadCalendar: Decodable {
    let method: String
    let name: String
    let errors: [String]
    /// Those of the hours asked for.
    let events: [Event]
    let every: [Event]

    struct Event: Decodable {
        let uid: String
        let sequence: Int
        let status: String
        let start: Int64
        let end: Int64
        /// On the wall's clock.
        let wall: String
        let summary: String
        let location: String
        let description: String
        let organizer: String
        let attendee: String
    }

    static let isExpectedToWork = Python.isExpectedToWork(with: "icalendar, recurring_ical_events")

    static func reading(_ text: String, in window: Range<Instant>) throws -> ReadCalendar {
        let bounds = [window.lowerBound, window.upperBound].map { String($0.rawValue) }
        let output = try Python.run([Python.script("calendars.py", of: "CoreTests")] + bounds, input: Data(text.utf8))
        let read = try JSONDecoder().decode(ReadCalendar.self, from: output)
        #expect(read.errors == [])
        return read
    }
}

extension Trait where Self == ConditionTrait {
    static var readsCalendars: Self {
        .enabled(if: ReadCalendar.isExpectedToWork, "icalendar is not there: install it, or set LIEN_PYTHON to a python that has it")
    }
}
