import Core
import HTTPTypes
import Scheduling
import Store

extension ExternalNumber.Kind: Plain {}
extension Archiving.Reason: Plain {}
extension PersonField: Plain {}

/// What is seldom filled in of a file, sent and answered alike.
enum PersonDetailFields {
    static let birthName = Key("birth_name", Kind.line(0...100), "Le nom de naissance, quand ce n’est pas celui d’usage.")
    private static let expectedBirth = Key<CivilDate?>("expected_birth", "La naissance prévue d’un enfant à naître.")
    private static let kind = Key<ExternalNumber.Kind>("kind")
    private static let number = Key("number", Kind.line(1...ExternalNumber.longest))
    private static let numbers = Key(
        "external_numbers", Kind<[Given]>.list(Fields("NewExternalNumber", needs: [kind, number]).kind, 0...5),
        "Un de chaque sorte au plus.")
    private static let tags = Key("tags", Kind<[ID<PersonTag>]>.list(ID.kind, 0...100))
    private static let neverPost = Key<Bool>("never_post", "Ne jamais écrire à l’adresse.")
    private static let neverEmail = Key<Bool>("never_email", "Ne jamais envoyer d’e-mail.")
    private static let neverSMS = Key<Bool>(
        "never_sms", "Ne jamais envoyer de SMS pour un rendez-vous : la personne a répondu STOP, ou l’a dit.")
    private static let neverCampaign = Key<Bool>("never_campaign", "Ne plus envoyer d’informations générales.")
    private static let neverVoicemail = Key<Bool>("never_voicemail", "Ne jamais laisser de message.")
    private static let addressHidden = Key<Bool>("address_hidden", "L’adresse n’est montrée qu’à qui peut changer la fiche.")
    private static let visitsForTwo = Key<Bool>("visits_for_two", "Visite à deux : personne n’y va seul.")
    private static let caution = Key("caution", Kind.line(0...Discretion.longestCaution), "À savoir avant d’appeler ou d’écrire.")

    static let all: [any AnyKey] = [
        birthName, expectedBirth, numbers, tags, neverPost, neverEmail, neverSMS, neverCampaign, neverVoicemail,
        addressHidden, visitsForTwo, caution,
    ]

    /// What was sent, over what the file holds. A field that the territory does without stays as it is.
    static func draft(_ given: Given, over before: PersonDetailDraft) throws -> PersonDetailDraft {
        var draft = before
        if let date = try given.ifAny(expectedBirth) as CivilDate?? { draft.expectedBirth = date?.description ?? "" }
        if let numbers = try given.ifAny(numbers) {
            draft.numbers = Dictionary(try numbers.map { (try $0[kind], try $0[number]) }) { first, _ in first }
        }
        if let tags = try given.ifAny(tags) { draft.tags = Set(tags) }
        draft.discretion = Discretion(
            neverPost: try given.changing(neverPost, from: before.discretion.neverPost),
            neverEmail: try given.changing(neverEmail, from: before.discretion.neverEmail),
            neverSMS: try given.changing(neverSMS, from: before.discretion.neverSMS),
            neverCampaign: try given.changing(neverCampaign, from: before.discretion.neverCampaign),
            neverVoicemail: try given.changing(neverVoicemail, from: before.discretion.neverVoicemail),
            addressHidden: try given.changing(addressHidden, from: before.discretion.addressHidden),
            visitsForTwo: try given.changing(visitsForTwo, from: before.discretion.visitsForTwo),
            caution: try given.changing(caution, from: before.discretion.caution))
        return draft
    }

    static let shown: [Shape<ShownPerson>.Member] = [
        birthName.of(\.person.birthName), expectedBirth.of(\.detail.expectedBirth),
        Key("external_numbers", .list(numberShape.kind)).of(\.detail.numbers), tags.of { $0.detail.tags.sorted() },
        neverPost.of(\.detail.discretion.neverPost), neverEmail.of(\.detail.discretion.neverEmail),
        neverSMS.of(\.detail.discretion.neverSMS), neverCampaign.of(\.detail.discretion.neverCampaign),
        neverVoicemail.of(\.detail.discretion.neverVoicemail), addressHidden.of(\.detail.discretion.addressHidden),
        visitsForTwo.of(\.detail.discretion.visitsForTwo), caution.of(\.detail.discretion.caution),
        Key<Instant?>("archived_at", "Quand la fiche a été archivée.").of(\.archivedAt),
    ]

    private static let numberShape = Shape<ExternalNumber>("ExternalNumber", [kind.of(\.kind), number.of(\.number)])
}

/// Archiving, and what a territory uses of people's files.
enum PersonDetailAPI {
    private static let reason = Key<Archiving.Reason>("reason")
    private static let why = Key("why", Kind.line(0...200), "Nécessaire pour une autre raison.")
    private static let off = Key("off", Kind<[PersonField]>.list(PersonField.kind, 0...100), "Les champs dont on se passe.")

    static let endpoints: [Endpoint] = [
        .change(
            .put, "/people/{id}/archiving", "Archive une fiche", needs: .editPeople,
            body: Fields("NewArchiving", needs: [reason], takes: [why])
        ) { call in
            try await Archiving.begin(
                for: try call.id(Person.self), try call.body[reason], why: try call.body.ifAny(why) ?? "", by: call.acting, at: call.now,
                in: call.store)
        }.journallingItself,
        .change(.delete, "/people/{id}/archiving", "Sort une fiche des archives", needs: .editPeople) { call in
            try await Archiving.end(for: try call.id(Person.self), by: call.acting, at: call.now, in: call.store)
        }.journallingItself,
        .read("/territory/person-fields", "Les champs des fiches dont on se passe", answers: fields) { call in
            try await call.store.read { db in try PersonField.off(of: call.acting.territoryID, in: db) }
        },
        .change(
            .put, "/territory/person-fields", "Choisit les champs dont on se passe", needs: .setUpTerritory,
            body: Fields("PersonFieldsOff", needs: [off]), answers: fields
        ) { call in
            let wanted = Set(try call.body[off])
            try await call.store.write { db in try PersonField.turnOff(wanted, by: call.acting, at: call.now, in: db) }
            return wanted
        },
    ]

    private static let fields = Shape<Set<PersonField>>("PersonFields", [off.of { $0.sorted { $0.rawValue < $1.rawValue } }])
}

extension SetUpAPI {
    /// Words of the territory's own on people's files.
    static let tags = SetUpEndpoints<PersonTag>(
        path: "/tags", words: ("une étiquette", "les étiquettes"), needs: .setUpTerritory,
        shape: Shape("Tag", [Key<ID<PersonTag>>("id").of(\.id), Common.name.of(\.name)]),
        new: Fields("NewTag", needs: [Common.name]), changed: Fields("ChangedTag", takes: [Common.name]),
        all: { acting, db in try PersonTag.all(of: acting.territoryID, in: db) },
        make: { PersonTag(name: try $0[Common.name]) },
        change: { given, tag in PersonTag(id: tag.id, name: try given.changing(Common.name, from: tag.name)) })
}
