import Store

extension PersonDetail {
    /// What two files say of one person: all that either asks one to mind, and this one's word where only one can stand.
    func united(with other: PersonDetail) -> PersonDetail {
        PersonDetail(
            expectedBirth: expectedBirth ?? other.expectedBirth, discretion: discretion.united(with: other.discretion),
            numbers: numbers + other.numbers.filter { number in !numbers.contains { $0.kind == number.kind } },
            tags: tags.union(other.tags))
    }
}

extension Discretion {
    fileprivate func united(with other: Discretion) -> Discretion {
        let cautions = [caution, other.caution].filter { !$0.isEmpty }
        let both = Set(cautions).count == 1 ? cautions[0] : cautions.joined(separator: " ; ")
        return Discretion(
            neverPost: neverPost || other.neverPost, neverEmail: neverEmail || other.neverEmail,
            neverSMS: neverSMS || other.neverSMS, neverCampaign: neverCampaign || other.neverCampaign,
            neverVoicemail: neverVoicemail || other.neverVoicemail, addressHidden: addressHidden || other.addressHidden,
            visitsForTwo: visitsForTwo || other.visitsForTwo,
            caution: String(both.prefix(Self.longestCaution)))
    }
}
