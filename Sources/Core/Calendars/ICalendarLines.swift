import Scheduling

/// The lines of an iCalendar text (RFC 5545, section 3.1), as they are written.
struct ICalendarLines {
    private(set) var text = ""

    /// Octets a line, without its end.
    private static let longest = 75

    mutating func block(_ name: String, _ content: (inout ICalendarLines) -> Void) {
        add("BEGIN", name)
        content(&self)
        add("END", name)
    }

    /// - Parameters:
    ///   - name: with its parameters.
    ///   - value: as it stands.
    mutating func add(_ name: String, _ value: String) {
        var octets = 0
        for scalar in "\(name):\(value)".unicodeScalars {
            let size = UTF8.width(scalar)
            if octets + size > Self.longest {
                text += "\r\n "
                octets = 1
            }
            text.unicodeScalars.append(scalar)
            octets += size
        }
        text += "\r\n"
    }

    /// A value in words, what has a meaning in it escaped (section 3.3.11).
    mutating func add(text name: String, _ words: String) {
        var value = ""
        for scalar in words.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\\", ";", ",": value += "\\" + String(scalar)
            case "\n": value += "\\n"
            case "\t": value += "\t"
            case _ where Self.isControl(scalar): continue
            default: value.unicodeScalars.append(scalar)
            }
        }
        add(name, value)
    }

    /// On the wall's clock, with the zone's name; in UTC when one end is near the hour that happens twice: its second turn can be said no
    /// other way, and of its first not every program thinks what the standard says.
    mutating func add(_ time: Range<Instant>, _ zone: Zone) {
        let ends = [("DTSTART", time.lowerBound), ("DTEND", time.upperBound)].map { (name: $0, at: $1, wall: zone.civil($1)) }
        let around = time.lowerBound.adding(days: -1)..<time.upperBound.adding(days: 1)
        let isPlain = !zone.clockChanges(in: around).contains { change in
            ends.contains { abs($0.at - change.at) <= Int64(change.before - change.after) }
        }
        for end in ends {
            if isPlain {
                add("\(end.name);TZID=\(zone.identifier)", ICalendarTime.local(end.wall.date, minute: end.wall.minute))
            } else {
                add(end.name, ICalendarTime.utc(end.at))
            }
        }
    }

    /// A parameter's value stands between quotes and can hold none (section 3.2). Nobody is asked for an answer.
    mutating func add(_ name: String, _ party: ICalendar.Party) {
        let said = String(String.UnicodeScalarView(party.name.unicodeScalars.filter { $0 != "\"" && !Self.isControl($0) }))
        let email = String(String.UnicodeScalarView(party.email.unicodeScalars.filter { !Self.isControl($0) && $0 != " " }))
        let role = name == "ATTENDEE" ? ";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE" : ""
        add("\(name);CN=\"\(said)\"\(role)", "mailto:\(email)")
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }
}

/// Times as iCalendar writes them.
enum ICalendarTime {
    /// `20261203T083000Z`
    static func utc(_ instant: Instant) -> String {
        let (days, seconds) = (instant.rawValue.flooredQuotient(by: 86_400), instant.rawValue.flooredRemainder(by: 86_400))
        return local(CivilDate(dayNumber: Int(days)), minute: Int(seconds) / 60, second: Int(seconds) % 60) + "Z"
    }

    /// `20261203T093000`
    static func local(_ date: CivilDate, minute: Int, second: Int = 0) -> String {
        let day = date.description.filter { $0 != "-" }
        return day + "T" + [minute / 60, minute % 60, second].map { $0 < 10 ? "0\($0)" : String($0) }.joined()
    }

    /// `+0100`
    static func offset(_ seconds: Int) -> String {
        let size = abs(seconds)
        let parts = [size / 3600, size / 60 % 60] + (size % 60 == 0 ? [] : [size % 60])
        return (seconds < 0 ? "-" : "+") + parts.map { $0 < 10 ? "0\($0)" : String($0) }.joined()
    }
}
