import Core
import Scheduling
import Store

/// Areas, organizations, services, sites and reasons.
enum SetUpAPI {
    static let endpoints: [Endpoint] =
        TerritoryAPI.endpoints + areas.endpoints + organizations.endpoints + services.endpoints + sites.endpoints + resources.endpoints
        + reasons.endpoints
        + tags.endpoints + AgentsAPI.endpoints + MembershipsAPI.endpoints

    private static let area = Key<ID<Area>?>("area", "Le territoire d’action sociale.")
    private static let secret = Key<Bool>("secret", "PMI, protection de l’enfance : ni son nom ni ses motifs ne sont montrés aux autres.")
    private static let address = Key("address", Kind.line(0...300))
    private static let commune = Key("commune", Kind.line(0...100))

    private static let areas = SetUpEndpoints<Area>(
        path: "/areas", words: ("un territoire d’action sociale", "les territoires d’action sociale"), needs: .setUpTerritory,
        shape: Shape("Area", [Key<ID<Area>>("id").of(\.id), Common.name.of(\.name)]),
        new: Fields("NewArea", needs: [Common.name]), changed: Fields("ChangedArea", takes: [Common.name]),
        all: { acting, db in try Area.all(of: acting.territoryID, in: db) },
        make: { Area(name: try $0[Common.name]) },
        change: { given, area in Area(id: area.id, name: try given.changing(Common.name, from: area.name)) })

    private static let organizations = SetUpEndpoints<Organization>(
        path: "/organizations", words: ("une organisation", "les organisations"), needs: .setUpTerritory,
        shape: Shape(
            "Organization",
            [Key<ID<Organization>>("id").of(\.id), Common.name.of(\.name), area.of(\.areaID), Common.phone.of(\.phone)]),
        new: Fields("NewOrganization", needs: [Common.name], takes: [area, Common.phone]),
        changed: Fields("ChangedOrganization", takes: [Common.name, area, Common.phone]),
        all: { acting, db in try Organization.all(of: acting.territoryID, in: db) },
        make: { Organization(areaID: try $0.ifAny(area), name: try $0[Common.name], phone: try $0.ifAny(Common.phone)) },
        change: { given, before in
            Organization(
                id: before.id, areaID: try given.changing(area, from: before.areaID),
                name: try given.changing(Common.name, from: before.name), phone: try given.changing(Common.phone, from: before.phone))
        })

    private static let services = SetUpEndpoints<Service>(
        path: "/services", words: ("un service", "les services"), needs: .setUpTerritory,
        shape: Shape("Service", [Key<ID<Service>>("id").of(\.id), Common.name.of(\.name), secret.of(\.secret)]),
        new: Fields("NewService", needs: [Common.name], takes: [secret]),
        changed: Fields("ChangedService", takes: [Common.name, secret]),
        all: { acting, db in try Service.known(to: acting, in: db) },
        make: { Service(name: try $0[Common.name], secret: try $0.ifAny(secret) ?? false) },
        change: { given, before in
            Service(
                id: before.id, name: try given.changing(Common.name, from: before.name),
                secret: try given.changing(secret, from: before.secret))
        })

    private static let sites = SetUpEndpoints<Site>(
        path: "/sites", words: ("un lieu", "les lieux"), needs: .setUpOrganization,
        shape: Shape(
            "Site",
            [
                Key<ID<Site>>("id").of(\.id), Common.organization.of(\.organizationID), Common.name.of(\.name), address.of(\.address),
                commune.of(\.commune), Common.phone.of(\.phone),
            ]),
        new: Fields("NewSite", needs: [Common.organization, Common.name], takes: [address, commune, Common.phone]),
        changed: Fields("ChangedSite", takes: [Common.name, address, commune, Common.phone]),
        all: { acting, db in try Site.all(of: acting.territoryID, in: db) },
        make: { given in
            Site(
                organizationID: try given[Common.organization], name: try given[Common.name], address: try given.ifAny(address) ?? "",
                commune: try given.ifAny(commune) ?? "", phone: try given.ifAny(Common.phone))
        },
        change: { given, before in
            Site(
                id: before.id, organizationID: before.organizationID, name: try given.changing(Common.name, from: before.name),
                address: try given.changing(address, from: before.address), commune: try given.changing(commune, from: before.commune),
                phone: try given.changing(Common.phone, from: before.phone))
        })
}
