import Core

/// One scope of a token, as programs name it: `people:read`. Who writes reads too.
enum TokenScope: String, CaseIterable, Plain {
    case readPeople = "people:read"
    case writePeople = "people:write"
    case readAppointments = "appointments:read"
    case writeAppointments = "appointments:write"
    case readSetup = "setup:read"
    case writeSetup = "setup:write"
    case readJournal = "journal:read"
    case writeJournal = "journal:write"
}

extension TokenScopes {
    init(_ scopes: [TokenScope]) {
        self.init([:])
        for domain in Domain.allCases {
            let named = [Level.write, .read].filter { level in scopes.contains { $0.rawValue == "\(domain.rawValue):\(level.rawValue)" } }
            levels[domain] = named.first ?? Level.none
        }
    }

    var each: [TokenScope] { names.compactMap(TokenScope.init(rawValue:)) }
}
