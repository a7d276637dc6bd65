import Foundation
import Scheduling
import Store

/// The day of some agents, as it is taken away on paper or in a file: what the agenda shows, less what someone said.
///
/// What may not be seen is only « Occupé », as in ``Agenda``.
public struct DayList: Sendable, Equatable {
    public let date: CivilDate
    public let agents: [OfAgent]

    public init(date: CivilDate, agents: [OfAgent]) {
        self.date = date
        self.agents = agents
    }

    public struct OfAgent: Sendable, Equatable {
        public let owner: AgendaOwner
        /// In order of time, without the cancelled ones.
        public let lines: [Line]

        public init(owner: AgendaOwner, lines: [Line]) {
            self.owner = owner
            self.lines = lines
        }
    }

    public struct Line: Sendable, Equatable {
        /// Since midnight.
        public let minutes: Range<Int>
        /// None for « Occupé ».
        public let visit: Visit?

        public init(minutes: Range<Int>, visit: Visit? = nil) {
            self.minutes = minutes
            self.visit = visit
        }
    }

    /// An appointment. It has no room for what someone said: paper is left on tables.
    public struct Visit: Sendable, Equatable {
        public let reason: String
        public let how: How
        /// The site, the place agreed, or for a home visit the address; empty when it is not known or is ``isPlaceHidden``.
        public let place: String
        /// *Adresse confidentielle*: it goes on no paper, whoever prints it.
        public let isPlaceHidden: Bool
        /// The number to call, E.164.
        public let phone: String?
        public let people: [AgendaAppointment.Someone]
        /// Who comes with them.
        public let accompanying: [String]
        /// « fauteuil », « interprète arabe »: for who reads it on the doorstep.
        public let needs: [String]

        public init(
            reason: String, how: How, place: String = "", isPlaceHidden: Bool = false, phone: String? = nil,
            people: [AgendaAppointment.Someone], accompanying: [String] = [], needs: [String] = []
        ) {
            self.reason = reason
            self.how = how
            self.place = place
            self.isPlaceHidden = isPlaceHidden
            self.phone = phone
            self.people = people
            self.accompanying = accompanying
            self.needs = needs
        }
    }
}
