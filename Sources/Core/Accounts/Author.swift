/// Who makes something change: an agent, or someone who is not signed in and answers a message.
struct Author: Sendable {
    let territory: Territory
    var agentID: ID<Agent>?

    var actor: Journal.Actor { agentID.map { .agent($0) } ?? .anonymous }
}

extension Acting {
    var author: Author { Author(territory: territory, agentID: agent.id) }
}
