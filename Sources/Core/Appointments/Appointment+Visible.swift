import Store

extension Appointment {
    /// The one access rule of appointments, for lists, lookups, counts and exports alike.
    ///
    /// « Vous voyez les rendez-vous de vos services dans vos organisations, tous ceux d’une organisation dont vous tenez l’accueil ou
    /// dont vous êtes responsable, les vôtres, et ceux que vous avez prescrits. »
    static func visible(to acting: Acting) -> SQL {
        let everywhere = acting.organizations(with: .seeEveryAppointment)
        let ofServices = acting.organizations(with: .seeServiceAppointments)
        return """
            (appointment.agent_id = \(acting.agent.id) OR (appointment.prescribed AND appointment.created_by = \(acting.agent.id))
              OR appointment.organization_id IN \(list: everywhere)
              OR (appointment.organization_id IN \(list: ofServices) AND appointment.service_id IN \(list: acting.services.sorted()))
              OR \(isWith(acting.agent.id)))
            """
    }

    /// Says why this agent sees it.
    public static let visibleBecause = """
        Vous voyez les rendez-vous de vos services dans vos organisations, tous ceux d’une organisation dont vous tenez l’accueil ou dont \
        vous êtes responsable, les vôtres, et ceux que vous avez prescrits.
        """
}
