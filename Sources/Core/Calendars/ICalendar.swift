import Scheduling

/// A calendar as other programs read it: an iCalendar text (RFC 5545), its hours in one zone.
public struct ICalendar: Sendable, Equatable {
    /// What the reader is to do with it (RFC 5546).
    public enum Method: String, Sendable { case publish = "PUBLISH", request = "REQUEST", cancel = "CANCEL" }

    public var method: Method
    /// What the reader calls it; invitations have none.
    public var name: String?
    public var zone: Zone
    public var events: [Event]

    public init(_ method: Method, name: String? = nil, zone: Zone, events: [Event]) {
        (self.method, self.name, self.zone, self.events) = (method, name, zone, events)
    }

    public struct Event: Sendable, Equatable {
        /// The same as long as it is the same event, whatever becomes of it.
        public var uid: String
        /// Grows with each change, so that an old text that comes late changes nothing.
        public var sequence = 0
        /// When it was last changed.
        public var changedAt: Instant
        public var time: Range<Instant>
        public var summary: String
        public var location = ""
        public var description = ""
        public var isCancelled = false
        /// Who sends an invitation, and to whom.
        public var organizer: Party?
        public var attendee: Party?

        public init(uid: String, sequence: Int = 0, changedAt: Instant, time: Range<Instant>, summary: String) {
            (self.uid, self.sequence, self.changedAt, self.time, self.summary) = (uid, sequence, changedAt, time, summary)
        }
    }

    public struct Party: Sendable, Equatable {
        public var name: String
        public var email: String

        public init(name: String, email: String) { (self.name, self.email) = (name, email) }
    }
}

extension ICalendar {
    /// Lines end with CR LF and are folded at 75 octets.
    public var text: String {
        var lines = ICalendarLines()
        lines.block("VCALENDAR") { lines in
            lines.add("VERSION", "2.0")
            lines.add("PRODID", "-//Rendez-vous//Agenda//FR")
            lines.add("CALSCALE", "GREGORIAN")
            lines.add("METHOD", method.rawValue)
            if let name { write(name, in: &lines) }
            ZoneObservance.write(zone, from: events.map(\.time.lowerBound).min(), in: &lines)
            for event in events { write(event, in: &lines) }
        }
        return lines.text
    }

    /// The name as RFC 7986 has it, and as programs read it since before; how often it is worth asking again.
    private func write(_ name: String, in lines: inout ICalendarLines) {
        lines.add(text: "NAME", name)
        lines.add(text: "X-WR-CALNAME", name)
        lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
        lines.add("X-PUBLISHED-TTL", "PT1H")
    }

    private func write(_ event: Event, in lines: inout ICalendarLines) {
        lines.block("VEVENT") { lines in
            lines.add(text: "UID", event.uid)
            lines.add("SEQUENCE", String(event.sequence))
            lines.add("DTSTAMP", ICalendarTime.utc(event.changedAt))
            lines.add("LAST-MODIFIED", ICalendarTime.utc(event.changedAt))
            lines.add(event.time, zone)
            lines.add(text: "SUMMARY", event.summary)
            if !event.location.isEmpty { lines.add(text: "LOCATION", event.location) }
            if !event.description.isEmpty { lines.add(text: "DESCRIPTION", event.description) }
            lines.add("STATUS", event.isCancelled ? "CANCELLED" : "CONFIRMED")
            lines.add("TRANSP", "OPAQUE")
            lines.add("CLASS", "PRIVATE")
            if let organizer = event.organizer { lines.add("ORGANIZER", organizer) }
            if let attendee = event.attendee { lines.add("ATTENDEE", attendee) }
        }
    }
}
