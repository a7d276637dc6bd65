import Scheduling
import Store

/// A file that went into another (table `person_merged`): its address leads there, and what it alone said is kept.
public struct MergedPerson: Sendable, Equatable {
    /// Its old id.
    public let id: ID<Person>
    public let intoID: ID<Person>
    public let name: String
    public let at: Instant
    public let agentID: ID<Agent>
    /// What one of the two files said and the united one does not, by field.
    public let aside: [String: String]

    init(_ person: Person, into kept: ID<Person>, aside: [String: String], by acting: Acting, at now: Instant) {
        (id, intoID, name, self.aside) = (person.id, kept, person.name, aside)
        (at, agentID) = (now, acting.agent.id)
    }

    public init(id: ID<Person>, intoID: ID<Person>, name: String, at: Instant, agentID: ID<Agent>, aside: [String: String]) {
        (self.id, self.intoID, self.name, self.at, self.agentID, self.aside) = (id, intoID, name, at, agentID, aside)
    }

    func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO person_merged (territory_id, id, into_id, name, at, agent_id, aside)
            VALUES (\(territory), \(id), \(intoID), \(name), \(at), \(agentID), \(Journal.encode(aside)))
            """)
    }
}

extension MergedPerson {
    /// The files that went into this one, newest first.
    public static func into(_ person: ID<Person>, of territory: Int64, in db: Reader) throws -> [MergedPerson] {
        try db.all(
            """
            SELECT id, into_id, name, at, agent_id, aside FROM person_merged
            WHERE territory_id = \(territory) AND into_id = \(person) ORDER BY at DESC, id DESC
            """
        ) { row in
            MergedPerson(
                id: try row[0], intoID: try row[1], name: try row[2], at: try row[3], agentID: try row[4],
                aside: Journal.decode(try row[5]) ?? [:])
        }
    }
}

extension Person {
    /// The file that this one is now part of; `nil` when it stands by itself, or never was.
    public static func successor(of id: ID<Person>, of territory: Int64, in db: Reader) throws -> ID<Person>? {
        try db.first("SELECT into_id FROM person_merged WHERE territory_id = \(territory) AND id = \(id)") { try $0[0] }
    }

    /// Every id that this person's file has had: the journal speaks of each as of them.
    static func identities(of id: ID<Person>, of territory: Int64, in db: Reader) throws -> [ID<Person>] {
        [id] + (try db.all("SELECT id FROM person_merged WHERE territory_id = \(territory) AND into_id = \(id) ORDER BY id") { try $0[0] })
    }

    /// The same as `find`, through the address of a file that went into another.
    static func findStanding(_ id: ID<Person>, of territory: Int64, lock: Bool = false, in db: Reader) throws -> Person? {
        if let person = try find(id, of: territory, lock: lock, in: db) { return person }
        return try successor(of: id, of: territory, in: db).flatMap { try find($0, of: territory, lock: lock, in: db) }
    }
}

extension Refusal {
    /// The file went into another: its address leads there.
    public static let merged = Refusal(
        .notFound, "merged", "Cette fiche a été réunie à une autre de la même personne. Ouvrez celle-ci : rien n’est perdu.")
}
