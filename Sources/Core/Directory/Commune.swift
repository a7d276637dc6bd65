import Store

/// A commune of the official list (INSEE, code officiel géographique), or a municipal arrondissement of Paris, Lyon and Marseille.
public struct Commune: Sendable, Equatable {
    /// Five characters; Corsica has 2A and 2B.
    public var insee: String
    public var name: String
    /// Two characters, three overseas.
    public var departement: String
    public var postalCodes: [String]
    public var population: Int?
    /// Degrees, WGS 84.
    public var latitude: Double?
    public var longitude: Double?

    public init(
        insee: String, name: String, departement: String, postalCodes: [String] = [], population: Int? = nil, latitude: Double? = nil,
        longitude: Double? = nil
    ) {
        self.insee = insee
        self.name = name
        self.departement = departement
        self.postalCodes = postalCodes
        self.population = population
        self.latitude = latitude
        self.longitude = longitude
    }
}

extension Commune {
    static let columns: SQL = "insee, name, departement, postal_codes, population, latitude, longitude"

    init(_ row: Row) throws {
        let codes: String = try row[3]
        self.init(
            insee: try row[0], name: try row[1], departement: try row[2], postalCodes: codes.split(separator: " ").map(String.init),
            population: try row[4], latitude: try row[5], longitude: try row[6])
    }

    /// Those of a département, in the order of their codes.
    public static func of(departement: String, in db: Reader) throws -> [Commune] {
        try db.all("SELECT \(columns) FROM commune WHERE departement = \(departement) ORDER BY insee") { try Commune($0) }
    }
}
