import Core

/// Choosing a file to import.
struct ImportsPage: Page {
    let title = "Importer un fichier"
    var state: FormState
    let organizations: [Choice]

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages"))
        <div class="stack column"><p>Un fichier CSV, tel qu’un tableur l’enregistre : une ligne d’en-tête, puis une ligne par personne ou par \
        agent. Rien n’est importé avant l’aperçu. Le fichier est effacé au bout d’un jour.</p>\(form)</div>
        """
    }

    private var form: HTML {
        PostForm(Urls.setupImports, shown, isUpload: true) {
            """
            \(RadioCards("kind", "Que contient-il ?", kinds, shown))\
            \(Select(
                "organization", "Qui suivra les personnes ?", organizations, shown, hint: "Pour un fichier de personnes.", isOptional: true,
                empty: "Choisir…"))\
            \(Field("file", "Fichier CSV", shown, hint: "16 Mo au plus.", isOptional: false) { attributes in
                "<input type=\"file\" accept=\".csv,text/csv,text/plain\"\(attributes)>"
            })\(SubmitRow("Afficher l’aperçu", cancel: Urls.setup))
            """
        }.html
    }

    private var kinds: [Choice] {
        [
            Choice(
                ImportFile.Kind.people.rawValue, "Des personnes",
                detail: "Nom, prénom, date de naissance, téléphones, e-mail, adresse, besoins."),
            Choice(ImportFile.Kind.agents.rawValue, "Des agents", detail: "Nom, prénom, e-mail, organisation, rôle, services."),
        ]
    }

    /// People unless it was said otherwise.
    private var shown: FormState {
        guard state.value("kind").isEmpty else { return state }
        var form = state.form.fields
        form["kind"] = [ImportFile.Kind.people.rawValue]
        return FormState(Form(form), errors: state.errors, summary: state.summary)
    }

    static let sample = ImportsPage(state: .blank, organizations: [Choice("1", "MDS d’Orthez"), Choice("2", "MDS de Pau")])
}

/// What a file would do, column by column and row by row, before it is imported.
struct ImportPreviewPage: Page {
    let file: ImportFile
    let headings: [ImportFile.Heading]
    /// Nothing when the columns chosen do not make a file.
    let report: ImportReport?
    var state = FormState.blank

    var title: String { "Aperçu de \(file.name)" }

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages · \(file.kind.label)"))\(PostForm(Urls.setupImportRun(file.id), state) {
            """
            <section class="card stack" aria-labelledby="columns-title"><h2 id="columns-title">Ce que contient chaque colonne</h2>\
            <div class="three">\(each: headings.enumerated(), { column($0.offset, $0.element) })</div>\
            <p><button type="submit" formaction="\(href: Urls.setupImportPreview(file.id))">Afficher l’aperçu avec ces colonnes</button></p>\
            </section>\(report.map(todo))
            """
        })\(report.map { ImportLines(report: $0).html })
        """
    }

    private func column(_ index: Int, _ heading: ImportFile.Heading) -> HTML {
        let choices = ImportFile.choices(file.kind).map { Choice($0.value, $0.label) }
        let name = "column_\(index)"
        return Select(
            name, heading.name.isEmpty ? "Colonne \(index + 1)" : heading.name, choices, FormState([name: heading.column ?? ""]),
            hint: heading.example.isEmpty ? nil : "Par exemple : \(heading.example.prefix(40))", isOptional: false, empty: "Ne pas importer"
        ).html
    }

    private func todo(_ report: ImportReport) -> HTML {
        """
        <section class="card stack" aria-labelledby="what-title"><h2 id="what-title">Ce qui sera fait</h2>\(ImportCounts(report: report))\
        \(if: report.count(.refused) > 0, Checkbox(
            "all_or_nothing", "Ne rien importer tant qu’une ligne est refusée", state,
            hint: "Sinon, les bonnes lignes sont importées et les autres restent à corriger.").html)\
        \(SubmitRow("Importer", cancel: Urls.setupImports))</section>
        """
    }
}

/// What became of a file, row by row.
struct ImportReportPage: Page {
    let file: ImportFile
    let report: ImportReport

    var title: String { "Import de \(file.name)" }

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages · \(file.kind.label)", actions: LinkButton("Importer un autre fichier", Urls.setupImports).html))
        <div class="stack">\(if: !report.isWritten, Notice(.alert, "<p><b>Rien n’est importé :</b> des lignes sont à corriger.</p>").html)\
        \(ImportCounts(report: report))\(ImportLines(report: report))</div>
        """
    }
}

/// How many rows of each outcome.
struct ImportCounts: View {
    let report: ImportReport

    var html: HTML {
        DefinitionList(
            ImportReport.Outcome.allCases.map { (Format.capitalized($0.label), "\(report.count($0))") }
        ).html
    }
}

/// A line for each row; those to correct first.
struct ImportLines: View {
    let report: ImportReport
    private static let most = 500

    var html: HTML {
        let sorted = report.lines.filter { $0.outcome == .refused } + report.lines.filter { $0.outcome != .refused }
        return """
            <section class="stack" aria-labelledby="lines-title"><h2 id="lines-title">Ligne par ligne</h2>\
            \(Table("Ce que devient chaque ligne", columns: [.init("Ligne", isNumber: true), .init("Résultat"), .init("Détail")],
                rows: sorted.prefix(Self.most).map(row)))\
            \(if: sorted.count > Self.most, "<p class=\"soft\">Les \(Self.most) premières lignes sont montrées, celles à corriger d’abord.</p>")\
            </section>
            """
    }

    private func row(_ line: ImportReport.Line) -> [HTML] {
        let tone: Tone =
            switch line.outcome {
            case .created, .completed: .good
            case .same: .plain
            case .refused: .warn
            }
        return ["\(line.line)", "\(Tag(Format.capitalized(line.outcome.label), tone))", "\(Format.capitalized(line.sentence))"]
    }
}

extension ImportPreviewPage {
    static var sample: ImportPreviewPage {
        ImportPreviewPage(
            file: Samples.importFile,
            headings: [
                .init(name: "NOM", example: "Lacoste", column: "last_name"),
                .init(name: "DDN", example: "03/12/1950", column: "birth_date"),
                .init(name: "Observations", example: "", column: nil),
            ], report: Samples.importReport)
    }
}

extension ImportReportPage {
    static var sample: ImportReportPage { ImportReportPage(file: Samples.importFile, report: Samples.importReport) }
}

extension Samples {
    static let importFile = ImportFile(
        id: .new(), kind: .people, name: "personnes.csv", content: nil, organizationID: organization.id, report: nil)
    static let importReport = ImportReport(
        lines: [
            .init(line: 2, outcome: .created), .init(line: 3, outcome: .completed, sentence: "téléphone"), .init(line: 4, outcome: .same),
            .init(line: 5, outcome: .refused, sentence: "Cette date est à venir. Vérifiez l’année."),
        ], isWritten: true)
}
