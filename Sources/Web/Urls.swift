import Core
import Scheduling

/// Every address of the site, in one place; those of set-up and of messages stand in the files beside. A feature adds its own here, and
/// its routes use the same names.
enum Urls {
    static let home: URLPath = "/"
    static let signIn: URLPath = "/sign-in"
    static let session: URLPath = "/session"
    static let signOut: URLPath = "/session/end"
    static func passwordLink(_ token: some CustomStringConvertible) -> URLPath { "/password/\(token)" }
    static let account: URLPath = "/account"
    static let preferences: URLPath = "/account/preferences"
    static let accountPassword: URLPath = "/account/password"
    static let signOutEverywhere: URLPath = "/account/sessions/end"
    static let accountTokens: URLPath = "/account/tokens"
    static func revokeToken(_ id: some CustomStringConvertible) -> URLPath { "/account/tokens/\(id)/revocation" }

    static let calendars: URLPath = "/account/calendars"
    static let calendarFeed: URLPath = "/account/calendars/feed"
    static let calendarFeedShows: URLPath = "/account/calendars/feed/shows"
    static let calendarFeedRevocation: URLPath = "/account/calendars/feed/revocation"
    static let foreignCalendars: URLPath = "/account/calendars/foreign"
    /// - Parameter act: `reading` or `deletion`.
    static func foreignCalendar(_ id: some CustomStringConvertible, _ act: String) -> URLPath { "/account/calendars/foreign/\(id)/\(act)" }
    /// Where a calendar is read by who has its secret.
    static func calendar(_ secret: String) -> URLPath { "/calendars/\(secret + calendarEnding)" }
    static let calendarEnding = ".ics"

    static let health: URLPath = "/health"
    static let metrics: URLPath = "/metrics"
    static let ready: URLPath = "/ready"

    /// - Parameter path: the path that asked for someone signed in; its query, which may be personal, is left out.
    static func signIn(returningTo path: String) -> URLPath {
        URLPath.local(path).flatMap { $0 == home ? nil : signIn.query("return", $0.text) } ?? signIn
    }

    static func asset(_ name: String, hash: String) -> URLPath {
        ("/assets/\(name)" as URLPath).query("v", hash)
    }

    static let agenda: URLPath = "/agenda"
    /// - Parameter date: `YYYY-MM-DD`.
    static func agenda(on date: String) -> URLPath { agenda.query("date", date) }
    /// - Parameter date: none is today.
    static func agenda(of agent: some CustomStringConvertible, _ view: AgendaView, _ date: CivilDate?) -> URLPath {
        ("/agenda/agents/\(agent)" as URLPath).query("view", view.rawValue).query("date", date?.description)
    }
    static func agenda(at site: some CustomStringConvertible, _ date: CivilDate?) -> URLPath {
        ("/agenda/sites/\(site)" as URLPath).query("date", date?.description)
    }
    static func dayList(of agent: some CustomStringConvertible, _ date: CivilDate) -> URLPath {
        ("/agenda/agents/\(agent)/list" as URLPath).query("date", date.description)
    }
    static func dayList(at site: some CustomStringConvertible, _ date: CivilDate) -> URLPath {
        ("/agenda/sites/\(site)/list" as URLPath).query("date", date.description)
    }
    static func dayListFile(of agent: some CustomStringConvertible, _ date: CivilDate) -> URLPath {
        ("/agenda/agents/\(agent)/list.csv" as URLPath).query("date", date.description)
    }
    static func dayListFile(at site: some CustomStringConvertible, _ date: CivilDate) -> URLPath {
        ("/agenda/sites/\(site)/list.csv" as URLPath).query("date", date.description)
    }
    /// Chosen agents side by side: `agents` repeated.
    static let agendasTogether: URLPath = "/agenda/together"
    static let agendaGroups: URLPath = "/agenda/groups"
    static func agendaGroup(_ id: some CustomStringConvertible) -> URLPath { "/agenda/groups/\(id)" }
    static func editAgendaGroup(_ id: some CustomStringConvertible) -> URLPath { "/agenda/groups/\(id)/edit" }
    static func agendaGroupDeletion(_ id: some CustomStringConvertible) -> URLPath { "/agenda/groups/\(id)/deletion" }
    static let agendaEvents: URLPath = "/agenda/events"
    /// - Parameter version: of what the page shows, so that what changes before the stream opens is told too.
    static func agendaEvents(of agents: [some CustomStringConvertible], version: Int64) -> URLPath {
        agents.reduce(agendaEvents) { $0.query("agents", $1.description) }.query("version", String(version))
    }
    static func agendaEvents(at site: some CustomStringConvertible, version: Int64) -> URLPath {
        agendaEvents.query("site", site.description).query("version", String(version))
    }
    static let changes: URLPath = "/agenda/changes"
    static func undoChange(_ id: some CustomStringConvertible) -> URLPath { "/agenda/changes/\(id)/undoing" }
    static let toClose: URLPath = "/agenda/to-close"

    static let openings: URLPath = "/agenda/openings"
    static func openings(of agent: some CustomStringConvertible) -> URLPath { openings.query("agent", agent.description) }
    static func newOpening(of agent: some CustomStringConvertible, _ date: CivilDate? = nil) -> URLPath {
        ("/agenda/openings/new" as URLPath).query("agent", agent.description).query("date", date?.description)
    }
    static func opening(_ id: some CustomStringConvertible) -> URLPath { "/agenda/openings/\(id)" }
    static func openingDeletion(_ id: some CustomStringConvertible) -> URLPath { "/agenda/openings/\(id)/deletion" }

    static let absences: URLPath = "/agenda/absences"
    static func absences(of agent: some CustomStringConvertible) -> URLPath { absences.query("agent", agent.description) }
    static func newAbsence(of agent: some CustomStringConvertible, _ date: CivilDate? = nil) -> URLPath {
        ("/agenda/absences/new" as URLPath).query("agent", agent.description).query("date", date?.description)
    }
    static func absence(_ id: some CustomStringConvertible) -> URLPath { "/agenda/absences/\(id)" }
    static func absenceRemedies(_ id: some CustomStringConvertible) -> URLPath { "/agenda/absences/\(id)/remedies" }
    static func awayToday(_ agent: some CustomStringConvertible) -> URLPath { "/agenda/agents/\(agent)/away-today" }
    static let toTell: URLPath = "/agenda/to-tell"
    static func toTell(at site: some CustomStringConvertible) -> URLPath { toTell.query("site", site.description) }
    static func tidings(_ id: some CustomStringConvertible, _ act: String) -> URLPath { "/agenda/to-tell/\(id)/\(act)" }
    static func absenceDeletion(_ id: some CustomStringConvertible) -> URLPath { "/agenda/absences/\(id)/deletion" }

    static let closures: URLPath = "/agenda/closures"
    static func newClosure(at site: some CustomStringConvertible) -> URLPath {
        ("/agenda/closures/new" as URLPath).query("site", site.description)
    }
    static func closure(_ id: some CustomStringConvertible) -> URLPath { "/agenda/closures/\(id)" }
    static func closure(_ id: some CustomStringConvertible, _ act: String) -> URLPath { "/agenda/closures/\(id)/\(act)" }

    static func handover(of agent: some CustomStringConvertible) -> URLPath { "/agenda/agents/\(agent)/handover" }
    static func teams(of organization: some CustomStringConvertible) -> URLPath { "/setup/organizations/\(organization)/teams" }
    static func team(_ organization: some CustomStringConvertible, _ team: some CustomStringConvertible) -> URLPath {
        "/setup/organizations/\(organization)/teams/\(team)"
    }
    static func teamDeletion(_ organization: some CustomStringConvertible, _ team: some CustomStringConvertible) -> URLPath {
        "/setup/organizations/\(organization)/teams/\(team)/deletion"
    }

    static func weekTemplates(of agent: some CustomStringConvertible) -> URLPath {
        ("/agenda/week-templates" as URLPath).query("agent", agent.description)
    }
    static let weekTemplates: URLPath = "/agenda/week-templates"
    static let weekTemplateApplication: URLPath = "/agenda/week-templates/application"
    static func weekTemplateDeletion(_ id: some CustomStringConvertible) -> URLPath { "/agenda/week-templates/\(id)/deletion" }

    static let bascules: URLPath = "/agenda/bascules"
    static let newBascule: URLPath = "/agenda/bascules/new"
    static func bascule(_ id: some CustomStringConvertible) -> URLPath { "/agenda/bascules/\(id)" }
    static func basculeReversal(_ id: some CustomStringConvertible) -> URLPath { "/agenda/bascules/\(id)/reversal" }
    static func basculeNumber(_ id: some CustomStringConvertible, _ appointment: some CustomStringConvertible) -> URLPath {
        "/agenda/bascules/\(id)/appointments/\(appointment)"
    }

    /// One day of what recurs.
    /// - Parameter things: `openings` or `absences`.
    static func occurrence(_ things: String, _ id: some CustomStringConvertible, _ date: CivilDate) -> URLPath {
        "/agenda/\(things)/\(id)/days/\(date)"
    }
    static func occurrenceDeletion(_ things: String, _ id: some CustomStringConvertible, _ date: CivilDate) -> URLPath {
        "/agenda/\(things)/\(id)/days/\(date)/deletion"
    }
    static func occurrences(_ things: String, _ id: some CustomStringConvertible) -> URLPath { "/agenda/\(things)/\(id)/days" }

    static let journal: URLPath = "/journal"
    /// Asked with POST: who is looked for stays out of addresses.
    static let journalPeople: URLPath = "/journal/people"
    static func journal(of person: some CustomStringConvertible) -> URLPath { "/journal/people/\(person)" }
    static func journalPrint(of person: some CustomStringConvertible) -> URLPath { "/journal/people/\(person)/print" }
    /// Asked with POST: each handing over is an act.
    static func journalAccess(of person: some CustomStringConvertible) -> URLPath { "/journal/people/\(person)/access" }
    static func journalErasure(of person: some CustomStringConvertible) -> URLPath { "/journal/people/\(person)/erasure" }

    static let memos: URLPath = "/memos"
    static func newMemo(for agent: (any CustomStringConvertible)?) -> URLPath {
        ("/memos/new" as URLPath).query("agent", agent.map { "\($0)" })
    }
    static func memoAnswers(_ id: some CustomStringConvertible) -> URLPath { "/memos/\(id)/answers" }
    static func memoPassing(_ id: some CustomStringConvertible) -> URLPath { "/memos/\(id)/passing" }

    static let steering: URLPath = "/steering"
    static let ownFigures: URLPath = "/steering/mine"
    static func figureTable(_ sheet: some CustomStringConvertible) -> URLPath { "/steering/tables/\(sheet)" }
    static let figureWorkbook: URLPath = "/steering/workbook"
    static func appointmentList(_ kind: some CustomStringConvertible) -> URLPath { "/steering/appointments/\(kind)" }
    /// For everyone to read.
    static func publicFigures(_ slug: some CustomStringConvertible) -> URLPath { "/\(slug)/statistics" }
    static func publicFigureFile(_ slug: some CustomStringConvertible, _ sheet: some CustomStringConvertible) -> URLPath {
        "/\(slug)/statistics/\(sheet)"
    }

    static let waitingRoom: URLPath = "/waiting-room"
    static func waitingRoom(_ site: some CustomStringConvertible) -> URLPath { "/waiting-room/\(site)" }
    static func walkIns(_ site: some CustomStringConvertible) -> URLPath { "/waiting-room/\(site)/walk-ins" }
    static func nextArrival(_ site: some CustomStringConvertible) -> URLPath { "/waiting-room/\(site)/next" }
    static func arrivals(_ appointment: some CustomStringConvertible) -> URLPath { "/appointments/\(appointment)/arrivals" }
    static func arrivalSteps(_ id: some CustomStringConvertible) -> URLPath { "/arrivals/\(id)/steps" }

    static let communes: URLPath = "/communes"
    static let people: URLPath = "/people"
    /// Asked with POST: what is typed is personal and stays out of addresses.
    static let peopleSearch: URLPath = "/people/search"
    /// The candidates of a search as you type, as a fragment of page; asked with POST.
    static let peopleCandidates: URLPath = "/people/candidates"
    static let newPerson: URLPath = "/people/new"
    /// Those who look like who is being written down, as a fragment of page.
    static let personLookalikes: URLPath = "/people/lookalikes"
    static func person(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)" }
    static func editPerson(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/edit" }
    /// Making one file of two.
    static func personMerging(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/merging" }
    static func personMergingSearch(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/merging/search" }
    static func personMerging(_ id: some CustomStringConvertible, _ other: some CustomStringConvertible) -> URLPath {
        "/people/\(id)/merging/\(other)"
    }
    static func personCalendars(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/calendars" }
    static func personCalendarRevocation(_ id: some CustomStringConvertible, _ feed: some CustomStringConvertible) -> URLPath {
        "/people/\(id)/calendars/\(feed)/revocation"
    }
    static func personDisclosure(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/disclosure" }
    /// An address that did not answer does again: which one stands in the form.
    static func personEmailRestoration(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/emails/restoration" }
    static func personInformation(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/information" }
    static func personNotes(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/notes" }
    static func personArchiving(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/archiving" }
    static func personArchivingEnd(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/archiving/end" }
    /// - Parameter mark: where the page before ended; none for the first.
    static func personStory(_ id: some CustomStringConvertible, _ part: Story.Part?, before mark: Story.Mark? = nil) -> URLPath {
        ("/people/\(id)/story" as URLPath).query("part", part?.rawValue).query("before", mark?.text)
    }
    static func relatives(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/relatives" }
    static func newRelative(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/relatives/new" }
    static func findRelative(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/relatives/search" }
    static func relative(_ id: some CustomStringConvertible, _ relation: some CustomStringConvertible) -> URLPath {
        "/people/\(id)/relatives/\(relation)"
    }
    static func relativeDeletion(_ id: some CustomStringConvertible, _ relation: some CustomStringConvertible) -> URLPath {
        "/people/\(id)/relatives/\(relation)/deletion"
    }
    static func protections(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/protections" }
    static func newProtection(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/protections/new" }
    static func protection(_ id: some CustomStringConvertible, _ protection: some CustomStringConvertible) -> URLPath {
        "/people/\(id)/protections/\(protection)"
    }
    static func personReferents(_ id: some CustomStringConvertible) -> URLPath { "/people/\(id)/referents" }

    static let appointments: URLPath = "/appointments"
    static let newAppointment: URLPath = "/appointments/new"
    /// Straight into an agent's agenda, at that hour.
    static func newAppointment(_ agent: some CustomStringConvertible, _ date: CivilDate, _ minute: Int) -> URLPath {
        newAppointment.query("agent", agent.description).query("date", date.description).query("at", ClockTime.text(minute))
    }
    /// One more person in a group appointment: its reason and its time are chosen already.
    static func enrol(in group: Appointment) -> URLPath {
        let slot = Slot(
            start: group.startsAt, minutes: 0, organizationID: group.organizationID, siteID: group.siteID, agentID: group.agentID,
            because: .leastBusy, count: 1)
        return newAppointment.query("reason", group.reasonID.description).query("slot", SlotKey(slot).description)
    }
    static let holdRelease: URLPath = "/appointments/holds/release"
    static let unmetDemands: URLPath = "/unmet-demands"
    static let groups: URLPath = "/groups"
    static let newGroup: URLPath = "/groups/new"
    static func newAppointment(for person: some CustomStringConvertible) -> URLPath { newAppointment.query("person", person.description) }
    static func appointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)" }
    /// Asked with POST, from an agenda.
    static func appointmentTime(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/time" }
    static func openingTime(_ id: some CustomStringConvertible) -> URLPath { "/agenda/openings/\(id)/time" }
    static func colleagues(of appointment: some CustomStringConvertible) -> URLPath { "/appointments/\(appointment)/colleagues" }
    static func colleagueLeaves(_ appointment: some CustomStringConvertible) -> URLPath {
        "/appointments/\(appointment)/colleagues/removal"
    }
    static let resources: URLPath = "/resources"
    static let resourcesToConfirm: URLPath = "/resources/to-confirm"
    static func resource(_ id: some CustomStringConvertible) -> URLPath { "/resources/\(id)" }
    static func resourcePauses(_ id: some CustomStringConvertible) -> URLPath { "/resources/\(id)/pauses" }
    static func resourcePauseEnd(_ id: some CustomStringConvertible, _ pause: some CustomStringConvertible) -> URLPath {
        "/resources/\(id)/pauses/\(pause)/deletion"
    }
    static func appointmentResources(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/resources" }
    static func resourceRelease(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/resources/removal" }
    static func resourceAnswer(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/resources/answers" }
    static let series: URLPath = "/appointments/series"
    static let seriesDates: URLPath = "/appointments/series/dates"
    static func moveAppointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/move" }
    static func movingSlots(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/move/slots" }
    static func cancelAppointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/cancellation" }
    static func closeAppointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/status" }
    static func appointmentAttempts(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/attempts" }
    static func earlierWishes(of appointment: some CustomStringConvertible) -> URLPath { "/appointments/\(appointment)/earlier-wishes" }
    static func earlierWishRemoval(of appointment: some CustomStringConvertible) -> URLPath {
        "/appointments/\(appointment)/earlier-wishes/removal"
    }
    static func undoAppointment(_ id: some CustomStringConvertible) -> URLPath { "/appointments/\(id)/undoing" }
}
