import Core
import Store

/// How one kind of thing is set up on pages: its list, its form, what a form says of it. The routes are the same for all
/// (``SetUpRoutes``), and so are the pages.
protocol SetUpScreen: Sendable {
    associatedtype Thing: SetUp

    /// In addresses: `areas`.
    static var segment: String { get }
    static var words: SetUpWords { get }
    static var columns: [Table.Column] { get }

    static func mayOpen(_ acting: Acting) -> Bool
    /// One row for each thing that the agent may set up; the first cell leads to its form.
    static func rows(_ acting: Acting, in db: Reader) throws -> [[HTML]]
    /// What a form offers to choose from.
    static func choices(_ acting: Acting, in db: Reader) throws -> [Choice]
    static func fields(_ state: FormState, _ choices: [Choice], isNew: Bool) -> HTML
    /// What the form of a thing shows; of a new one when there is none.
    static func values(_ thing: Thing?) -> Form
    /// What a form says. A number or a choice that cannot be read becomes one that the rules refuse, so that all is said at once.
    static func read(_ form: Form, id: ID<Thing>) -> Thing
    /// What else can be done with a thing, under its form.
    static func actions(_ thing: Thing) -> HTML
}

extension SetUpScreen {
    static func mayOpen(_ acting: Acting) -> Bool { acting.can(.setUpTerritory) }
    static func choices(_ acting: Acting, in db: Reader) throws -> [Choice] { [] }

    static func actions(_ thing: Thing) -> HTML { deletion(thing) }

    static func deletion(_ thing: Thing) -> HTML {
        """
        <div class="stack"><h2>Supprimer</h2><p class="soft">Seulement si rien ne s’en est encore servi.</p>\
        \(ActionButton("Supprimer", Urls.setup(segment, thing.id, "deletion"), style: .alert))</div>
        """
    }

    /// The first cell of a row.
    static func link(_ name: String, _ id: ID<Thing>) -> HTML { "<a href=\"\(href: Urls.setup(segment, id))\">\(name)</a>" }
}

/// How one kind of thing is spoken of.
struct SetUpWords: Sendable {
    /// "Lieux".
    var title: String
    /// "Nouveau lieu".
    var new: String
    /// What it is for, above the list.
    var intro: String
    /// When there is none: what it will allow.
    var empty: String
    /// "Le lieu est enregistré."
    var saved: String
    /// "Le lieu est supprimé."
    var deleted: String
}

/// A list of things to set up.
struct SetUpListPage: Page {
    let words: SetUpWords
    let segment: String
    let columns: [Table.Column]
    let rows: [[HTML]]

    var title: String { words.title }

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages", actions: "\(LinkButton(words.new, Urls.newSetup(segment), style: .main))"))\
        <p>\(words.intro)</p>\(list)<p>\(LinkButton("Tous les réglages", Urls.setup))</p>
        """
    }

    private var list: HTML {
        rows.isEmpty
            ? EmptyState("Il n’y en a pas encore.", words.empty, action: LinkButton(words.new, Urls.newSetup(segment))).html
            : Table(words.title, columns: columns, rows: rows).html
    }

    static let sample = SetUpListPage(
        words: AreaScreen.words, segment: AreaScreen.segment, columns: AreaScreen.columns,
        rows: [[AreaScreen.link("Béarn des Gaves", .new())], [AreaScreen.link("Côte basque", .new())]])
}

/// The form of one thing to set up.
struct SetUpFormPage: Page {
    let title: String
    let words: SetUpWords
    let action: URLPath
    let list: URLPath
    let fields: HTML
    let state: FormState
    var below: HTML = .empty

    var html: HTML {
        """
        \(PageHead(title, above: words.title))<div class="column stack">\
        \(PostForm(action, state) { "\(fields)\(SubmitRow("Enregistrer", cancel: list))" })\(below)</div>
        """
    }

    static var sample: SetUpFormPage {
        let state = FormState(Form(["name": [""]]), refused: .field("name", "name", "Donnez un nom."))
        let choices = [Choice(Samples.reason.serviceID.description, "Service social")]
        return SetUpFormPage(
            title: ReasonScreen.words.new, words: ReasonScreen.words, action: Urls.setup("reasons"), list: Urls.setup("reasons"),
            fields: ReasonScreen.fields(state, choices, isNew: true), state: state, below: ReasonScreen.actions(Samples.reason))
    }
}
