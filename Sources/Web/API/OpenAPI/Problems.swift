import Core

/// The refusals that an endpoint may answer, all of one shape.
enum Problems {
    /// RFC 9457; what stands beside the usual members helps to try again.
    static let schema: JSONSchema = .object(
        ObjectSchema(
            name: "Problem",
            members: [
                member("type", .text(.line(0...200)), "« about:blank » : « status » dit tout."), member("title", sentence, ""),
                member("status", .integer(400...599), ""), member("detail", sentence, "Une phrase pour la personne qui a demandé."),
                member("code", .text(.line(1...60)), "Ne change pas : pour les programmes."),
                member("fields", .texts, "Une phrase par champ en cause, sous son chemin.", isNeeded: false),
                member(
                    "nearest", .list(SlotsAPI.slot.schema, 0...3), "Les créneaux libres les plus proches de celui qui est perdu.",
                    isNeeded: false),
                member(
                    "overlaps", .list(PersonOverlap.shape.schema, 0...100), "Les rendez-vous à la même heure des fiches à réunir.",
                    isNeeded: false),
                member(
                    "lookalikes", .list(FoundPerson.shape.schema, 0...100), "Ceux qui ressemblent à la personne à créer.", isNeeded: false),
            ]))

    private static let sentence = JSONSchema.text(.lines(0...1_000))

    private static func member(_ name: String, _ schema: JSONSchema, _ note: String, isNeeded: Bool = true) -> ObjectSchema.Member {
        ObjectSchema.Member(name: name, schema: schema, isNeeded: isNeeded, note: note)
    }

    private static let descriptions = [
        400: "Le corps n’est pas du JSON.", 401: "Le jeton manque, ou n’est plus valable.", 403: "Le droit manque, ou la portée du jeton.",
        404: "N’existe pas, ou n’est pas à voir.", 408: "Le corps a mis trop de temps.", 409: "L’état des choses s’y oppose.",
        413: "Le corps est trop gros.", 414: "L’adresse est trop longue.", 415: "Le corps n’est pas annoncé comme du JSON.",
        422: "Un champ ou un paramètre est à corriger.", 429: "Trop de demandes.", 500: "Une erreur de notre côté.",
        503: "Pas en ce moment : réessayer.",
    ]

    /// By status, to be referred to.
    static let responses = Dictionary(
        uniqueKeysWithValues: descriptions.map { status, description in
            let content: JSONValue = ["application/problem+json": ["schema": schema.published]]
            return (String(status), ["description": .text(description), "content": content] as JSONValue)
        })

    /// The statuses of the refusals that can happen.
    static func statuses(of endpoint: Endpoint) -> [Int] {
        var statuses = [401, 414, 429, 500, 503]
        if endpoint.changes || endpoint.needs != nil || endpoint.domain != nil || !endpoint.pathNames.isEmpty { statuses.append(403) }
        if !endpoint.pathNames.isEmpty || endpoint.body != nil || !endpoint.query.isEmpty { statuses.append(404) }
        if endpoint.body != nil { statuses += [400, 408, 413, 415] }
        if endpoint.conflicts { statuses.append(409) }
        // An unknown parameter is refused even where none is known.
        return statuses + [422]
    }
}
