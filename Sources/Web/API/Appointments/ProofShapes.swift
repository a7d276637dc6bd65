import Core
import Scheduling

extension SummonsProof.Strength: Plain {}
extension Delivery.Outcome: Plain {}

extension SummonsProof {
    /// What shows that someone was told of a convocation.
    static let shape = Shape<SummonsProof>(
        "SummonsProof",
        [
            Key<Strength>("strength", "Le mieux que l’on ait d’avant l’heure ; rien n’en suit par soi-même.").of(\.strength),
            Key("sent", .list(sentShape.kind), "Chaque message, avec ses mots.").of(\.sent),
            Key("calls", .list(callShape.kind), "Prévenue de vive voix.").of(\.calls),
            Key("posted", .list(postedShape.kind), "Chaque lettre postée, avec les mots de sa dernière impression.").of(\.posted),
            Key("coded", .list(codedShape.kind), "Ce que la personne a répondu avec le code d’une lettre.").of(\.coded),
            Key("confirmed_at", Kind<[Instant]>.list(Instant.kind), "Quand la personne a répondu OUI.").of(\.confirmed),
        ])

    private static let sentShape = Shape<Sent>(
        "SentSummons",
        [
            Key<ID<Message>>("message").of(\.message.id), Key<Message.Purpose>("purpose").of(\.message.purpose),
            Key<Person.Channel>("channel").of(\.message.channel),
            Key("recipient", Kind.lines(0...1_000), "Un numéro, une adresse.").of(\.message.recipient),
            Key("gateway", Kind.line(0...100)).of(\.delivery.gateway), Key<Instant>("sent_at").of(\.delivery.startedAt),
            Key("outcome", Kind<Delivery.Outcome?>.nullable(Delivery.Outcome.kind), "Ce qu’a répondu l’opérateur.").of(\.delivery.outcome),
            Key<Instant?>("acknowledged_at", "Quand l’opérateur a dit ce qu’il en est.").of(\.delivery.acknowledgedAt),
            Key("reference", Kind<String?>.nullable(.line(0...300))).of(\.delivery.reference),
            Key("subject", Kind.line(0...1_000)).of(\.subject), Key("text", Kind.lines(0...10_000)).of(\.text),
        ])

    private static let postedShape = Shape<Posted>(
        "PostedSummons",
        [
            Key<ID<Message>>("message").of(\.message.id), Key<Message.Purpose>("purpose").of(\.message.purpose),
            Key("recipient", Kind.lines(0...1_000), "Une adresse.").of(\.message.recipient),
            Key<ID<LetterBatch>>("batch").of(\.batchID), Key("number", Kind.integer(0...Int.max), "Sur le papier.").of(\.number),
            Key<Instant>("posted_at").of(\.postedAt), Key("agent_name", Kind.line(0...300), "Qui l’a dit posté.").of(\.agentName),
            Key<Instant?>("printed_at").of(\.printedAt),
            Key("subject", Kind.line(0...1_000)).of(\.subject), Key("text", Kind.lines(0...10_000)).of(\.text),
        ])

    private static let codedShape = Shape<Coded>(
        "CodedAnswer", [Key<Instant>("at").of(\.at), Key<ReplyMeaning>("meaning").of(\.meaning)])

    private static let callShape = Shape<Call>(
        "SummonsCall", [Key<Instant>("at").of(\.at), Key("agent_name", Kind.line(0...300)).of(\.agentName)])
}
