import Store

/// Brings a file of communes into the table of communes.
public struct CommuneImport: Sendable, Equatable {
    public let added: Int
    public let changed: Int
    /// Already there, just as the file says.
    public let same: Int
    public let faults: [ImportFault]

    public var kept: Int { added + changed + same }

    /// Importing the same file again changes nothing; what the file does not name stays.
    /// - Parameter allOrNothing: with one bad row, nothing is written.
    /// - Throws: a ``Refusal`` when the file cannot be used at all.
    public static func run(_ bytes: some Sequence<UInt8> & Sendable, allOrNothing: Bool, in store: Store) async throws -> CommuneImport {
        let file = try CommuneFile(bytes)
        if allOrNothing, !file.faults.isEmpty { return CommuneImport(added: 0, changed: 0, same: 0, faults: file.faults) }
        return try await store.write { db in
            let known = try Commune.all(in: db)
            let fresh = file.communes.filter { known[$0.insee] != $0 }
            try Commune.write(fresh, in: db)
            let added = fresh.count { known[$0.insee] == nil }
            return CommuneImport(
                added: added, changed: fresh.count - added, same: file.communes.count - fresh.count, faults: file.faults)
        }
    }
}

extension Commune {
    static func all(in db: Reader) throws -> [String: Commune] {
        var all: [String: Commune] = [:]
        try db.forEach("SELECT \(columns) FROM commune") { row in
            let commune = try Commune(row)
            all[commune.insee] = commune
        }
        return all
    }

    /// Sixty-four at once: 35,000 trips to a server would take seconds.
    static func write(_ communes: [Commune], in db: Writer) throws {
        for start in stride(from: 0, to: communes.count, by: 64) {
            let batch = communes[start..<min(start + 64, communes.count)]
            try db.run(
                """
                INSERT INTO commune (insee, name, folded, departement, postal_codes, population, latitude, longitude)
                VALUES \(SQL(joined: batch.map(\.values), by: ", "))
                ON CONFLICT (insee) DO UPDATE SET name = excluded.name, folded = excluded.folded, departement = excluded.departement,
                  postal_codes = excluded.postal_codes, population = excluded.population, latitude = excluded.latitude,
                  longitude = excluded.longitude
                """)
        }
    }

    private var values: SQL {
        """
        (\(insee), \(name), \(Folding.key(name)), \(departement), \(postalCodes.joined(separator: " ")), \(population), \(latitude),
        \(longitude))
        """
    }
}
