import Foundation
import Scheduling
import Store

extension Campaign {
    /// Each of its audience, in the order of their ids, with their place: all are in it once.
    func audience(at now: Instant, of territory: Territory, in db: Reader) throws -> [(person: ID<Person>, place: CampaignSorting.Place)] {
        var sorting = CampaignSorting(text)
        let commune = Folding.key(audience.commune)
        var found: [(person: ID<Person>, place: CampaignSorting.Place)] = []
        try db.forEach(candidates(at: now, of: territory)) { row in
            let theirs: String = try row[8]
            guard commune.isEmpty || Folding.key(theirs) == commune else { return }
            let one = CampaignSorting.Candidate(
                id: try row[0], channel: try row[1], archived: try row[2], mobile: try row[3], email: try row[4],
                neverEmail: try row[5], neverSMS: try row[9], neverCampaign: try row[10], neverVoicemail: try row[6],
                isRecent: try row[7])
            found.append((one.id, sorting.place(one)))
        }
        return found
    }

    private func candidates(at now: Instant, of territory: Territory) -> SQL {
        """
        SELECT person.id, person.channel, archiving.reason,
          (SELECT number FROM person_phone WHERE person_phone.territory_id = person.territory_id
            AND person_phone.person_id = person.id AND person_phone.mobile ORDER BY person_phone.rank LIMIT 1),
          (SELECT address FROM person_email WHERE person_email.territory_id = person.territory_id
            AND person_email.person_id = person.id AND person_email.bounced_at IS NULL ORDER BY person_email.rank LIMIT 1),
          coalesce(person_detail.never_email, FALSE), coalesce(person_detail.never_voicemail, FALSE), \(isRecent(at: now)), person.commune,
          coalesce(person_detail.never_sms, FALSE), coalesce(person_detail.never_campaign, FALSE)
        FROM person_organization
        JOIN person ON person.territory_id = person_organization.territory_id AND person.id = person_organization.person_id
        LEFT JOIN archiving ON archiving.territory_id = person.territory_id AND archiving.person_id = person.id
        LEFT JOIN person_detail ON person_detail.territory_id = person.territory_id AND person_detail.person_id = person.id
        WHERE person_organization.territory_id = \(territoryID) AND person_organization.organization_id = \(organizationID)
          AND \(SQL(joined: filters(at: now, of: territory), by: " AND "))
        ORDER BY person.id
        """
    }

    private func filters(at now: Instant, of territory: Territory) -> [SQL] {
        guard audience.kind == .filter else {
            return [
                """
                EXISTS (SELECT 1 FROM campaign_listed WHERE campaign_listed.territory_id = person.territory_id
                  AND campaign_listed.campaign_id = \(id) AND campaign_listed.person_id = person.id)
                """
            ]
        }
        let today = territory.zone.civil(now).date
        var filters: [SQL] = ["TRUE"]
        if let tag = audience.tagID {
            filters.append(
                """
                EXISTS (SELECT 1 FROM person_tag WHERE person_tag.territory_id = person.territory_id
                  AND person_tag.person_id = person.id AND person_tag.tag_id = \(tag))
                """)
        }
        if let age = audience.ageFrom { filters.append("person.birth_date <= \(Self.years(age, before: today))") }
        if let age = audience.ageTo { filters.append("person.birth_date > \(Self.years(age + 1, before: today))") }
        if let day = audience.cameSince { filters.append(came(since: day, at: now, of: territory)) }
        if let day = audience.awaySince {
            filters.append("NOT \(came(since: day, at: now, of: territory)) AND \(came(since: nil, at: now, of: territory))")
        }
        return filters
    }

    /// Dates compare as their texts do, the 29th of February of any year too.
    private static func years(_ years: Int, before day: CivilDate) -> String {
        let year = String(day.year - years)
        return String(repeating: "0", count: max(0, 4 - year.count)) + year + day.description.dropFirst(4)
    }

    /// Had an appointment with this organization, whose service is no secret: an audience tells nothing of those.
    private func came(since day: CivilDate?, at now: Instant, of territory: Territory) -> SQL {
        let since: SQL = day.map { "AND appointment.starts_at >= \(territory.zone.instant($0, minute: 0))" } ?? ""
        return """
            EXISTS (SELECT 1 FROM participation
              JOIN appointment ON appointment.territory_id = participation.territory_id AND appointment.id = participation.appointment_id
              JOIN service ON service.territory_id = appointment.territory_id AND service.id = appointment.service_id
              WHERE participation.territory_id = person.territory_id AND participation.person_id = person.id
                AND appointment.organization_id = \(organizationID) AND appointment.starts_at <= \(now) AND NOT service.secret
                AND (participation.status = 'attended' OR participation.status = 'upcoming') \(since))
            """
    }

    /// A campaign wrote to them, or is about to, fewer days ago than this one leaves.
    private func isRecent(at now: Instant) -> SQL {
        guard apartDays > 0 else { return "FALSE" }
        return """
            EXISTS (SELECT 1 FROM campaign_recipient earlier
              JOIN campaign other ON other.territory_id = earlier.territory_id AND other.id = earlier.campaign_id
              LEFT JOIN message ON message.territory_id = earlier.territory_id AND message.id = earlier.message_id
              WHERE earlier.territory_id = person.territory_id AND earlier.person_id = person.id AND earlier.excluded IS NULL
                AND other.launched_at > \(now.adding(days: -apartDays)) AND message.withdrawn_at IS NULL
                AND (message.id IS NOT NULL OR other.ended_at IS NULL))
            """
    }
}
