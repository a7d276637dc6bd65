import Core

extension AgentDraft {
    init(_ agent: Agent) { self.init(firstName: agent.firstName, lastName: agent.lastName, email: agent.email) }

    init(_ form: Form) { self.init(firstName: form.text("first_name"), lastName: form.text("last_name"), email: form.optional("email")) }

    var form: Form { Form(filled: ["first_name": firstName, "last_name": lastName, "email": email]) }
}

/// The memberships of one agent as a form: a group of boxes for each organization, named `roles-ID`, and `roles` for another.
struct MembershipForm {
    let form: Form

    init(_ memberships: [Membership]) {
        form = Form(
            memberships.reduce(into: [:]) { fields, membership in
                fields[Self.field(membership.organizationID)] = membership.roles.map(\.rawValue)
            })
    }

    static func field(_ organization: ID<Organization>) -> String { "roles-\(organization)" }

    /// What the form says: of each organization that they are in, and of the one that is added.
    /// - Throws: a ``Core/Refusal`` beside the choice that is lacking.
    static func read(_ form: Form, of agent: ID<Agent>, in organizations: [ID<Organization>]) throws(Refusal) -> [Membership] {
        var memberships = organizations.map { Membership(organizationID: $0, agentID: agent, roles: form.roles(field($0))) }
        let roles = form.roles("roles")
        guard let typed = form.optional("organization_id") else {
            guard roles.isEmpty else { throw .field("organization_id", "no-organization", "Choisissez dans quelle organisation.") }
            return memberships
        }
        guard !roles.isEmpty else { throw .field("roles", "no-role", "Choisissez un rôle au moins dans cette organisation.") }
        memberships.append(Membership(organizationID: ID(typed) ?? .new(), agentID: agent, roles: roles))
        return memberships
    }
}

extension Form {
    /// The roles ticked.
    func roles(_ name: String) -> Set<Role> { Set(values(name).compactMap(Role.init)) }
}
