import Core
import Store

/// What is said by purpose and channel, in the territory or in one of its organizations.
struct TemplatesPage: Page {
    let title = "Modèles de messages"
    /// Nothing for the whole territory.
    let organization: Organization?
    /// Those that one sets up.
    let houses: [Organization]
    /// May write for the whole territory.
    let isOver: Bool
    /// What is used here, in the order of purposes and channels.
    let used: [Template]
    /// Written for a reason or a language.
    let particular: [Template]
    let names: TemplateNames
    let price: SMSPrice?
    /// Gateways by which an answer would be lost.
    var deaf: [GatewayAbility] = []
    let state: FormState

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages"))<p>Ce que les messages disent. Aucun ne dit le motif ni le service : un écran se lit \
        par-dessus une épaule.</p>\(filter)<h2>\(organization?.name ?? "Toute la collectivité")</h2>\
        \(Table("Modèles", columns: Self.columns, rows: rows))\(others)\(if: isOver && organization == nil, pricing)\
        <p>\(LinkButton("Tous les réglages", Urls.setup))</p>
        """
    }

    private static let columns = [Table.Column("Pour")] + Template.Channel.allCases.map { Table.Column($0.label) }

    private var filter: HTML {
        guard houses.count > (isOver ? 0 : 1) else { return .empty }
        let choices = houses.map { Choice($0.id.description, $0.name) }
        let state = FormState(["organization": organization?.id.description ?? ""])
        return GetForm(Urls.templates) {
            """
            \(Select("organization", "Pour", choices, state, empty: isOver ? "Toute la collectivité" : nil))\
            <button type="submit">Voir</button>
            """
        }.html
    }

    private var rows: [[HTML]] {
        Template.Purpose.allCases.map { purpose in
            ["\(Format.capitalized(purpose.label))"] + used.filter { $0.scope.purpose == purpose }.map(cell)
        }
    }

    /// The link to what is said, and whose words they are.
    private func cell(_ template: Template) -> HTML {
        let scope = Template.Scope(template.scope.purpose, template.scope.channel, organization: organization?.id)
        return "<span><a href=\"\(href: Urls.template(scope))\">\(scope.title)</a> \(origin(template))\(lost(template))</span>"
    }

    /// What gateways can do has changed since it was written.
    private func lost(_ template: Template) -> HTML? {
        guard template.version.invitesAnswer, deaf.first(on: template.scope.channel) != nil else { return nil }
        return " \(Tag("invite à répondre : la réponse se perdrait", .warn))"
    }

    private func origin(_ template: Template) -> HTML {
        if template.version.isShipped { return Tag("texte fourni").html }
        let whose =
            template.scope.organizationID == nil && organization != nil ? "de la collectivité" : "version \(template.version.number)"
        return "\(Tag(whose, .good))\(if: template.version.because != nil, " \(Tag("difficile à lire", .warn))")"
    }

    private var others: HTML {
        let columns = [Table.Column("Modèle"), .init("Pour"), .init("État")]
        let rows = particular.map { template -> [HTML] in
            let state = template.retiredAt == nil ? Tag("version \(template.version.number)", .good) : Tag("plus utilisé")
            return [
                "<a href=\"\(href: Urls.template(template.scope))\">\(template.scope.title)</a>", "\(names.phrase(template.scope))",
                "\(state)\(template.retiredAt == nil ? lost(template) : nil)",
            ]
        }
        return """
            <h2>Pour un motif ou une langue</h2>\
            \(if: !rows.isEmpty, "\(Table("Modèles pour un motif ou une langue", columns: columns, rows: rows))")\
            <h3>Écrire un autre texte</h3>\(GetForm(Urls.templateEdit) { choosing })
            """
    }

    private var choosing: HTML {
        let purposes = Template.Purpose.allCases.map { Choice($0.rawValue, Format.capitalized($0.label)) }
        let reasons = names.reasons.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { Choice($0.key.description, $0.value) }
        let languages = PersonForm.languages.map { Choice($0.0, $0.1) }
        let state = FormState(["purpose": Template.Purpose.reminder.rawValue, "channel": Template.Channel.sms.rawValue, "language": "fr"])
        return """
            \(organization.map { HiddenField("organization", $0.id.description) })\
            \(Select("purpose", "Ce qui est dit", purposes, state))\
            \(Select("channel", "Par", Template.Channel.allCases.map { Choice($0.rawValue, $0.label) }, state))\
            \(Select("reason", "Motif", reasons, state, empty: "Tous les motifs"))\
            \(Select("language", "Langue", languages, state))<button type="submit">Écrire</button>
            """
    }

    private var pricing: HTML {
        let shown = state.form.has("price") ? state : FormState(["price": price?.typed ?? ""])
        return """
            <section class="card stack column"><h2>Prix d’un SMS</h2>\(PostForm(Urls.templatePrice, shown) {
                """
                \(TextField(
                    "price", "Centimes par SMS", shown, hint: "Comme 4,5. Un texte long en demande plusieurs.", size: .short, limit: 8))\
                \(SubmitRow("Enregistrer"))
                """
            })</section>
            """
    }
}

extension TemplatesPage {
    init(_ chosen: ID<Organization>?, houses: [Organization], _ state: FormState, _ acting: Acting, in db: Reader) throws {
        let organization = houses.first { $0.id == chosen }
        let scopes = Template.Purpose.allCases.flatMap { purpose in
            Template.Channel.allCases.map { Template.Scope(purpose, $0, organization: chosen) }
        }
        self.init(
            organization: organization, houses: houses, isOver: acting.can(.setUpTerritory),
            used: try scopes.map { try Template.used(for: $0, by: acting, in: db) },
            particular: try Template.all(by: acting, in: db).filter { template in
                template.scope.organizationID == chosen && (template.scope.reasonID != nil || !template.scope.isFrench)
            }, names: try TemplateNames(acting, in: db), price: try SMSPrice.of(acting.territoryID, in: db),
            deaf: try GatewayAbility.deaf(in: db), state: state)
    }

    static var sample: TemplatesPage {
        TemplatesPage(
            organization: nil, houses: [Samples.organization], isOver: true, used: Template.shipped, particular: [TemplatePage.written],
            names: TemplateNames(), price: SMSPrice(tenths: 45),
            state: FormState(Form(["price": ["cher"]]), refused: .field("price", "invalid-price", "Donnez un prix de 0 à 100 centimes.")))
    }
}
