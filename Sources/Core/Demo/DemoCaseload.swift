import Scheduling

/// Whom an agent of the demo follows: numbers of people, by arithmetic, so that nothing has to be remembered.
///
/// Nine people in ten of an organization have a social worker, three a nurse of PMI, one in fifty a worker of child protection.
struct DemoCaseload: Sendable {
    let service: DemoService
    private let people: Range<Int>
    private let rank: Int
    private let colleagues: Int

    /// - Parameters:
    ///   - people: those of the organization.
    ///   - rank: of the agent among the `colleagues` of the same service.
    init(_ service: DemoService, people: Range<Int>, rank: Int, colleagues: Int) {
        self.service = service
        self.people = people
        self.rank = rank
        self.colleagues = colleagues
    }

    /// People come in tens (fifties for child protection), dealt out to the colleagues one after another.
    private static func step(_ service: DemoService) -> Int { service == .childProtection ? 50 : 10 }
    private static let places = [[0, 2, 3, 4, 5, 6, 7, 8, 9], [0, 1, 2], [7]]

    var count: Int { people.count / Self.step(service) / colleagues * Self.places[service.rawValue].count }

    func person(_ index: Int) -> Int {
        let places = Self.places[service.rawValue]
        let (turn, place) = index.quotientAndRemainder(dividingBy: places.count)
        return people.lowerBound + (turn * colleagues + rank) * Self.step(service) + places[place]
    }

    static func isFollowed(_ person: Int, by service: DemoService) -> Bool {
        service == .childProtection ? person % 50 == 7 : places[service.rawValue].contains(person % 10)
    }

    /// The agent's rank among the colleagues who follow this person; `nil` when there are too few people to go round.
    static func rank(for person: Int, of people: Range<Int>, in service: DemoService, colleagues: Int) -> Int? {
        let turn = (person - people.lowerBound) / step(service)
        return turn < people.count / step(service) / colleagues * colleagues ? turn % colleagues : nil
    }

    /// Someone followed by two services never sees both on one day: nobody is in two places at once.
    func maySee(_ person: Int, on date: CivilDate) -> Bool {
        let others = DemoService.allCases.contains { $0 != service && Self.isFollowed(person, by: $0) }
        guard others else { return true }
        return (date.dayNumber % 2 == 0) == (service != .social)
    }
}

/// Goes round a caseload, with irregular steps.
struct DemoRound {
    let caseload: DemoCaseload
    private var index: Int

    init(_ caseload: DemoCaseload, _ dice: inout Dice) {
        self.caseload = caseload
        index = dice.roll(max(caseload.count, 1))
    }

    /// - Returns: `nil` when nobody of the caseload may be seen that day.
    mutating func next(on date: CivilDate, _ dice: inout Dice) -> Int? {
        guard caseload.count > 0 else { return nil }
        for _ in 0..<8 {
            index = (index + 1 + dice.roll(3)) % caseload.count
            let person = caseload.person(index)
            if caseload.maySee(person, on: date) { return person }
        }
        return nil
    }
}
