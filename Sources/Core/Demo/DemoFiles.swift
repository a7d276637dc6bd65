import Foundation
import Scheduling
import Store

/// The rows of people's files: who they are, who follows them, what was noted.
extension Demo {
    func files(_ numbers: Range<Int>, crew: DemoCrew) -> DemoRows {
        var rows = DemoRows(of: territoryID)
        for number in numbers {
            let person = person(number)
            rows.add(
                "person",
                [
                    person.id, person.firstName, person.lastName, person.birthDate, person.channel, person.language, person.address,
                    person.postalCode, person.commune, person.needs, person.informedAt, person.informedBy, person.createdAt,
                    person.createdBy, 0,
                ])
            for organization in organizationIDs(of: number) { rows.add("person_organization", [person.id, organization]) }
            for (rank, phone) in person.phones.enumerated() {
                rows.add("person_phone", [person.id, rank, phone.number, phone.label, phone.mobile])
            }
            for (rank, email) in person.emails.enumerated() { rows.add("person_email", [person.id, rank, email.address, email.label]) }
            follow(person, number, crew, &rows)
        }
        return rows
    }

    private func follow(_ person: Person, _ number: Int, _ crew: DemoCrew, _ rows: inout DemoRows) {
        var dice = Dice(seed, .file, -1 - number)
        for service in DemoService.allCases {
            guard let referent = crew.referent(of: number, in: service, demo: self), dice.chance(80) else { continue }
            let since = zone.instant(today.adding(days: -dice.roll(1...size.days)), minute: 600)
            rows.add("referent", [person.id, serviceID(service), referent.agent.id, since])
            guard dice.chance(15) else { continue }
            rows.add(
                "note",
                [
                    ids.make(.note, number * DemoService.allCases.count + service.rawValue) as ID<Note>, person.id, serviceID(service),
                    referent.agent.id, dice.pick(DemoTexts.notes), since.adding(minutes: 45),
                ])
        }
    }
}

/// The search index of the demo, scope by scope and sorted: rows that come in the order of their key load several times faster.
extension Demo {
    func tokens(of organization: Int) -> DemoRows {
        var rows = DemoRows(of: territoryID)
        let scope: ID<Organization> = ids.make(.organization, organization)
        for number in members(of: organization) {
            for row in person(number).tokenRows(in: [scope]) where row[1] == scope.sqlValue { rows.add("person_token", whole: row) }
        }
        rows.sort("person_token") { Self.text($0[2], $0[3]) < Self.text($1[2], $1[3]) }
        return rows
    }

    private static func text(_ token: SQLValue, _ key: SQLValue) -> (String, String) {
        guard case .text(let token) = token, case .text(let key) = key else { return ("", "") }
        return (token, key)
    }

    /// Its own people, and those of others whom it follows too.
    private func members(of organization: Int) -> [Int] {
        let own = size.people(of: organization)
        let others = stride(from: 17, to: size.people, by: 30).filter {
            !own.contains($0) && organizations(of: $0).contains(organization)
        }
        return Array(own) + others
    }

    /// One token of the territory-wide scope, in 16 bytes: a million people have two each.
    struct WideToken: Sendable, Comparable {
        let prefix: UInt64
        let person: Int32
        let rank: Int32

        static func < (left: WideToken, right: WideToken) -> Bool {
            (left.prefix, left.person, left.rank) < (right.prefix, right.person, right.rank)
        }
    }

    /// In the order of their first eight bytes: near enough to that of the key.
    func wideTokens() -> [WideToken] {
        (0..<size.people).flatMap { number in
            PersonToken.ofTerritory(person(number)).enumerated().map { rank, token in
                let prefix = token.utf8.prefix(8).reduce(into: (value: UInt64(0), left: 8)) {
                    $0 = ($0.value << 8 | UInt64($1), $0.left - 1)
                }
                return WideToken(prefix: prefix.value << UInt64(8 * prefix.left), person: Int32(number), rank: Int32(rank))
            }
        }.sorted()
    }

    func rows(_ tokens: ArraySlice<WideToken>) -> DemoRows {
        var rows = DemoRows(of: territoryID)
        for token in tokens {
            rows.add("person_token", whole: person(Int(token.person)).tokenRows(in: [])[Int(token.rank)])
        }
        return rows
    }
}
