import Core
import Scheduling

/// Where the code of a letter is typed. For anyone, on any telephone.
struct CodePage: Page {
    let state: FormState
    let title = "Répondre à votre lettre"
    let layout = Layout.Kind.bare

    var html: HTML {
        """
        <div class="column stack"><h1>\(title)</h1><p>Votre lettre porte un code. Tapez-le ici : vous verrez votre rendez-vous.</p>\
        \(PostForm(Urls.code, state) {
            """
            \(TextField("code", "Code de la lettre", state, hint: "Huit lettres et chiffres, comme \(AnswerCode.example.written).", size: .medium, limit: 40))\
            \(SubmitRow("Voir mon rendez-vous"))
            """
        })</div>
        """
    }

    static let sample = CodePage(state: FormState(Form(["code": ["K7QX"]]), refused: .unknownCode))
}

/// What a code opens: when and where, and the three answers. Neither who nor what for.
struct CodedPage: Page {
    let coded: CodedAppointment
    let code: AnswerCode
    let state: FormState
    let time: LocalTime

    let title = "Votre rendez-vous"
    let layout = Layout.Kind.bare

    var html: HTML {
        """
        <div class="column stack"><h1>\(title)</h1>\(CodedSummary(coded: coded, time: time))\
        \(coded.mayBeAnswered(at: time.now) ? answers : over)\(calling)</div>
        """
    }

    private var answers: HTML {
        """
        \(coded.answered.map { Notice(.plain, "<p>Vous avez répondu : « \(Reply.words($0)) ».</p>") })\
        \(ActionButton(Reply.words(.yes), Urls.codeAnswers(code.text), style: .main, fields: [("answer", ReplyMeaning.yes.rawValue)]))\
        <p>\(LinkButton(Reply.words(.no), Urls.codeRefusal(code.text)))</p>\
        <details class="more"\(attribute: "open", if: !state.errors.isEmpty)><summary>\(Reply.words(.callBack))</summary>\
        \(PostForm(Urls.codeAnswers(code.text), state) {
            """
            \(HiddenField("answer", ReplyMeaning.callBack.rawValue))\
            \(TextField(
                "phone", "À quel numéro ?", state, hint: "Si vous n’écrivez rien, nous appelons le numéro que nous connaissons.", kind: .tel,
                autocomplete: "tel", isOptional: true, size: .medium, limit: 40))\
            <div class="row"><button type="submit">\(Reply.words(.callBack))</button></div>
            """
        })</details>
        """
    }

    private var over: HTML {
        let words = coded.status.isCancelled || coded.status == .notProvided ? "Ce rendez-vous n’a pas lieu." : "Ce rendez-vous a commencé."
        return Notice(.warn, "<p><b>\(words)</b></p>").html
    }

    private var calling: HTML {
        guard !coded.number.isEmpty else { return .empty }
        let why = coded.mayBeAnswered(at: time.now) ? "Une question ?" : "Pour en prendre un autre :"
        return "<p>\(why) Appelez le <a href=\"\(href: .tel(coded.number))\">\(coded.number)</a>.</p>"
    }
}

/// Asked before anything is given up.
struct CodedRefusalPage: Page {
    let coded: CodedAppointment
    let code: AnswerCode
    let time: LocalTime

    let title = "Vous ne pouvez pas venir ?"
    let layout = Layout.Kind.bare

    var html: HTML {
        """
        <div class="column stack"><h1>\(title)</h1>\(CodedSummary(coded: coded, time: time))\
        <p>Dites-le seulement si c’est sûr : votre place peut être donnée à quelqu’un d’autre.</p>\
        \(ActionButton("Oui, je ne peux pas venir", Urls.codeAnswers(code.text), style: .alert, fields: [("answer", ReplyMeaning.no.rawValue)]))\
        <p>\(LinkButton("Non, je garde mon rendez-vous", Urls.code(code.text)))</p></div>
        """
    }
}

/// Day, hour and place.
private struct CodedSummary: View {
    let coded: CodedAppointment
    let time: LocalTime

    var html: HTML {
        """
        <div class="card"><p class="big">\(Format.capitalized(time.moment(coded.startsAt)))</p>\
        \(if: !coded.way.isEmpty, "<p>\(Format.capitalized(coded.way))</p>")\(if: !coded.place.isEmpty, "<p>\(coded.place)</p>")\
        <p class="soft">\(coded.house)</p></div>
        """
    }
}
