import Store

extension Area {
    public func insert(of territory: Int64, in db: Writer) throws {
        try db.run("INSERT INTO area (territory_id, id, name) VALUES (\(territory), \(id), \(name))")
    }
}

extension Organization {
    public func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            "INSERT INTO organization (territory_id, id, area_id, name, phone) VALUES (\(territory), \(id), \(areaID), \(name), \(phone))")
    }
}

extension Service {
    public func insert(of territory: Int64, in db: Writer) throws {
        try db.run("INSERT INTO service (territory_id, id, name, secret) VALUES (\(territory), \(id), \(name), \(secret))")
    }
}

extension Site {
    public func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO site (territory_id, id, organization_id, name, address, commune, phone)
            VALUES (\(territory), \(id), \(organizationID), \(name), \(address), \(commune), \(phone))
            """)
    }
}
