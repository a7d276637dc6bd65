import Store

extension PersonMerge {
    /// One who is a relative of the other, or represents them, is someone else. Two measures in force cannot both be.
    func checkRelatives(of territory: Int64, in db: Reader) throws {
        let tied = try db.exists(
            """
            SELECT 1 FROM relation WHERE territory_id = \(territory)
              AND ((person_id = \(keptID) AND other_id = \(otherID)) OR (person_id = \(otherID) AND other_id = \(keptID)))
            UNION ALL SELECT 1 FROM protection WHERE territory_id = \(territory)
              AND ((person_id = \(keptID) AND representative_id = \(otherID)) OR (person_id = \(otherID) AND representative_id = \(keptID)))
            """)
        guard !tied else { throw Refusal.areRelatives }
        let open = try db.first(
            """
            SELECT count(*) FROM protection WHERE territory_id = \(territory) AND person_id IN \(list: [keptID, otherID])
              AND ends_on IS NULL
            """
        ) { try $0[0] as Int }
        guard (open ?? 0) < 2 else { throw Refusal.twoProtections }
    }

    /// Of two words on one relative, « ne doit pas savoir » is the one that stands: losing it could put someone in danger.
    func keepWhatProtects(of territory: Int64, in db: Writer) throws {
        for (mine, theirs): (SQL, SQL) in [("person_id", "other_id"), ("other_id", "person_id")] {
            try db.run(
                """
                DELETE FROM relation WHERE territory_id = \(territory) AND \(mine) = \(keptID) AND unaware_since IS NULL AND EXISTS (
                  SELECT 1 FROM relation AS other WHERE other.territory_id = \(territory) AND other.\(mine) = \(otherID)
                    AND other.\(theirs) = relation.\(theirs) AND other.unaware_since IS NOT NULL)
                """)
        }
    }

    /// The file is put away only if both were: someone uses the other.
    func settleArchives(of territory: Int64, in db: Writer) throws {
        if try !Archiving.holds(for: otherID, of: territory, in: db) {
            try db.run("DELETE FROM archiving WHERE territory_id = \(territory) AND person_id = \(keptID)")
        }
        try db.run("DELETE FROM archiving WHERE territory_id = \(territory) AND person_id = \(otherID)")
    }
}

extension Refusal {
    public static let areRelatives = Refusal(
        .conflict, "are-relatives",
        "Ces deux fiches sont celles de deux proches : ce sont deux personnes. Si c’est une erreur, retirez d’abord le lien.")
    public static let twoProtections = Refusal(
        .conflict, "two-protections",
        "Les deux fiches ont une mesure de protection en cours. Mettez fin à l’une des deux, puis réunissez les fiches.")
    public static let relativesLoop = Refusal(
        .conflict, "relatives-loop",
        "Une fois réunies, ces fiches feraient de quelqu’un son propre responsable. Corrigez d’abord leurs proches.")
}
