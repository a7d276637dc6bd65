extension Recurrence: Codable {
    private enum Key: String, CodingKey {
        case first, pattern, until, times, exceptions
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            first: try container.decode(CivilDate.self, forKey: .first),
            pattern: try container.decode(Pattern.self, forKey: .pattern),
            until: try container.decodeIfPresent(CivilDate.self, forKey: .until),
            times: try container.decodeIfPresent(Int.self, forKey: .times),
            exceptions: try container.decodeIfPresent([CivilDate: Exception].self, forKey: .exceptions) ?? [:])
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(first, forKey: .first)
        try container.encode(pattern, forKey: .pattern)
        try container.encodeIfPresent(until, forKey: .until)
        try container.encodeIfPresent(times, forKey: .times)
        if !exceptions.isEmpty { try container.encode(exceptions, forKey: .exceptions) }
    }
}

/// Flat and in one order, because it is stored: `{"kind":"weekly","every":2,"weekdays":[1,3]}`.
extension Recurrence.Pattern: Codable {
    private enum Kind: String, Codable {
        case once, daily, weekly, monthly
    }

    private enum Key: String, CodingKey {
        case kind, every, nth, weekday, weekdays
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let kind = try container.decode(Kind.self, forKey: .kind)
        guard kind != .once else {
            self = .once
            return
        }
        let every = try container.decode(Int.self, forKey: .every)
        switch kind {
        case .once, .daily:
            self = .daily(every: every)
        case .weekly:
            self = .weekly(every: every, on: try container.decode(Set<Weekday>.self, forKey: .weekdays))
        case .monthly:
            let nth = try container.decode(Int.self, forKey: .nth)
            self = .monthly(every: every, nth: nth, try container.decode(Weekday.self, forKey: .weekday))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .once:
            try container.encode(Kind.once, forKey: .kind)
        case .daily(let every):
            try container.encode(Kind.daily, forKey: .kind)
            try container.encode(every, forKey: .every)
        case .weekly(let every, let weekdays):
            try container.encode(Kind.weekly, forKey: .kind)
            try container.encode(every, forKey: .every)
            try container.encode(weekdays.sorted(), forKey: .weekdays)
        case .monthly(let every, let nth, let weekday):
            try container.encode(Kind.monthly, forKey: .kind)
            try container.encode(every, forKey: .every)
            try container.encode(nth, forKey: .nth)
            try container.encode(weekday, forKey: .weekday)
        }
    }
}
