import Core
import Scheduling

/// One's own account: who one is here, the password, where one is signed in, the tokens for programs.
struct AccountPage: Page {
    let title = "Mon compte"
    let agent: Agent
    let roles: String
    let sessions: [Session]
    let tokens: [ApiToken]
    /// A token just made, shown this once.
    var secret: String?
    var password = FormState.blank
    var token = AccountPage.newToken
    let time: LocalTime

    /// Nothing is open until it is asked for.
    static let newToken = FormState(["days": "90"])

    var html: HTML {
        """
        \(PageHead(title))<div class="column stack">\(secret.map(NewTokenNotice.init))\(identity)\(passwordSection)\(sessionSection)\
        \(tokenSection)</div>
        """
    }

    private var identity: HTML {
        """
        <section class="card stack" aria-label="Identité">\(DefinitionList([
            ("Nom", "\(agent.name)"), ("Adresse e-mail", "\(agent.email ?? "aucune")"), ("Rôles", "\(roles)"),
        ]))</section>
        """
    }

    private var passwordSection: HTML {
        """
        <section class="card stack"><h2>Changer de mot de passe</h2>\(PostForm(Urls.accountPassword, password) {
            """
            <input type="hidden" name="username" value="\(agent.email ?? "")" autocomplete="username">\
            \(TextField("current", "Mot de passe actuel", password, kind: .password, autocomplete: "current-password"))\
            \(PasswordFields(state: password))\(SubmitRow("Changer de mot de passe"))
            """
        })</section>
        """
    }

    private var sessionSection: HTML {
        """
        <section class="card stack"><h2>Où vous êtes connecté</h2>\(Table(
            "Sessions ouvertes", columns: [.init("Ouverte"), .init("Vue"), .init("Se ferme")], rows: sessions.map(row)))\
        \(ActionButton("Se déconnecter partout", Urls.signOutEverywhere))</section>
        """
    }

    private func row(_ session: Session) -> [HTML] {
        [
            "\(time.moment(session.createdAt))\(if: session.isCurrent, " \(Tag("cette session", .good))")",
            "\(time.moment(session.seenAt))", "\(time.moment(session.expiresAt)) au plus tard",
        ]
    }

    private var tokenSection: HTML {
        """
        <section class="card stack"><h2>Jetons pour les programmes</h2>\
        <p class="soft">Un jeton laisse un programme agir à votre place, sans dépasser vos droits ni ce que vous choisissez ici. \
        Il expire au plus tard dans un an.</p>\(tokenList)\
        <h3>Nouveau jeton</h3>\(PostForm(Urls.accountTokens, token) {
            """
            \(TextField("name", "Nom du jeton", token, hint: "À quoi il sert\u{A0}: « statistiques du lundi ».", size: .medium, limit: 60))\
            \(each: TokenScopes.Domain.allCases, { Select($0.rawValue, $0.label, Self.levels, token).html })\
            \(Select("days", "Combien de temps", ApiToken.lives.map { Choice(String($0), Format.count($0, "jour")) }, token))\
            \(SubmitRow("Créer le jeton"))
            """
        })</section>
        """
    }

    private static let levels = TokenScopes.Level.allCases.map { Choice($0.rawValue, $0.label) }

    private var tokenList: HTML {
        guard !tokens.isEmpty else { return "<p>Vous n’avez aucun jeton.</p>" }
        return Table(
            "Vos jetons", columns: [.init("Nom"), .init("Permet de"), .init("Expire"), .init("Action")],
            rows: tokens.map { token in
                [
                    "\(token.name)", "\(each: token.scopes.labels, { "\($0)<br>" })", "\(time.day(token.expiresAt))",
                    "\(ActionButton("Révoquer", Urls.revokeToken(token.id), style: .alert))",
                ]
            }
        ).html
    }

    static var sample: AccountPage {
        let now = Samples.time.now
        return AccountPage(
            agent: Agent(territoryID: 64, firstName: "Maïté", lastName: "Ithurralde", email: "maite@example.org"),
            roles: "travailleur social",
            sessions: [Session(createdAt: now, seenAt: now, expiresAt: now.adding(minutes: 720), isCurrent: true)],
            tokens: [
                ApiToken(
                    id: .new(), name: "Statistiques", scopes: .init([.people: .read, .appointments: .write]), createdAt: now,
                    expiresAt: now.adding(days: 30))
            ],
            secret: "lien_exemple", time: Samples.time)
    }
}

/// A token just made: it cannot be shown again.
struct NewTokenNotice: View {
    let secret: String

    var html: HTML {
        Notice(
            .good,
            """
            <p><b>Votre jeton est prêt.</b> Copiez-le maintenant : il ne sera plus montré.</p>\(ShownValue("secret", "Jeton", secret))
            """
        ).html
    }
}

/// A value to copy.
struct ShownValue: View {
    let name: String
    let label: String
    let value: String

    init(_ name: String, _ label: String, _ value: String) { (self.name, self.label, self.value) = (name, label, value) }

    var html: HTML {
        """
        <div class="field"><label for="\(Field.id(name))">\(label)</label>\
        <input type="text" class="wide" id="\(Field.id(name))" value="\(value)" readonly autocomplete="off" spellcheck="false"></div>
        """
    }
}
