import Core
import HTTPTypes

/// The description of the API in OpenAPI 3.1, computed from the endpoints that serve it.
struct OpenAPI: Sendable {
    let endpoints: [Endpoint]

    static let path = Endpoint.root + "/openapi.json"

    var document: JSONValue {
        [
            "openapi": "3.1.0",
            "info": ["title": "Lien", "version": "1", "description": .text(Self.introduction)],
            "servers": [["url": .text(Endpoint.root)]],
            "security": [["token": []]],
            "paths": .object(paths),
            "components": [
                "securitySchemes": [
                    "token": ["type": "http", "scheme": "bearer", "description": "Un jeton personnel, créé sur la page « Mon compte »."]
                ],
                "schemas": .object(schemas), "responses": .object(Problems.responses),
            ],
        ]
    }

    private static let introduction = """
        Ce que font les pages, pour des programmes. Les instants sont en UTC (RFC 3339), les dates sont civiles (AAAA-MM-JJ), les \
        identifiants sont des UUID. Un refus est un « application/problem+json » dont « code » ne change pas et dont « fields » nomme les \
        champs en cause. Ce qui n’existe pas et ce que l’on n’a pas le droit de voir ont la même réponse, 404. Une méthode qu’une adresse \
        n’a pas reçoit 405. Une création envoyée deux fois avec la même clé « Idempotency-Key », en moins de \(Idempotency.hours) heures, \
        est faite une fois et reçoit la même réponse.
        """

    private var paths: [String: JSONValue] {
        let byPath = Dictionary(grouping: endpoints, by: \.path).mapValues { endpoints in
            JSONValue.object(Dictionary(endpoints.map { ($0.method.rawValue.lowercased(), $0.operation) }) { first, _ in first })
        }
        return byPath.merging(["/openapi.json": Self.itself]) { own, _ in own }
    }

    private static let itself: JSONValue = [
        "get": [
            "operationId": "getOpenapiJson", "summary": "Cette description", "tags": ["openapi"], "security": [],
            "responses": ["200": ["description": "OpenAPI 3.1", "content": ["application/json": ["schema": ["type": "object"]]]]],
        ]
    ]

    private var schemas: [String: JSONValue] {
        let sent = endpoints.compactMap { $0.body?.object }.map(JSONSchema.object), answered = endpoints.compactMap(\.answer)
        let objects = (sent + answered + [Problems.schema]).flatMap(\.objects)
        return Dictionary(objects.map { ($0.name, $0.published) }) { first, _ in first }
    }
}
