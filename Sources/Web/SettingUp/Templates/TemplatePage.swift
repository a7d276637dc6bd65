import Core
import Scheduling
import Store

/// One template: what it says, and beside it what would leave.
struct TemplatePage: Page {
    let scope: Template.Scope
    /// « MDS d’Orthez · Point budget ».
    let phrase: String
    /// What speaks now: it may be wider, or come with the product.
    let used: Template
    /// Whether something was ever written for this very scope.
    let hasHistory: Bool
    let mayKeepHardText: Bool
    /// Of those that one may see.
    let appointments: [Choice]
    let price: SMSPrice?
    let state: FormState
    var look: TemplateLook?
    /// Why there is nothing to look at.
    var faults: [String: String] = [:]

    var title: String { scope.title }

    var html: HTML {
        """
        \(PageHead(title, above: "Modèles de messages : \(phrase)", actions: actions))<p>\(origin)</p>\
        \(PostForm(Urls.template(scope), state) {
            """
            <div class="two"><section class="card stack"><h2>Le texte</h2>\(editing)</section>\
            <div aria-live="polite">\(looking)</div></div>\(SubmitRow("Enregistrer", cancel: Urls.templates(of: scope.organizationID)))
            """
        })\(variables)\(if: isOwn, retiring)
        """
    }

    private var looking: TemplateLookView { .init(look: look, faults: faults, price: price, isFrench: scope.isFrench) }

    private var isOwn: Bool { used.scope == scope && !used.version.isShipped }

    private var actions: HTML { hasHistory ? LinkButton("Historique", Urls.template(scope, "versions")).html : .empty }

    private var origin: String {
        if isOwn {
            return "C’est la version \(used.version.number) de ce texte. L’enregistrer en fait une nouvelle ; l’ancienne est gardée."
        }
        if used.version.isShipped { return "C’est le texte fourni. L’enregistrer en fait le vôtre." }
        return "C’est un texte plus général qui sert ici. L’enregistrer en fait un pour : \(phrase)."
    }

    private var editing: HTML {
        """
        \(HiddenField("after", state.value("after")))\
        <div class="stack" data-refresh="\(href: Urls.template(scope, "look"))" data-refreshes="look" \
        data-refresh-typing="subject body appointment">\
        \(if: scope.channel.hasSubject, "\(TextField("subject", "Objet", state, limit: 150))")\
        \(TextArea("body", "Message", state, hint: Self.syntax, rows: 10, limit: 4000))\
        \(Select("appointment", "Voir avec", appointments, state, hint: seen, isOptional: true, empty: "Un exemple"))\
        <p class="unscripted"><button type="submit" formaction="\(href: Urls.template(scope, "look"))">Voir</button></p></div>\
        \(if: mayKeepHardText && scope.isFrench, why)
        """
    }

    private static let syntax = """
        {date} est remplacé par le jour du rendez-vous. [Ce qui est entre crochets] n’est écrit que si ses accolades disent quelque chose.
        """

    private var seen: String {
        appointments.isEmpty
            ? "Vos droits ne montrent aucun rendez-vous à venir."
            : "Un vrai rendez-vous, parmi ceux que vous voyez : le regarder est noté au journal."
    }

    private var why: HTML {
        TextField(
            "because", "Pourquoi garder un texte difficile", state,
            hint: "Seulement sous \(Int(Readability.threshold))\u{A0}: ce que vous écrivez ici est gardé, et noté au journal.",
            isOptional: true,
            limit: 300
        ).html
    }

    private var variables: HTML {
        """
        <details class="more" id="variables"><summary>Ce que l’on peut écrire entre accolades</summary>\
        \(DefinitionList(TemplateVariable.allCases.map { ($0.written, "\($0.hint)") }))</details>
        """
    }

    private var retiring: HTML {
        """
        <section class="stack"><h2>Ne plus utiliser ce texte</h2><p class="soft">Le texte plus général servira de nouveau. Celui-ci reste \
        dans l’historique.</p>\(ActionButton("Ne plus utiliser ce texte", Urls.template(scope, "retirement"), style: .alert))</section>
        """
    }
}

extension TemplatePage {
    init(_ scope: Template.Scope, _ typed: FormState?, _ acting: Acting, at now: Instant, in db: Reader) throws {
        try Template.mustWrite(scope, by: acting, in: db)
        let names = try TemplateNames(acting, in: db)
        if let reason = scope.reasonID, names.reasons[reason] == nil { throw Refusal.notFound }
        let used = try Template.used(for: scope, by: acting, in: db), own = try Template.find(scope, of: acting.territoryID, in: db)
        let known = FormState(["subject": used.version.subject, "body": used.version.body, "after": "\(own?.version.number ?? 0)"])
        let time = LocalTime(zone: acting.territory.zone, now: now)
        self.init(
            scope: scope, phrase: names.phrase(scope), used: used, hasHistory: own != nil,
            mayKeepHardText: acting.mayKeepHardText(in: scope),
            appointments: try Template.previewable(by: acting, at: now, in: db).map {
                Choice($0.id.description, Format.capitalized(time.moment($0.startsAt)))
            }, price: try SMSPrice.of(acting.territoryID, in: db), state: typed.map { Self.completed($0, known) } ?? known)
    }

    /// What came without a text, such as a return to a version that is refused, shows what is said now.
    private static func completed(_ typed: FormState, _ known: FormState) -> FormState {
        typed.form.has("body") ? typed : FormState(known.form, errors: typed.errors, summary: typed.summary)
    }

    static let written = Template.shipped[9]

    static var sample: TemplatePage {
        let scope = Template.Scope(.reminder, .sms), body = "Bonjour {prénom}. Ça se passe le {date} à {heure}, avec les bénéficiaires."
        let state = FormState(
            Form(["body": [body], "after": ["0"]]), refused: .field("body", "invalid-fields", TemplateText.Fault.unknown("prénom").sentence)
        )
        return TemplatePage(
            scope: scope, phrase: "toute la collectivité", used: written, hasHistory: true, mayKeepHardText: true,
            appointments: [Choice(ID<Appointment>.new().description, "Jeudi 3 décembre à 9 h 30")], price: SMSPrice(tenths: 45),
            state: state,
            look: TemplateLook(subject: "", body: body.replacing("{prénom}", with: ""), for: scope))
    }
}
