/// What stands around every page.
struct Layout: View {
    let page: any Page
    let frame: Frame
    let nonce: String
    let notice: String?
    let assets: Assets

    enum Kind: Sendable {
        /// The agents' pages: header bar with navigation, search and account.
        case full
        /// One column under the collectivité's name: sign-in, and pages for the public.
        case bare
        /// The same, as wide as tables need.
        case open
    }

    var html: HTML {
        """
        <!doctype html>
        <html lang="fr">
        <head>\(head)</head>
        <body class="\(kind)"\(attribute: "data-events", page.events?.text)\(attribute: "data-refreshed", page.refreshed.map(String.init))>
        <a class="skip" href="#main">Aller au contenu</a>
        \(header)
        <main id="main" tabindex="-1">\(noticeArea)<div id="live">\(page.html)</div></main>
        \(if: page.layout == .full, HelpDialog(newAppointment: frame.newAppointment).html)
        </body>
        </html>
        """
    }

    private var kind: String {
        switch page.layout {
        case .full: "full"
        case .bare: "bare"
        case .open: "bare open"
        }
    }

    private var head: HTML {
        """
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="format-detection" content="telephone=no">
        <title>\(page.title) · \(frame.brand.name)</title>
        <link rel="icon" href="\(href: assets.url("icon.svg"))" type="image/svg+xml">
        <link rel="stylesheet" href="\(href: assets.url("lien.css"))">
        <style nonce="\(nonce)">\(frame.brand.accent.css)</style>
        <script type="module" src="\(href: assets.url("lien.js"))"></script>
        <script type="module" src="\(href: assets.url("search.js"))"></script>
        <script type="module" src="\(href: assets.url("events.js"))"></script>
        <script type="module" src="\(href: assets.url("agenda.js"))"></script>
        <script type="module" src="\(href: assets.url("agenda-move.js"))"></script>
        <script type="module" src="\(href: assets.url("refresh.js"))"></script>
        <script type="module" src="\(href: assets.url("hold.js"))"></script>
        """
    }

    private var header: HTML {
        switch page.layout {
        case .full: HeaderBar(frame: frame).html
        case .bare, .open: "<header class=\"bar\"><span class=\"name\">\(frame.brand.name)</span></header>"
        }
    }

    /// There even when empty, so that what a script puts there later is read aloud.
    private var noticeArea: HTML {
        "<div id=\"notice\" role=\"status\">\(notice.map { "<p class=\"notice good\">\($0)</p>" as HTML })</div>"
    }
}

/// The bar at the top of the agents' pages.
struct HeaderBar: View {
    let frame: Frame

    var html: HTML {
        """
        <header class="bar"><a class="name" href="\(href: Urls.home)">\(frame.brand.name)</a>\
        \(if: !frame.navigation.isEmpty, navigation)\(frame.search.map(SearchBox.init))\(frame.account.map(AccountMenu.init))</header>
        """
    }

    private var navigation: HTML {
        "<nav aria-label=\"Principal\"><ul>\(each: frame.navigation, item)</ul></nav>"
    }

    private func item(_ item: Frame.NavigationItem) -> HTML {
        let current = item.isCurrent ? "page" : nil
        return """
            <li><a href="\(href: item.url)"\(attribute: "aria-current", current)>\(item.label)\(if: item.count > 0, count(item))</a></li>
            """
    }

    private func count(_ item: Frame.NavigationItem) -> HTML {
        """
         <span class="count\(if: item.isUrgent, " urgent")">\(item.count)</span>\
        \(if: !item.countLabel.isEmpty, "<span class=\"unseen\"> \(item.countLabel)</span>")
        """
    }
}

/// The person search of the header: live with a script, a plain form without. What is typed is personal: it is sent in the body, never
/// in an address, which histories and logs keep.
struct SearchBox: View {
    let search: Frame.Search

    var html: HTML {
        """
        <form class="find" role="search" action="\(href: search.action)" method="post">\
        <input type="hidden" name="csrf" value="\(HTML.token)">\
        <label class="unseen" for="find">Chercher une personne</label>\
        <input id="find" type="search" name="q" placeholder="Nom, téléphone, date de naissance…" autocomplete="off" \
        spellcheck="false" enterkeyhint="search" data-key="/" data-live="\(href: search.live)" data-live-post>\
        <kbd aria-hidden="true">/</kbd></form>
        """
    }
}

/// Who is signed in, where they go, and the way out.
struct AccountMenu: View {
    let account: Frame.Account

    var html: HTML {
        """
        <details class="account"><summary aria-label="Compte de \(account.name)">\
        <span class="me" aria-hidden="true">\(account.initials)</span></summary>\
        <div class="menu"><p><b>\(account.name)</b>\(if: !account.detail.isEmpty, detail)</p>\
        <ul>\(each: account.links, { link in "<li><a href=\"\(href: link.url)\">\(link.label)</a></li>" })\
        <li><button type="button" class="plain" data-help hidden>Raccourcis clavier</button></li></ul>\
        \(PostForm(Urls.signOut) { "<button type=\"submit\">Se déconnecter</button>" })</div></details>
        """
    }
}

extension AccountMenu {
    private var detail: HTML { "<br><span class=\"soft\">\(account.detail)</span>" }
}

/// The keys of the agents' pages; `?` opens it (see `lien.js`).
struct HelpDialog: View {
    let newAppointment: URLPath?

    var html: HTML {
        """
        <dialog id="help" aria-labelledby="help-title"><h2 id="help-title">Raccourcis clavier</h2>\
        <dl class="keys">\(each: keys, { key in "<div><dt><kbd>\(key.0)</kbd></dt><dd>\(key.1)</dd></div>" })</dl>\
        <form method="dialog"><button type="submit">Fermer</button></form></dialog>\
        \(newAppointment.map { "<a hidden data-key=\"n\" href=\"\(href: $0)\">Nouveau rendez-vous</a>" as HTML })
        """
    }

    private var keys: [(String, String)] {
        let find = [("/", "Chercher une personne")]
        let new = newAppointment == nil ? [] : [("n", "Nouveau rendez-vous")]
        return find + new + [
            ("j", "Jour, semaine ou mois d’avant"), ("k", "Jour, semaine ou mois d’après"),
            ("d", "Déplacer le rendez-vous ou la plage où l’on est"), ("?", "Cette aide"),
        ]
    }
}
