import Foundation
import Store

extension Template.Draft {
    /// All that is wrong, said at once.
    /// - Throws: a ``Refusal`` with sentences beside `subject`, `body`, `language` and `because`.
    func checked(by acting: Acting, in db: Reader) throws -> Template.Draft {
        var complaints = Complaints()
        var tidied = self
        tidied.subject = scope.channel.hasSubject ? complaints.name(subject, "subject", limit: 150, empty: "Donnez un objet.") : ""
        tidied.body = complaints.text(body, "body", limit: 4000)
        tidied.because = complaints.line(because, "because", limit: 300)
        if tidied.body.isEmpty { complaints.add("body", "Écrivez le texte du message.") }
        if scope.language.wholeMatch(of: /[a-z]{2,3}(-[A-Za-z]{2,8})?/) == nil {
            complaints.add("language", "Donnez le code d’une langue, comme fr, ar ou uk.")
        }
        complaints.fault(tidied.subject, "subject")
        complaints.fault(tidied.body, "body")
        let revealing = try Revealing.of(acting.territoryID, in: db)
        complaints.revealing(revealing, tidied.subject, "subject")
        complaints.revealing(revealing, tidied.body, "body")
        if Inviting.found(in: tidied.body), let deaf = try GatewayAbility.deaf(in: db).first(on: scope.channel) {
            complaints.add(
                "body",
                "Ce texte invite à répondre, et la passerelle « \(deaf.name) » ne reçoit pas de réponse. Donnez plutôt le numéro à appeler : "
                    + "\(TemplateVariable.number.written).")
        }
        tidied.because = tidied.measured(by: acting, &complaints)
        try complaints.check()
        return tidied
    }

    /// - Returns: the why, when one was needed.
    private func measured(by acting: Acting, _ complaints: inout Complaints) -> String {
        guard !body.isEmpty, let look = TemplateLook(subject: subject, body: body, for: scope) else { return "" }
        if scope.channel == .sms, look.mostParts > TemplateLook.longestSMS {
            complaints.add(
                "body",
                "Ce texte peut demander \(look.mostParts) SMS, pour \(TemplateLook.longestSMS) au plus. Faites plus court, ou écrivez."
            )
        }
        guard scope.isFrench else { return "" }
        guard let readability = look.readability else {
            complaints.add("body", "Écrivez au moins un mot.")
            return ""
        }
        guard !readability.isEasy else { return "" }
        return why(readability, by: acting, &complaints)
    }

    private func why(_ readability: Readability, by acting: Acting, _ complaints: inout Complaints) -> String {
        let found = "La lisibilité est de \(Readability.written(readability.tenths)), sous \(Int(Readability.threshold))."
        guard acting.mayKeepHardText(in: scope) else {
            complaints.add("body", "\(found) Faites des phrases plus courtes, avec des mots plus courts.")
            return ""
        }
        if because.count < 3 {
            complaints.add("because", "\(found) Faites plus court et plus simple, ou dites en quelques mots pourquoi garder ce texte.")
        }
        return because
    }
}

extension Acting {
    /// A hard text needs more than the right to write one.
    public func mayKeepHardText(in scope: Template.Scope) -> Bool {
        scope.organizationID.map { can(.keepHardTexts, in: $0) } ?? canOverTerritory(.keepHardTexts)
    }
}

extension Readability {
    /// « 62,3 ».
    public static func written(_ tenths: Int) -> String {
        "\(tenths < 0 ? "−" : "")\(abs(tenths) / 10),\(abs(tenths) % 10)"
    }
}

extension Revealing {
    /// With the names of the territory's services and reasons.
    static func of(_ territory: Int64, in db: Reader) throws -> Revealing {
        Revealing(
            names: try db.all("SELECT name FROM service WHERE territory_id = \(territory)") { try $0[0] as String }
                + db.all("SELECT name FROM reason WHERE territory_id = \(territory)") { try $0[0] as String })
    }
}

extension Complaints {
    fileprivate mutating func fault(_ text: String, _ field: String) {
        do { _ = try TemplateText(text) } catch { add(field, error.sentence) }
    }

    fileprivate mutating func revealing(_ revealing: Revealing, _ text: String, _ field: String) {
        guard let word = revealing.found(in: text) else { return }
        add(field, "« \(word) » dirait à qui lit par-dessus l’épaule de quoi il s’agit. Aucun message ne dit le motif ni le service.")
    }
}
