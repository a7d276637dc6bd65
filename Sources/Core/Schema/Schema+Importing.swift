import Store

extension Schema {
    /// Files that are being imported: what was sent until it is imported, then the report, row by row. Gone a day later.
    static let importing = Migration(
        "011-importing",
        [
            """
            CREATE TABLE import_file (\(key), kind \(type: .text, "kind") NOT NULL
                CONSTRAINT import_file_kind CHECK (kind IN ('people', 'agents')),
              name \(type: .text, "name") NOT NULL, content \(type: .blob, "content"), organization_id \(type: .uuid, "organization_id"),
              report \(type: .text, "report"), created_by \(type: .uuid, "created_by") NOT NULL,
              created_at \(type: .bigint, "created_at") NOT NULL, PRIMARY KEY (territory_id, id),
              CONSTRAINT import_file_once CHECK ((content IS NULL) <> (report IS NULL)),
              CONSTRAINT import_file_organization CHECK ((organization_id IS NULL) = (kind = 'agents')),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id),
              FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX import_file_by_age ON import_file (created_at)",
        ])
}
