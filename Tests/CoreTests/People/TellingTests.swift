import Scheduling
import Testing

@testable import Core

@Suite("Who is told") struct TellingTests {
    private let mother = ID<Person>.new(), father = ID<Person>.new()

    private func telling(_ change: (inout Telling.Facts) -> Void) -> Telling {
        var facts = Telling.Facts()
        change(&facts)
        return Telling(facts)
    }

    @Test("an adult is told themselves, unless they asked")
    func adult() {
        #expect(telling { $0.receiving = [(mother, false)] }.themselves)
        let asked = telling { $0.receiving = [(mother, true), (father, false)] }
        #expect(!asked.themselves && asked.instead == [mother])
        #expect(telling { ($0.age, $0.receiving) = (30, [(mother, false)]) }.instead == [])
    }

    @Test("a child under the age and without a number is told through each who receives")
    func child() {
        let both = [(mother, false), (father, false)]
        let small = telling { ($0.age, $0.receiving) = (4, both) }
        #expect(!small.themselves && small.instead == [mother, father])
        #expect(telling { ($0.age, $0.hasNumber, $0.receiving) = (4, true, both) }.themselves)
        #expect(telling { ($0.age, $0.receiving) = (15, both) }.themselves)
        #expect(telling { ($0.age, $0.toldAloneFrom, $0.receiving) = (15, 16, both) }.instead == [mother, father])
        #expect(telling { $0.age = 4 }.themselves)
    }

    @Test("never for a discreet reason, nor one confidential for minors")
    func discreet() {
        #expect(telling { ($0.age, $0.isDiscreet, $0.receiving) = (4, true, [(mother, false)]) }.instead == [])
        #expect(telling { ($0.isDiscreet, $0.receiving) = (true, [(mother, true)]) }.instead == [])
        #expect(telling { ($0.age, $0.isConfidentialForMinors, $0.receiving) = (14, true, [(mother, false)]) }.instead == [])
        #expect(telling { ($0.age, $0.isConfidentialForMinors, $0.receiving) = (40, true, [(mother, true)]) }.instead == [mother])
        #expect(telling { ($0.isDiscreet, $0.isProtected, $0.copied) = (true, true, mother) }.copies == [])
    }

    @Test("a protected adult always gets their own; the representative a copy when that was chosen")
    func protected() {
        let copied = telling { ($0.isProtected, $0.copied, $0.receiving) = (true, mother, [(father, true)]) }
        #expect(copied.themselves && copied.copies == [mother] && copied.instead == [])
        #expect(telling { $0.isProtected = true }.copies == [])
    }
}
