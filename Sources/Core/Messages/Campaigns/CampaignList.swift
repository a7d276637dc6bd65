import Foundation
import Scheduling
import Store

/// Those of a pasted list or a file whom an organization follows.
struct CampaignList {
    private(set) var people: Set<ID<Person>> = []
    /// Lines that are nobody's, or of whom it cannot be known.
    private(set) var unmatched = 0

    static let mostLines = 100_000

    init(_ draft: Campaign.Draft, for house: ID<Organization>, by acting: Acting, at now: Instant, in db: Reader) throws {
        let book = try AddressBook(house, of: acting.territory, in: db)
        let lines = draft.list.split(whereSeparator: { $0.isNewline || $0 == ";" || $0 == "," }).filter { !$0.allSatisfy(\.isWhitespace) }
        guard lines.count <= Self.mostLines else { throw Refusal.field("list", "too-long", "100 000 lignes au plus : coupez la liste.") }
        for line in lines { add(book.people(at: String(line))) }
        if let file = draft.file, !file.isEmpty { try read(file, for: house, with: book, by: acting, at: now, in: db) }
    }

    private mutating func add(_ found: Set<ID<Person>>) {
        if found.isEmpty { unmatched += 1 } else { people.formUnion(found) }
    }

    /// As an import does when the file names people; else by what each line has of numbers and addresses.
    private mutating func read(
        _ file: [UInt8], for house: ID<Organization>, with book: AddressBook, by acting: Acting, at now: Instant, in db: Reader
    ) throws {
        guard file.count <= ImportFile.largest else { throw Refusal.field("list", "file-too-large", "16 Mo au plus : coupez le fichier.") }
        guard let sheet = try? ImportSheet<PersonColumn>(file) else {
            for record in CSV(file) {
                let found = record.fields.reduce(into: Set<ID<Person>>()) { $0.formUnion(book.people(at: $1)) }
                // A line of headings is nobody's, and no mistake.
                if record.line > 1 || !found.isEmpty { add(found) }
            }
            return
        }
        let people = PeopleImport(sheet, organization: house)
        for row in sheet.rows {
            guard let values = try? row.content.get() else {
                unmatched += 1
                continue
            }
            let named = (try? people.known(values, by: acting, at: now, in: db)) ?? nil
            let reached = [PersonColumn.phone, .otherPhone, .email].compactMap { values[$0] }.map { book.people(at: $0) }
            add(named.map { [$0] } ?? (reached.first { $0.count == 1 } ?? []))
        }
    }
}

/// By which numbers and e-mails the people of an organization are known: read once for a whole list.
private struct AddressBook {
    private var byNumber: [String: Set<ID<Person>>] = [:]
    private var byEmail: [String: Set<ID<Person>>] = [:]
    private let region: String

    init(_ house: ID<Organization>, of territory: Territory, in db: Reader) throws {
        region = territory.phoneRegion
        let followed: SQL = """
            JOIN person_organization ON person_organization.territory_id = known.territory_id
              AND person_organization.person_id = known.person_id
            WHERE person_organization.territory_id = \(territory.id) AND person_organization.organization_id = \(house)
            """
        try db.forEach("SELECT known.number, known.person_id FROM person_phone known \(followed)") {
            byNumber[try $0[0], default: []].insert(try $0[1])
        }
        try db.forEach("SELECT known.address, known.person_id FROM person_email known \(followed)") {
            byEmail[(try $0[0] as String).lowercased(), default: []].insert(try $0[1])
        }
    }

    /// All who have it: one message will go to a number that several share.
    func people(at typed: String) -> Set<ID<Person>> {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        if text.contains("@") { return EmailAddress.normal(text).flatMap { byEmail[$0.lowercased()] } ?? [] }
        return PhoneNumber(PeopleImport.withZero(text), region: region).flatMap { byNumber[$0.e164] } ?? []
    }
}
