import Core
import Store
import TestKit
import Testing

@Suite("The table of rights")
struct RightsTests {
    @Test("decides every role × permission, inside its organization alone", arguments: Engine.available)
    func roles(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let (here, there) = (office.world.organization.id, office.world.elsewhere.id)
            for role in Role.allCases {
                let acting = try await office.acting(role, role.rawValue, in: store)
                for permission in Permission.allCases {
                    let expected = Rights.ofRole[role, default: []].contains(permission)
                    #expect(acting.can(permission, in: here) == expected, "\(role) \(permission)")
                    #expect(acting.can(permission) == expected)
                    #expect(!acting.can(permission, in: there) && !acting.canOverTerritory(permission))
                    #expect(acting.organizations(with: permission) == (expected ? [here] : []))
                }
            }
        }
    }

    @Test("decides every territory role × permission, in every organization", arguments: Engine.available)
    func territoryRoles(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            for role in TerritoryRole.allCases {
                try await store.write { db in
                    try TerritoryRole.set([role], of: office.world.colleague.id, by: office.admin, at: Office.now, in: db)
                    for membership in try Membership.all(of: 64, agent: office.world.colleague.id, in: db) {
                        try Membership(organizationID: membership.organizationID, agentID: membership.agentID, roles: [])
                            .save(by: office.admin, at: Office.now, in: db)
                    }
                }
                let acting = try await office.world.acting(office.world.colleague, in: store)
                for permission in Permission.allCases {
                    let expected = Rights.ofTerritoryRole[role, default: []].contains(permission)
                    #expect(acting.can(permission, in: office.world.elsewhere.id) == expected, "\(role) \(permission)")
                }
            }
        }
    }

    @Test("gives administrators no content, reception no notes, and each role a label")
    func promises() {
        let content: Set<Permission> = [
            .findPeople, .editPeople, .readNotes, .writeNotes, .seeServiceAppointments, .seeEveryAppointment, .book, .closeAppointments,
        ]
        #expect(Rights.ofRole[.admin, default: []].isDisjoint(with: content))
        #expect(Rights.ofTerritoryRole[.administrator, default: []].isDisjoint(with: content))
        #expect(Rights.ofTerritoryRole[.dataProtection, default: []].isDisjoint(with: content))
        #expect(Rights.ofRole[.reception, default: []].isDisjoint(with: [.readNotes, .writeNotes]))
        #expect(Set(Role.allCases.map(\.label)).count == 5 && Set(Permission.allCases.map(\.label)).count == Permission.allCases.count)
        #expect(Set(Rights.ofRole.keys) == Set(Role.allCases) && Set(Rights.ofTerritoryRole.keys) == Set(TerritoryRole.allCases))
    }

    @Test("a token that only reads keeps what reads and loses what writes")
    func readOnly() {
        let acting = Acting(
            territory: World().territory, agent: World().worker, roles: [World().organization.id: Set(Role.allCases)],
            territoryRoles: Set(TerritoryRole.allCases), scopes: .everywhere(.read))
        for permission in Permission.allCases { #expect(acting.can(permission) == permission.onlyReads, "\(permission)") }
        #expect(throws: Refusal.tokenScope) { try acting.requireWriting() }
    }
}
