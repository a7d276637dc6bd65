import Scheduling
import Store

extension UnmetDemand {
    /// How many there were in a week, for a reason at a site.
    public struct Count: Sendable, Equatable {
        public let monday: CivilDate
        public let reasonID: ID<Reason>
        public let reasonName: String
        public let serviceName: String
        public let organizationID: ID<Organization>
        public let organizationName: String
        /// `nil`: any site of the organization would have done.
        public let siteID: ID<Site>?
        public let siteName: String?
        public let count: Int

        public init(
            monday: CivilDate, reasonID: ID<Reason>, reasonName: String, serviceName: String, organizationID: ID<Organization>,
            organizationName: String, siteID: ID<Site>?, siteName: String?, count: Int
        ) {
            (self.monday, self.reasonID, self.reasonName, self.serviceName) = (monday, reasonID, reasonName, serviceName)
            (self.organizationID, self.organizationName) = (organizationID, organizationName)
            (self.siteID, self.siteName, self.count) = (siteID, siteName, count)
        }
    }

    /// Those of the houses whose agendas one fills, by week, the latest first, then the most asked for.
    /// - Throws: ``Refusal/forbidden`` to who is responsible of none.
    public static func counts(in days: Range<CivilDate>, seenBy acting: Acting, in db: Reader) throws -> [Count] {
        try acting.require(.fillEveryAgenda)
        return try counts(in: days, of: acting.organizations(with: .fillEveryAgenda), of: acting.territoryID, in: db)
    }

    /// Those of some houses; says nothing about who may see them.
    public static func counts(
        in days: Range<CivilDate>, of organizations: [ID<Organization>], of territory: Int64, in db: Reader
    ) throws -> [Count] {
        let daily = try db.all(
            """
            SELECT unmet_demand.asked_on, reason.id, reason.name, service.name, organization.id, organization.name, site.id, site.name,
              count(*)
            FROM unmet_demand
            JOIN reason ON reason.territory_id = unmet_demand.territory_id AND reason.id = unmet_demand.reason_id
            JOIN service ON service.territory_id = reason.territory_id AND service.id = reason.service_id
            JOIN organization ON organization.territory_id = unmet_demand.territory_id AND organization.id = unmet_demand.organization_id
            LEFT JOIN site ON site.territory_id = unmet_demand.territory_id AND site.id = unmet_demand.site_id
            WHERE unmet_demand.territory_id = \(territory) AND unmet_demand.organization_id IN \(list: organizations)
              AND unmet_demand.asked_on >= \(days.lowerBound) AND unmet_demand.asked_on < \(days.upperBound)
            GROUP BY unmet_demand.asked_on, reason.id, reason.name, service.name, organization.id, organization.name, site.id, site.name
            """
        ) { row in
            Count(
                monday: (try row[0] as CivilDate).monday, reasonID: try row[1], reasonName: try row[2], serviceName: try row[3],
                organizationID: try row[4], organizationName: try row[5], siteID: try row[6], siteName: try row[7], count: try row[8])
        }
        return daily.added { [$0.monday.description, $0.reasonID.description, $0.place] }.sorted { left, right in
            (right.monday, right.count, left.reasonName, left.place) < (left.monday, left.count, right.reasonName, right.place)
        }
    }
}

extension UnmetDemand.Count {
    fileprivate var place: String { siteID?.description ?? organizationID.description }

    fileprivate func with(count: Int) -> UnmetDemand.Count {
        UnmetDemand.Count(
            monday: monday, reasonID: reasonID, reasonName: reasonName, serviceName: serviceName, organizationID: organizationID,
            organizationName: organizationName, siteID: siteID, siteName: siteName, count: count)
    }
}

extension [UnmetDemand.Count] {
    /// Over all weeks, the most asked for first.
    public var overall: [UnmetDemand.Count] {
        added { [$0.reasonID.description, $0.place] }.sorted { ($1.count, $0.reasonName, $0.place) < ($0.count, $1.reasonName, $1.place) }
    }

    /// Those of one key made one.
    fileprivate func added(_ key: (UnmetDemand.Count) -> [String]) -> [UnmetDemand.Count] {
        Dictionary(grouping: self, by: key).values.compactMap { same in
            same.first?.with(count: same.reduce(0) { $0 + $1.count })
        }
    }
}
