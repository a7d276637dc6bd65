import Core

/// What must be minded before calling or writing, on top of the page.
struct PersonWarnings: View {
    let page: PersonPage

    var html: HTML {
        guard !page.file.detail.discretion.warnings.isEmpty else { return .empty }
        return Notice(.alert, "<p><b>Contact discret</b></p>\(Cautions(discretion: page.file.detail.discretion))").html
    }
}

/// That the file is put away, why, and how to take it out.
struct ArchivedNotice: View {
    let page: PersonPage
    let archiving: Archiving

    var html: HTML {
        let who = page.file.agentNames[archiving.by].map { ", par \($0)" } ?? ""
        return Notice(
            .warn,
            """
            <p><b>Fiche archivée</b> le \(page.time.day(archiving.at))\(who) : \(archiving.reason.label)\
            \(if: !archiving.why.isEmpty, " (\(archiving.why))").</p>\(if: page.may.edit, out)
            """
        ).html
    }

    private var out: HTML { ActionButton("Sortir des archives", Urls.personArchivingEnd(page.person.id)).html }
}

/// Numbers elsewhere and tags, among what is known of someone.
struct PersonKnown {
    let file: PersonFile

    var rows: [(String, HTML)] {
        var rows: [(String, HTML)] = file.detail.numbers.filter { !file.off.contains($0.kind.field) }.map {
            ($0.kind.label, "\($0.number)")
        }
        if !file.tagNames.isEmpty, !file.off.contains(.tags) {
            rows.append(("Étiquettes", "\(each: file.tagNames, { "\(Tag($0)) " })"))
        }
        return rows
    }
}
