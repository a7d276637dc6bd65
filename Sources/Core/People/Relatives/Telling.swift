import Scheduling
import Store

/// Who is told of someone's appointment: the one choice, made each time a message is queued.
///
/// The person, nearly always. A responsible person in their place for an adult who asked, or a child under the territory's age and
/// without a number; never for a discreet reason, nor for a minor when the reason is confidential for them. A protected adult always
/// gets their own; their representative a copy, when that was chosen, which names no reason.
struct Telling {
    /// What is known of the person, and of the reason.
    struct Facts {
        /// Whole years; nil when unknown, which counts as an adult. A child to be born is 0.
        var age: Int?
        var hasNumber = false
        var isDiscreet = false
        var isConfidentialForMinors = false
        /// Under it, a child without a number is told through others.
        var toldAloneFrom = 15
        /// Those who receive, and whether the person asked for it as an adult.
        var receiving: [(id: ID<Person>, asked: Bool)] = []
        var isProtected = false
        /// The representative who gets a copy.
        var copied: ID<Person>?
    }

    var themselves = true
    var instead: [ID<Person>] = []
    var copies: [ID<Person>] = []

    init(_ facts: Facts) {
        let isMinor = facts.age.map { $0 < 18 } ?? false
        guard !facts.isDiscreet, !(isMinor && facts.isConfidentialForMinors) else { return }
        if facts.isProtected {
            copies = facts.copied.map { [$0] } ?? []
            return
        }
        if let age = facts.age, isMinor {
            instead = age < facts.toldAloneFrom && !facts.hasNumber ? facts.receiving.map(\.id) : []
        } else {
            instead = facts.receiving.filter(\.asked).map(\.id)
        }
        themselves = instead.isEmpty
    }
}

extension Telling.Facts {
    /// In one query: this runs with every booking.
    init(
        _ person: Person, about reason: Reason, of territory: Territory, on today: CivilDate, _ discretion: inout Discretion, in db: Reader
    )
        throws
    {
        var expected: CivilDate?
        try db.forEach(
            """
            SELECT 1, other_id, asked_on, FALSE, FALSE, FALSE FROM relation
            WHERE territory_id = \(person.territoryID) AND person_id = \(person.id) AND receives
            UNION ALL SELECT 2, representative_id, NULL, copies, FALSE, FALSE FROM protection
            WHERE territory_id = \(person.territoryID) AND person_id = \(person.id) AND starts_on <= \(today)
              AND (ends_on IS NULL OR ends_on >= \(today))
            UNION ALL SELECT 3, person_id, expected_birth, never_post, never_email, never_sms FROM person_detail
            WHERE territory_id = \(person.territoryID) AND person_id = \(person.id)
            """
        ) { row in
            switch try row[0] as Int {
            case 1: receiving.append((try row[1], try (row[2] as CivilDate?) != nil))
            case 2:
                isProtected = true
                if try row[3] as Bool, copied == nil { copied = try row[1] }
            default:
                expected = try row[2]
                (discretion.neverPost, discretion.neverEmail, discretion.neverSMS) = (try row[3], try row[4], try row[5])
            }
        }
        age = person.birthDate.map { Relative.age(born: $0, on: today) } ?? (expected == nil ? nil : 0)
        hasNumber = !person.phones.isEmpty
        (isDiscreet, isConfidentialForMinors) = (reason.isDiscreet, reason.isConfidentialForMinors)
        toldAloneFrom = territory.toldAloneFrom
    }
}
