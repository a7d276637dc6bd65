import Store

/// Who of an audience is written to, how, and who is not, and why: each for one cause.
struct CampaignSorting {
    /// What is known of someone whom a campaign may be for.
    struct Candidate: Sendable {
        let id: ID<Person>
        var channel = Person.Channel.sms
        var archived: Archiving.Reason?
        var mobile: String?
        var email: String?
        var neverEmail = false
        /// They answered STOP to SMS about their appointments: others are not written either.
        var neverSMS = false
        /// They want no campaign.
        var neverCampaign = false
        /// What reaches them may be heard by someone else.
        var neverVoicemail = false
        var isRecent = false
    }

    enum Place: Sendable, Equatable {
        case told(Person.Channel, String)
        case excluded(Campaign.Exclusion)
    }

    let hasSMS: Bool
    let hasEmail: Bool
    /// The numbers and addresses that somebody before them has.
    private var taken: Set<String> = []

    init(_ text: Campaign.Text) { (hasSMS, hasEmail) = (!text.sms.isEmpty, !text.email.isEmpty) }

    /// The gravest cause first: it is the one to tell.
    mutating func place(_ one: Candidate) -> Place {
        if let archived = one.archived { return .excluded(archived == .deceased ? .deceased : .archived) }
        if one.channel == .none || one.neverCampaign { return .excluded(.opposed) }
        if one.neverVoicemail { return .excluded(.discreet) }
        if one.channel == .phone || one.channel == .letter { return .excluded(.prefers) }
        guard let (channel, recipient) = reach(one) else {
            return .excluded(hasEmail && one.neverEmail && one.email != nil ? .discreet : .unreachable)
        }
        if one.isRecent { return .excluded(.recent) }
        return taken.insert(recipient.lowercased()).inserted ? .told(channel, recipient) : .excluded(.shared)
    }

    /// By the channel that they prefer, of those that have something to say.
    private func reach(_ one: Candidate) -> (Person.Channel, String)? {
        let sms = hasSMS && !one.neverSMS ? one.mobile.map { (Person.Channel.sms, $0) } : nil
        let email = hasEmail && !one.neverEmail ? one.email.map { (Person.Channel.email, $0) } : nil
        return one.channel == .email ? email ?? sms : sms ?? email
    }
}

extension Campaign {
    /// Why someone of the audience is not written to. Raw values are stored.
    public enum Exclusion: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case deceased, archived, opposed, discreet, prefers, unreachable, recent, shared

        public var label: String {
            switch self {
            case .deceased: "personne décédée"
            case .archived: "fiche archivée"
            case .opposed: "ne veut rien recevoir"
            case .discreet: "contact discret"
            case .prefers: "préfère un appel ou un courrier"
            case .unreachable: "ni mobile ni e-mail qui convienne"
            case .recent: "a déjà reçu une campagne il y a peu"
            case .shared: "numéro ou adresse partagés : un seul message"
            }
        }

        /// Somebody may still call or write to them.
        var isToBeReached: Bool { self == .prefers || self == .unreachable }
    }
}
