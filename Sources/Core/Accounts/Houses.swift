import Store

/// Un territoire d'action sociale: a part of the territory, above organizations.
public struct Area: Sendable, Equatable {
    public let id: ID<Area>
    public var name: String
    public init(id: ID<Area> = .new(), name: String) {
        self.id = id
        self.name = name
    }
}

/// A house where people work, under the label the territory chooses.
public struct Organization: Sendable, Equatable {
    public let id: ID<Organization>
    public var areaID: ID<Area>?
    public var name: String
    public var phone: String?
    public init(id: ID<Organization> = .new(), areaID: ID<Area>? = nil, name: String, phone: String? = nil) {
        self.id = id
        self.areaID = areaID
        self.name = name
        self.phone = phone
    }
}

/// A profession's compartment (PMI, service social…); it crosses organizations.
public struct Service: Sendable, Equatable {
    public let id: ID<Service>
    public var name: String
    /// PMI, child protection: strangers are shown neither its name nor its reasons.
    public var secret: Bool
    public init(id: ID<Service> = .new(), name: String, secret: Bool = false) {
        self.id = id
        self.name = name
        self.secret = secret
    }
}

/// Un lieu: where people are received.
public struct Site: Sendable, Equatable {
    public let id: ID<Site>
    public var organizationID: ID<Organization>
    public var name: String
    public var address: String
    public var commune: String
    public var phone: String?
    public init(
        id: ID<Site> = .new(), organizationID: ID<Organization>, name: String, address: String = "", commune: String = "",
        phone: String? = nil
    ) {
        self.id = id
        self.organizationID = organizationID
        self.name = name
        self.address = address
        self.commune = commune
        self.phone = phone
    }
}
