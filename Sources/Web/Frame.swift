/// What stands around a page: whose site it is, where one can go, who is signed in. Set by the session, so features decide.
struct Frame: Sendable, Equatable {
    var brand: Brand
    var navigation: [NavigationItem] = []
    var account: Account?
    /// Where the search box of the header sends; without it there is no box.
    var search: Search?
    /// Where the key `n` and the help dialog lead to a new appointment.
    var newAppointment: URLPath?

    /// The collectivité as the public reads it.
    struct Brand: Sendable, Equatable {
        var name: String
        var accent: Accent = .standard
    }

    struct NavigationItem: Sendable, Equatable {
        var label: String
        var url: URLPath
        /// How many things wait there; none is not shown.
        var count: Int = 0
        /// What the number counts, for those who do not see it: "rendez-vous à renseigner".
        var countLabel = ""
        /// What waits cannot wait: the number is red.
        var isUrgent = false
        var isCurrent = false
    }

    /// The menu behind the initials of whoever is signed in.
    struct Account: Sendable, Equatable {
        var name: String
        var detail = ""
        var links: [Link] = []
    }

    struct Link: Sendable, Equatable {
        var label: String
        var url: URLPath
    }

    /// The person search of the header.
    struct Search: Sendable, Equatable {
        var action = Urls.peopleSearch
        var live = Urls.peopleCandidates
    }
}

extension Frame {
    /// The same, with the item whose address begins the path marked as where one is.
    func marked(path: String) -> Frame {
        var frame = self
        let matches = navigation.indices.filter { path == navigation[$0].url.text || path.hasPrefix(navigation[$0].url.text + "/") }
        guard let current = matches.max(by: { navigation[$0].url.text.count < navigation[$1].url.text.count }) else { return frame }
        frame.navigation[current].isCurrent = true
        return frame
    }
}

extension Frame.Account {
    /// "Maïté Ithurralde" → "MI".
    var initials: String {
        String(name.split(separator: " ").prefix(2).compactMap(\.first)).uppercased()
    }
}
