import Scheduling

extension RenderingFacts {
    /// Another appointment that the same text tells.
    struct Other {
        let id: ID<Appointment>
        let startsAt: Instant
        /// For whom, when that is not whom the message is for: `nil` is who reads.
        var people: [String?] = []
    }

    /// What goes along: others who come to the same appointment, and other appointments.
    /// - Parameter person: whom the message itself is about.
    mutating func add(_ companions: [Companion], at person: ID<Person>) {
        for one in companions {
            if one.appointment.id == appointment.id {
                alsoFor.append(one.name)
            } else if let index = others.firstIndex(where: { $0.id == one.appointment.id }) {
                others[index].people.append(one.name)
            } else {
                others.append(
                    Other(id: one.appointment.id, startsAt: one.appointment.startsAt, people: one.personID == person ? [] : [one.name]))
            }
        }
        others.sort { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
    }
}
