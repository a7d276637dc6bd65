import Scheduling
import Testing

/// Zones that differ: two changes an hour each, none, the southern hemisphere, half an hour at a time, and the far west.
let zoneNames = ["Europe/Paris", "Indian/Reunion", "Pacific/Auckland", "Australia/Lord_Howe", "America/Miquelon", "Pacific/Noumea"]

func zone(_ name: String = "Europe/Paris") throws -> Zone {
    try #require(Zone(name))
}

func date(_ text: String) throws -> CivilDate {
    try #require(CivilDate(text))
}

extension Zone {
    /// "2026-03-29 02:30" in this zone.
    func at(_ text: String) throws -> Instant {
        let parts = text.split(separator: " ")
        let time = parts[1].split(separator: ":").compactMap { Int($0) }
        return instant(try date(String(parts[0])), minute: time[0] * 60 + time[1])
    }

    func span(_ from: String, _ to: String) throws -> Range<Instant> {
        try at(from)..<at(to)
    }
}

/// "2026-03-29 03:30"
func shown(_ instant: Instant, in zone: Zone) -> String {
    let (date, minute) = zone.civil(instant)
    let pad = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(date) \(pad(minute / 60)):\(pad(minute % 60))"
}
