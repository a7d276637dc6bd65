extension Stretch {
    /// Every occurrence that intersects the window, whole (not clipped), in order.
    ///
    /// An occurrence that clock changes make empty (2:00 to 3:00 on the night when that hour is skipped) is left out.
    public func ranges(in window: Range<Instant>, zone: Zone) -> [Range<Instant>] {
        var ranges: [Range<Instant>] = []
        append(to: &ranges, in: window, zone: zone)
        return ranges
    }

    /// As `ranges(in:zone:)`, after what the array holds already. When its room is used again, expanding many rules allocates nothing.
    public func append(to ranges: inout [Range<Instant>], in window: Range<Instant>, zone: Zone) {
        guard !window.isEmpty else { return }
        let start = ranges.count
        var hours = CivilHours(zone: zone, window: window)
        appendPattern(to: &ranges, &hours)
        guard !recurrence.exceptions.isEmpty else { return }
        appendBrought(to: &ranges, &hours)
        ranges[start...].sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    }

    /// The dates of the pattern, with the hours that they keep.
    private func appendPattern(to ranges: inout [Range<Instant>], _ hours: inout CivilHours) {
        let changed = DaySieve(recurrence.exceptions.keys)
        let usual = minutes
        // A cut may also lengthen: occurrences are looked for as far back as the longest hours reach.
        let longest = recurrence.exceptions.values.reduce(usual.upperBound) { max($0, $1.minutes?.upperBound ?? 0) }
        recurrence.forEachPatternDay(in: hours.days(reaching: longest)) { day in
            var minutes = usual
            if changed.mayContain(day) {
                guard let kept = keptMinutes(on: day) else { return }
                minutes = kept
            }
            if let range = hours.range(day: day, minutes) { ranges.append(range) }
        }
    }

    private func keptMinutes(on day: Int) -> Range<Int>? {
        switch recurrence.exceptions[CivilDate(dayNumber: day)] {
        case .deleted, .moved: nil
        case .cut(let minutes): minutes
        case .added, nil: minutes
        }
    }

    /// What exceptions added, or moved from a date of the pattern.
    private func appendBrought(to ranges: inout [Range<Instant>], _ hours: inout CivilHours) {
        for (date, exception) in recurrence.exceptions {
            switch exception {
            case .deleted, .cut:
                continue
            case .added(let minutes):
                if let range = hours.range(day: date.dayNumber, minutes) { ranges.append(range) }
            case .moved(let other, let minutes):
                guard recurrence.falls(on: date.dayNumber) else { continue }
                if let range = hours.range(day: other.dayNumber, minutes) { ranges.append(range) }
            }
        }
    }
}

/// Tells at once that most days have no exception, which a dictionary takes ten times as long to say. One bit a day, 512 days around.
private struct DaySieve {
    private var bits = SIMD8<UInt64>()

    init(_ dates: some Sequence<CivilDate>) {
        for date in dates { bits[date.dayNumber >> 6 & 7] |= 1 << UInt64(date.dayNumber & 63) }
    }

    @inline(__always)
    func mayContain(_ day: Int) -> Bool {
        bits[day >> 6 & 7] >> UInt64(day & 63) & 1 == 1
    }
}
