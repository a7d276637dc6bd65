import Core
import Scheduling
import Store
import TestKit

@testable import Core

/// Someone has Wednesday at 9; others come later, and want to come sooner.
struct EarlierWorld: Sendable {
    let outbox: Outbox
    let store: Store

    static func make(in store: Store) async throws -> EarlierWorld {
        EarlierWorld(outbox: try await Outbox.make(in: store), store: store)
    }

    static func with(_ engine: Engine, _ test: (EarlierWorld) async throws -> Void) async throws {
        try await engine.withStore(Schema.migrations) { store in try await test(make(in: store)) }
    }

    var world: World { outbox.world }
    var reception: Acting { outbox.reception }

    /// Monday at 10: whom a message told of a place has the day to call.
    static let monday = World.at(0, 10)
    /// When those who wait are told of what was given back then.
    static let told = monday.adding(minutes: FreedPlace.pause)

    /// Someone with a mobile.
    func someone(_ number: Int) async throws -> Person {
        let phone = Person.Phone(number: "+3363998\(2000 + number)", label: "", mobile: true)
        let person = Person(
            territoryID: world.territory.id, firstName: "Jean", lastName: "Dupouy \(number)", createdAt: World.now, phones: [phone])
        try await store.write { db in try person.insertForTests(in: [world.organization.id], db: db) }
        return person
    }

    /// Someone with a mobile who comes the week after, and asked the later the greater the number.
    @discardableResult
    func waiting(_ number: Int, _ start: Instant? = nil, change: @Sendable (inout Booking) -> Void = { _ in }) async throws -> Appointment {
        var booking = world.booking(at: start ?? World.at(8, 9, 30 * (number - 1)))
        booking.personIDs = [try await someone(number).id]
        booking.wantsEarlier = true
        change(&booking)
        return try await booking.book(by: reception, at: World.now.adding(minutes: number), in: store)
    }

    /// It was taken, and is given back.
    @discardableResult
    func freed(_ start: Instant = World.at(2, 9), at now: Instant = monday) async throws -> Appointment {
        let taken = try await outbox.book(start)
        try await taken.cancel(.cancelledByPerson, why: "", by: reception, at: now, in: store)
        return taken
    }

    func offer(at now: Instant = told) async throws { try await FreedPlace.offer(at: now, in: store) }

    /// Who is told of a place at that moment, by the number at the end of theirs.
    func send(at now: Instant = told) async throws -> [(number: String, text: String)] {
        try await offer(at: now)
        return try await outbox.send(at: now).filter { $0.rendered.text.contains("place est libre") }
            .map { (String($0.recipient.suffix(2)), $0.rendered.text) }.sorted { $0.number < $1.number }
    }

    func causes() async throws -> [Message.Cause?] { try await outbox.messages(.earlierSlot).map(\.because) }

    func wish(_ appointment: Appointment) async throws -> EarlierWish? {
        try await store.read { db in try AppointmentDetails.find(appointment.id, seenBy: reception, in: db).participants[0].wish }
    }

    func offers(_ appointment: Appointment, at now: Instant = told) async throws -> [EarlierOffer] {
        try await store.read { db in
            let current = try Appointment.find(appointment.id, seenBy: reception, in: db)
            return try EarlierOffer.of(current, in: world.territory, at: now, db: db)
        }
    }

    func move(_ appointment: Appointment, to start: Instant, at now: Instant = monday) async throws {
        let place = AppointmentFact.Place(agentID: appointment.agentID, startsAt: start)
        _ = try await appointment.move(to: place, by: reception, at: now, in: store)
    }

    func run(_ statement: SQL) async throws { _ = try await store.write { db in try db.run(statement) } }

    func count(_ query: SQL) async throws -> Int { try await store.read { db in try db.first(query) { try $0[0] } ?? 0 } }
}
