import ICalShim
import Scheduling
import Synchronization

/// What another program's calendar says is taken, read by libical: from when to when, and nothing else of it.
public enum BusyTimes {
    /// Bytes of a calendar, and times taken in it, beyond which it is not one of somebody's.
    public static let longest = 4_000_000, most = 20_000

    public enum Unreadable: Error, Equatable { case noCalendar, tooMuch }

    /// libical keeps zones that it has read in memory of its own: one reading at a time.
    private static let turn = Mutex(())

    /// Disjoint and in order, cut to the window.
    /// - Parameter zone: of whole days, and of hours that name none.
    public static func read(_ bytes: [UInt8], in window: Range<Instant>, zone: Zone) throws(Unreadable) -> [Range<Instant>] {
        guard bytes.count <= longest else { throw .tooMuch }
        // What stands after a NUL is not text.
        guard !bytes.contains(0) else { throw .noCalendar }
        let (answer, times) = turn.withLock { _ in found(bytes, in: window) }
        switch answer {
        case ICAL_BUSY_READ: return union(times.compactMap { range(of: $0, zone) }, in: window)
        case ICAL_BUSY_TOO_MUCH: throw .tooMuch
        default: throw .noCalendar
        }
    }

    private static func found(_ bytes: [UInt8], in window: Range<Instant>) -> (ical_busy_answer, [ical_busy_time]) {
        var busy = ical_busy()
        let text = bytes.map { CChar(bitPattern: $0) } + [0]
        let answer = ical_busy_read(text, window.lowerBound.rawValue, window.upperBound.rawValue, most, &busy)
        defer { ical_busy_free(&busy) }
        return (answer, answer == ICAL_BUSY_READ ? Array(UnsafeBufferPointer(start: busy.times, count: busy.count)) : [])
    }

    private static func range(of time: ical_busy_time, _ zone: Zone) -> Range<Instant>? {
        let (start, end) =
            time.floating == 0 ? (Instant(time.start), Instant(time.end)) : (onWall(time.start, zone), onWall(time.end, zone))
        return start < end ? start..<end : nil
    }

    private static func onWall(_ seconds: Int64, _ zone: Zone) -> Instant {
        let day = seconds.flooredQuotient(by: 86_400)
        return zone.instant(CivilDate(dayNumber: Int(day)), minute: Int(seconds - day * 86_400) / 60)
    }

    static func union(_ times: [Range<Instant>], in window: Range<Instant>) -> [Range<Instant>] {
        let cut = times.filter { $0.overlaps(window) }.map { $0.clamped(to: window) }.sorted { $0.lowerBound < $1.lowerBound }
        return cut.reduce(into: []) { union, next in
            if let last = union.last, next.lowerBound <= last.upperBound {
                union[union.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
            } else {
                union.append(next)
            }
        }
    }
}
