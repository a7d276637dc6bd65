import Scheduling
import Testing

struct UnitSetTests {
    @Test("Inserting, removing and combining give what sets of numbers give, whatever the windows")
    func againstSets() {
        var random = Seeded(11)
        for _ in 0..<1_500 {
            var (left, leftNumbers) = randomSet(&random)
            let (right, rightNumbers) = randomSet(&random)
            let window = Set(left.window)
            #expect(holds(left.intersection(right), leftNumbers.intersection(rightNumbers)))
            #expect(holds(left.union(right), leftNumbers.union(rightNumbers).intersection(window)))
            #expect(holds(left.subtracting(right), leftNumbers.subtracting(rightNumbers)))
            let hole = randomRange(&random)
            left.remove(hole)
            leftNumbers.subtract(hole)
            #expect(holds(left, leftNumbers))
            let counted = randomRange(&random)
            #expect(left.count(in: counted) == leftNumbers.intersection(counted).count)
        }
    }

    @Test("Two sets are equal when they hold the same units of the same window, however they came to")
    func equality() {
        var random = Seeded(12)
        for _ in 0..<300 {
            let (set, numbers) = randomSet(&random)
            var rebuilt = UnitSet(window: set.window)
            for number in numbers.shuffled(using: &random) { rebuilt.insert(number..<number + 1) }
            #expect(rebuilt == set)
            var full = UnitSet(window: set.window)
            full.insert(set.window)
            #expect(full.subtracting(full.subtracting(set)) == set)
            #expect(full.count == set.window.count)
        }
    }

    @Test("A run of any length fits exactly where unit by unit it does")
    func eroded() {
        var random = Seeded(13)
        for _ in 0..<600 {
            let (set, numbers) = randomSet(&random)
            let length = random.chance(70) ? random.int(1...14) : random.int(15...200)
            let expected = numbers.filter { start in (start..<start + length).allSatisfy(numbers.contains) }
            #expect(holds(set.erodedForRun(length: length), expected), "length \(length)")
        }
    }

    @Test("An empty window holds nothing and breaks nothing")
    func emptyWindow() {
        for bound in [0, 64, -3] {
            var set = UnitSet(window: bound..<bound)
            set.insert(-100..<100)
            #expect(set.isEmpty && set.firstStart(length: 1, notBefore: -100, before: 100) == nil)
            #expect(set.erodedForRun(length: 3).isEmpty && set.union(set).isEmpty)
        }
    }

    @Test("What is open is rounded inwards and what is busy outwards")
    func rounding() throws {
        let paris = try zone()
        let hour = try paris.span("2026-03-02 09:00", "2026-03-02 10:00")
        let first = UnitSet.unit(of: hour.lowerBound)
        var set = UnitSet(hour)
        #expect(set.window == first..<first + 12)
        set.insert(inside: hour.lowerBound.adding(minutes: 1)..<hour.lowerBound.adding(minutes: 29))
        #expect(numbers(set) == Set(first + 1..<first + 5))
        set.remove(touching: hour.lowerBound.adding(seconds: 599)..<hour.lowerBound.adding(seconds: 601))
        #expect(numbers(set) == Set(first + 3..<first + 5))
        set.insert(inside: hour.lowerBound.adding(minutes: 41)..<hour.lowerBound.adding(minutes: 44))
        #expect(set.count == 2)
        set.insert(touching: hour.lowerBound.adding(minutes: 41)..<hour.lowerBound.adding(minutes: 44))
        #expect(numbers(set) == [first + 3, first + 4, first + 8])
    }

    @Test("A civil day holds 276, 288 or 300 units")
    func days() throws {
        let paris = try zone()
        for (text, units) in [("2026-03-29", 276), ("2026-03-30", 288), ("2026-10-25", 300)] {
            var set = UnitSet(paris.day(try date(text)))
            set.insert(inside: paris.day(try date(text)))
            #expect(set.count == units)
        }
    }

    @Test("Instants before 1970 have units too")
    func past() {
        #expect(UnitSet.unit(of: Instant(-1)) == -1 && UnitSet.unit(of: Instant(-300)) == -1 && UnitSet.unit(of: Instant(-301)) == -2)
        #expect(UnitSet.instant(of: -2) == Instant(-600))
    }

    private func randomRange(_ random: inout Seeded) -> Range<Int> {
        let lower = random.int(-150...400)
        return lower..<lower + random.int(0...150)
    }

    private func randomSet(_ random: inout Seeded) -> (UnitSet, Set<Int>) {
        let window = randomRange(&random)
        var set = UnitSet(window: window)
        var numbers: Set<Int> = []
        for _ in 0..<random.int(0...8) {
            let range = random.chance(40) ? window : randomRange(&random)
            set.insert(range)
            numbers.formUnion(range)
            let hole = random.int(-150...550)
            set.remove(hole..<hole + 2)
            numbers.subtract(hole..<hole + 2)
        }
        return (set, numbers.intersection(window))
    }

    /// These units and no others, not even beyond the window, where `contains` does not look.
    private func holds(_ set: UnitSet, _ expected: Set<Int>) -> Bool {
        numbers(set) == expected && set.count == expected.count && set.isEmpty == expected.isEmpty
    }

    private func numbers(_ set: UnitSet) -> Set<Int> {
        Set(set.window.lowerBound - 70..<set.window.upperBound + 70).filter(set.contains)
    }
}
