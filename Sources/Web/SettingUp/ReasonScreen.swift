import Core
import Store

/// Motifs: the kinds of appointments that can be booked.
enum ReasonScreen: SetUpScreen {
    static let segment = "reasons"
    static let words = SetUpWords(
        title: "Motifs de rendez-vous", new: "Nouveau motif",
        intro: "Ce pour quoi l’on prend rendez-vous. Un motif retiré n’est plus proposé ; les rendez-vous pris restent.",
        empty: "Créez le premier : sans motif, personne ne peut prendre de rendez-vous.", saved: "Le motif est enregistré.",
        deleted: "Le motif est supprimé.")
    static let columns = [Table.Column("Nom"), .init("Service"), .init("Durée"), .init("Comment"), .init("Qui le prend"), .init("État")]

    static func rows(_ acting: Acting, in db: Reader) throws -> [[HTML]] {
        let services = Dictionary(uniqueKeysWithValues: try Service.all(of: acting.territoryID, in: db).map { ($0.id, $0.name) })
        return try Reason.all(of: acting.territoryID, in: db).map { reason in
            [
                link(reason.name, reason.id), "\(services[reason.serviceID] ?? "")", "\(Format.duration(minutes: reason.minutes))",
                "\(reason.how.label)", "\(reason.bookableBy.label)",
                reason.retiredAt == nil ? "\(Tag("proposé", .good))" : "\(Tag("retiré"))",
            ]
        }
    }

    static func choices(_ acting: Acting, in db: Reader) throws -> [Choice] {
        try Service.all(of: acting.territoryID, in: db).map { Choice($0.id.description, $0.name) }
    }

    static func fields(_ state: FormState, _ choices: [Choice], isNew: Bool) -> HTML {
        """
        \(TextField("name", "Nom", state, hint: "Avec les mots des personnes\u{A0}: « Premier contact RSA ».", limit: 100))\
        \(Select("service_id", "Service", choices, state, empty: "Choisir…"))\
        \(TextField("minutes", "Durée en minutes", state, hint: "De 5 en 5.", kind: .number, size: .short))\
        \(TextField(
            "step_minutes", "Minutes entre deux débuts proposés", state,
            hint: "15 propose 9 h, 9 h 15, 9 h 30… Sans réponse\u{A0}: les rendez-vous se suivent.", kind: .number, isOptional: true, size: .short))\
        \(TextField(
            "gap_minutes", "Minutes gardées libres après", state,
            hint: "Pour écrire ou se déplacer\u{A0}: rien d’autre ne peut y être pris.", kind: .number, isOptional: true, size: .short))\
        \(TextField(
            "seats", "Places", state, hint: "Pour un motif collectif\u{A0}: combien de personnes à la fois. Sinon, rien.", kind: .number,
            isOptional: true, size: .short))\
        \(RadioCards("how", "Comment", How.allCases.map { Choice($0.rawValue, Format.capitalized($0.label)) }, state))\
        \(RadioCards(
            "bookable_by", "Qui peut le prendre",
            Reason.BookableBy.allCases.map { Choice($0.rawValue, Format.capitalized($0.label)) }, state))\
        \(Select("earliest_minutes", "Au plus tôt", Notices.earliest.choices(with: state.value("earliest_minutes")), state,
            hint: "Le délai à laisser entre la réservation et le rendez-vous."))\
        \(Select("latest_minutes", "Au plus tard", Notices.latest.choices(with: state.value("latest_minutes")), state,
            hint: "Jusqu’où l’on peut réserver."))\
        \(TextField("colour", "Couleur dans les agendas", state, hint: "Sous la forme #rrvvbb.", size: .short, limit: 7))\
        \(TextArea(
            "instructions", "Consignes pour la personne", state, hint: "Ce qu’il faut apporter ou préparer.", isOptional: true,
            limit: 2000))\
        \(TextField(
            "reminders", "Rappels", state,
            hint: "Combien avant le rendez-vous\u{A0}: « 2 j », « 7 j, 2 h »… Rien\u{A0}: aucun rappel. Cinq au plus.", isOptional: true,
            size: .medium, limit: 60))\
        \(Checkbox("discreet", "Motif discret", state, hint: "Dit à la personne seule, sans le nommer\u{A0}; à personne à sa place."))\
        \(Checkbox("minors_confidential", "Confidentiel pour les mineurs", state, hint: "Les parents d’un mineur n’en sont pas prévenus."))\
        \(Checkbox("for_child", "Pour un enfant", state, hint: "L’enfant est la personne\u{A0}; l’adulte l’accompagne."))\
        \(Checkbox(
            "prescribable", "Ouvert aux autres organisations", state,
            hint: "Leurs agents voient les heures libres et les lieux, et peuvent y prendre rendez-vous pour une personne."))\
        \(Checkbox("summons", "Convocation", state, hint: "La personne est tenue de venir\u{A0}: un SMS ne suffit pas à l’annuler."))\
        \(Checkbox(
            "tells_missed", "Écrire à qui n’est pas venu", state,
            hint: "Deux heures après, avec le numéro à appeler pour un autre rendez-vous. Jamais pour une convocation."))\
        \(Checkbox("follow_up", "Motif de suivi", state, hint: "Pris avec le référent de la personne dans ce service."))
        \(Select(
            "resource_kind", "Ressource à réserver", Resource.Kind.allCases.map { Choice($0.rawValue, Format.capitalized($0.label)) }, state,
            hint: "Cherchée avec le créneau, sauf si l’on dit le contraire.", isOptional: true, empty: "Aucune"))
        """
    }

    static func values(_ reason: Reason?) -> Form {
        Form(filled: [
            "name": reason?.name, "service_id": reason?.serviceID.description, "minutes": String(reason?.minutes ?? 30),
            "how": (reason?.how ?? .phone).rawValue, "bookable_by": (reason?.bookableBy ?? .agents).rawValue,
            "earliest_minutes": String(reason?.earliestMinutes ?? 0), "latest_minutes": String(reason?.latestMinutes ?? 90 * 1440),
            "colour": reason?.colour ?? "#0a6b5d", "instructions": reason?.instructions,
            "discreet": reason?.isDiscreet == true ? "on" : nil,
            "minors_confidential": reason?.isConfidentialForMinors == true ? "on" : nil,
            "for_child": reason?.isForChild == true ? "on" : nil, "step_minutes": reason?.stepMinutes.map { String($0) },
            "prescribable": reason?.isPrescribable == true ? "on" : nil, "seats": reason?.seats.map { String($0) },
            "tells_missed": reason?.tellsMissed ?? true ? "on" : nil,
            "summons": reason?.isSummons == true ? "on" : nil, "follow_up": reason?.isFollowUp == true ? "on" : nil,
            "resource_kind": reason?.resourceKind?.rawValue,
            "reminders": ReminderDelays.text(reason?.reminders ?? [2880]),
            "gap_minutes": reason.flatMap { $0.gapMinutes == 0 ? nil : String($0.gapMinutes) },
        ])
    }

    /// The first of the cards stands for what is none of them: a browser sends no other.
    static func read(_ form: Form, id: ID<Reason>) -> Reason {
        var reason = Reason(
            id: id, serviceID: ID(form.text("service_id")) ?? .new(), name: form.text("name"), minutes: Int(form.text("minutes")) ?? 0,
            how: How(rawValue: form.text("how")) ?? .phone, colour: form.text("colour"),
            bookableBy: Reason.BookableBy(rawValue: form.text("bookable_by")) ?? .service,
            earliestMinutes: Int(form.text("earliest_minutes")) ?? -1, latestMinutes: Int(form.text("latest_minutes")) ?? -1,
            instructions: form.text("instructions"))
        reason.isDiscreet = form.has("discreet")
        reason.isConfidentialForMinors = form.has("minors_confidential")
        reason.isForChild = form.has("for_child")
        reason.isFollowUp = form.has("follow_up")
        reason.isSummons = form.has("summons")
        reason.tellsMissed = form.has("tells_missed")
        reason.isPrescribable = form.has("prescribable")
        reason.seats = form.optional("seats").map { Int($0) ?? -1 }
        reason.resourceKind = Resource.Kind(rawValue: form.text("resource_kind"))
        reason.reminders = ReminderDelays.read(form.text("reminders")) ?? [-1]
        reason.stepMinutes = form.optional("step_minutes").map { Int($0) ?? -1 }
        reason.gapMinutes = form.optional("gap_minutes").map { Int($0) ?? -1 } ?? 0
        return reason
    }

    static func actions(_ reason: Reason) -> HTML {
        """
        <div class="stack"><h2>Retirer</h2>\(reason.retiredAt == nil ? retiring(reason) : restoring(reason))</div>\
        \(deletion(reason))
        """
    }

    private static func retiring(_ reason: Reason) -> HTML {
        """
        <p class="soft">On ne le proposera plus ; les rendez-vous pris restent.</p>\
        \(ActionButton("Retirer ce motif", Urls.setup(segment, reason.id, "retirement"), style: .alert))
        """
    }

    private static func restoring(_ reason: Reason) -> HTML {
        """
        <p class="soft">Il est retiré : on ne le propose plus.</p>\
        \(ActionButton("Proposer de nouveau", Urls.setup(segment, reason.id, "restoration")))
        """
    }
}

/// The notices that most choose, in minutes.
enum Notices: Sendable {
    case earliest, latest

    private var usual: [(Int, String)] {
        let day = 1440
        return switch self {
        case .earliest:
            [
                (0, "Tout de suite"), (60, "Dans 1 heure"), (120, "Dans 2 heures"), (240, "Dans 4 heures"), (day, "Dans 1 jour"),
                (2 * day, "Dans 2 jours"), (3 * day, "Dans 3 jours"), (7 * day, "Dans 1 semaine"), (14 * day, "Dans 2 semaines"),
            ]
        case .latest:
            [
                (7 * day, "Dans 1 semaine"), (14 * day, "Dans 2 semaines"), (30 * day, "Dans 1 mois"), (60 * day, "Dans 2 mois"),
                (90 * day, "Dans 3 mois"), (182 * day, "Dans 6 mois"), (365 * day, "Dans 1 an"),
            ]
        }
    }

    /// With the value at hand when it is not one of them: the API takes any.
    func choices(with value: String) -> [Choice] {
        var all = usual
        if let minutes = Int(value), minutes >= 0, !all.contains(where: { $0.0 == minutes }) { all.append((minutes, Self.words(minutes))) }
        return all.sorted { $0.0 < $1.0 }.map { Choice(String($0.0), $0.1) }
    }

    private static func words(_ minutes: Int) -> String {
        minutes % 1440 == 0 ? "Dans \(Format.count(minutes / 1440, "jour"))" : "Dans \(Format.duration(minutes: minutes))"
    }
}
