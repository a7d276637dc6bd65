import Store

extension Acting {
    /// Whether they may put openings and absences in this agenda, on behalf of one of its agent's organizations.
    public func canFill(_ owner: AgendaOwner, in organization: ID<Organization>) -> Bool {
        guard owner.organizations.contains(where: { $0.id == organization }) else { return false }
        return owner.agent.id == agent.id && can(.fillOwnAgenda, in: organization) || can(.fillEveryAgenda, in: organization)
    }

    /// In one organization at least; this is enough for an absence, which holds everywhere.
    public func canFill(_ owner: AgendaOwner) -> Bool {
        owner.organizations.contains { canFill(owner, in: $0.id) }
    }

    /// Whether they may read why someone is away: the agent, reception and those responsible.
    func canReadAbsences(of owner: AgendaOwner) -> Bool {
        owner.agent.id == agent.id || owner.organizations.contains { can(.seeEveryAppointment, in: $0.id) }
    }
}
