import Store

extension Reason {
    /// What a list says in the place of a discreet reason's name.
    public static let unnamed = "Motif discret"

    /// A discreet reason is named, in lists, to who is of its service and to the appointment's own agent alone. The appointment's page,
    /// whose reading is journalled, says it to all who may open it.
    static func isUnnamed(to acting: Acting) -> SQL {
        """
        (reason.discreet AND appointment.agent_id <> \(acting.agent.id) AND reason.service_id NOT IN \(list: acting.services.sorted()))
        """
    }
}
