/// The words of the templates that come with the product.
enum ShippedTexts {
    static func text(_ purpose: Template.Purpose, _ channel: Template.Channel) -> (subject: String, body: String) {
        switch channel {
        case .sms: ("", "{organisation} : " + sms(purpose))
        case .email: (subject(purpose), "Bonjour,\n\n\(heart(purpose))\n\n{organisation}\n{collectivité}")
        case .letter: (subject(purpose), "Bonjour,\n\n\(heart(purpose))\n\n\(keep(purpose))À bientôt,\n{organisation}\n{collectivité}")
        }
    }

    private static let details = "[, {comment}].[ Lieu : {lieu}.][ Pour {personne}.][ Et aussi le {aussi}.]"
    private static let call = "[ Un souci ? Appelez le {numéro}.]"
    private static let another = "[ Pour {personne}.][ Pas non plus le {aussi}.][ Pour en prendre un autre, appelez le {numéro}.]"

    private static func sms(_ purpose: Template.Purpose) -> String {
        switch purpose {
        case .confirmation: "rendez-vous pris le {date} à {heure}\(details)\(call)"
        case .change: "votre rendez-vous passe au {date} à {heure}\(details)\(call)"
        case .cancellation: "le rendez-vous du {date} à {heure} n’a pas lieu.\(another)"
        case .reminder: "rendez-vous le {date} à {heure}\(details)\(call)"
        case .missed: "nous vous attendions le {date} à {heure}.[ Pour {personne}.][ Pour un autre rendez-vous, appelez le {numéro}.]"
        case .standing: "votre rendez-vous du {date} à {heure} a toujours lieu.[ Pour {personne}.][ Pour le changer, appelez le {numéro}.]"
        case .earlierSlot:
            "une place est libre plus tôt, le {place}.[ Pour {personne}.][ Pour la prendre, appelez le {numéro}.] Sinon, rien ne change."
        }
    }

    private static func subject(_ purpose: Template.Purpose) -> String {
        switch purpose {
        case .confirmation: "Votre rendez-vous du {date}"
        case .change: "Votre rendez-vous change : il est le {date}"
        case .cancellation: "Le rendez-vous du {date} n’a pas lieu"
        case .reminder: "À bientôt : rendez-vous le {date}"
        case .missed: "Votre rendez-vous du {date}"
        case .earlierSlot: "Une place plus tôt pour votre rendez-vous"
        case .standing: "Votre rendez-vous du {date} a lieu"
        }
    }

    /// A letter that is good for something afterwards.
    private static func keep(_ purpose: Template.Purpose) -> String {
        switch purpose {
        case .cancellation, .missed: ""
        case .confirmation, .change, .reminder, .earlierSlot, .standing: "Gardez cette lettre avec vous.\n\n"
        }
    }

    /// What an e-mail and a letter both say.
    private static func heart(_ purpose: Template.Purpose) -> String {
        switch purpose {
        case .confirmation: "Vous avez un rendez-vous le {date} à {heure}[, {comment}].\n\(lines)"
        case .change: "Votre rendez-vous change.[ Ne venez plus le {avant}.]\n\nIl est le {date} à {heure}[, {comment}].\n\(lines)"
        case .cancellation:
            """
            Votre rendez-vous du {date} à {heure} n’a pas lieu.[ Il était pour {personne}.]

            [Vous en voulez un autre ? Appelez-nous au {numéro}.]
            """
        case .reminder: "C’est bientôt : vous avez un rendez-vous le {date} à {heure}[, {comment}].\n\(lines)"
        case .missed:
            """
            Vous aviez un rendez-vous le {date} à {heure}.[ Il était pour {personne}.] Nous n’avons pas pu nous parler.

            [Vous en voulez un autre ? Appelez-nous au {numéro}. Nous trouvons un jour avec vous.]
            """
        case .standing:
            """
            Nous avons lu votre réponse. Votre rendez-vous du {date} à {heure} a toujours lieu.[ Il est pour {personne}.]

            [Vous voulez le changer ? Appelez-nous au {numéro}.]
            """
        case .earlierSlot:
            """
            Vous avez un rendez-vous le {date} à {heure}.[ Il est pour {personne}.] Une place est libre plus tôt : le {place}.

            [Vous la voulez ? Appelez vite le {numéro}. Elle est à qui appelle d’abord.] Si vous ne faites rien, votre rendez-vous ne change pas.
            """
        }
    }

    private static let lines = """
        [Pour {personne}.]
        [Lieu : {lieu}.]
        [Vous verrez {agent}.]
        [Et aussi le {aussi}.]
        [{consignes}]

        [Vous ne pouvez pas venir ? Dites-le nous au {numéro}. Nous vous donnons un autre jour.]
        """
}
