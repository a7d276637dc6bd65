/// What SQLite's planner is told of the tables: the sizes of a large territory, whatever is in them now.
///
/// Without any, it believes that a territory holds ten rows of each table and walks through all of them; gathered on a young
/// database, they would say nearly the same. Imagined, they make each query's plan the same on every machine, from the first row.
enum SQLiteStatistics {
    /// A thousand rows of a table share a column's value, a thousandth of those share the next one's, and one is alone in a unique
    /// index. Of a partial index, a hundredth of the rows. See "The SQLite Query Optimizer", on `sqlite_stat1`.
    static let imagine: [SQL] = [
        "ANALYZE sqlite_schema",
        "DELETE FROM sqlite_stat1",
        """
        INSERT INTO sqlite_stat1 (tbl, idx, stat)
        SELECT tables.name, CASE indexes.origin WHEN 'pk' THEN tables.name ELSE indexes.name END,
          (1000000 / CASE WHEN indexes.partial THEN 100 ELSE 1 END) || (
            SELECT group_concat(CASE
                WHEN indexes."unique" AND columns.seqno = (SELECT max(seqno) FROM pragma_index_info(indexes.name)) THEN ' 1'
                ELSE ' ' || max(1, 1000000 / CASE WHEN indexes.partial THEN 100 ELSE 1 END >> 10 * (
                  SELECT count(*) FROM pragma_index_info(indexes.name) AS earlier
                  WHERE earlier.seqno <= columns.seqno AND earlier.name <> 'territory_id')) END, '')
            FROM pragma_index_info(indexes.name) AS columns)
        FROM sqlite_schema AS tables, pragma_index_list(tables.name) AS indexes
        WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%'
        """,
        "ANALYZE sqlite_schema",
    ]
}
