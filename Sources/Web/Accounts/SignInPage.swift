/// Coming in: an e-mail, a password.
struct SignInPage: Page {
    let title = "Connexion"
    let layout = Layout.Kind.bare
    let state: FormState
    /// The page that asked for someone signed in.
    var returning: URLPath?

    var html: HTML {
        """
        <div class="column stack"><h1>Connexion</h1>\(PostForm(Urls.session, state) { form })\
        <p class="soft">Mot de passe oublié, ou premier accès ? Demandez un lien à votre administrateur.</p></div>
        """
    }

    private var form: HTML {
        """
        \(returning.map { HiddenField("return", $0.text) })\
        \(TextField("email", "Adresse e-mail", state, kind: .email, autocomplete: "username", limit: 254))\
        \(TextField("password", "Mot de passe", state, kind: .password, autocomplete: "current-password"))\
        \(SubmitRow("Se connecter"))
        """
    }

    static let sample = SignInPage(state: .blank, returning: Urls.agenda)
}

/// Choosing a password through the link that an administrator handed over.
struct NewPasswordPage: Page {
    let title = "Choisir un mot de passe"
    let layout = Layout.Kind.bare
    let token: String
    let name: String
    let email: String
    let state: FormState

    var html: HTML {
        """
        <div class="column stack"><h1>Choisir un mot de passe</h1>\
        <p>Bonjour \(name). Choisissez le mot de passe avec lequel vous vous connecterez, avec l’adresse <b>\(email)</b>.</p>\
        \(PostForm(Urls.passwordLink(token), state) { form })</div>
        """
    }

    private var form: HTML {
        """
        <input type="hidden" name="username" value="\(email)" autocomplete="username">\
        \(PasswordFields(state: state))\(SubmitRow("Enregistrer ce mot de passe"))
        """
    }

    static let sample = NewPasswordPage(
        token: "exemple", name: "Maïté Ithurralde", email: "maite@example.org",
        state: FormState(errors: ["password": "Il faut 12 caractères au moins."]))
}

/// The new password, twice: a slip would lock its owner out.
struct PasswordFields: View {
    let state: FormState

    var html: HTML {
        """
        \(TextField(
            "password", "Nouveau mot de passe", state, hint: "12 caractères au moins. Quatre mots sans rapport entre eux conviennent.",
            kind: .password, autocomplete: "new-password"))\
        \(TextField("confirmation", "Le même, une deuxième fois", state, kind: .password, autocomplete: "new-password"))
        """
    }
}

extension Form {
    /// A password as it was typed, spaces included.
    func password(_ name: String) -> String { fields[name]?.first ?? "" }
}
