import Scheduling
import Testing

struct UnitSetStartsTests {
    @Test("Starts are laid a step apart from the beginning of each run, and found from any moment as unit by unit")
    func againstUnits() {
        var random = Seeded(21)
        for _ in 0..<3_000 {
            let lower = random.int(-200...200)
            let window = lower..<lower + random.int(1...400)
            var set = UnitSet(window: window)
            if random.chance(50) { set.insert(window) }
            for _ in 0..<random.int(0...12) {
                let from = random.int(lower - 20...window.upperBound)
                let range = from..<from + random.int(1...70)
                if random.chance(50) { set.insert(range) } else { set.remove(range) }
            }
            let length = random.int(1...20), step = random.chance(50) ? length : random.int(1...25)
            let notBefore = random.int(lower - 30...window.upperBound + 10)
            let before = notBefore + random.int(-5...300)
            var found: [Int] = []
            set.forEachStart(length: length, step: step, notBefore: notBefore, before: before) { start in
                found.append(start)
                return true
            }
            let expected = naiveStarts(set, length, step).filter { $0 >= notBefore && $0 < before }
            #expect(found == expected)
            let endToEnd = naiveStarts(set, length, length).first { $0 >= notBefore && $0 < before }
            #expect(set.firstStart(length: length, notBefore: notBefore, before: before) == endToEnd)
        }
    }

    @Test("What is offered does not depend on the minute at which one asks")
    func grid() {
        var set = UnitSet(window: 0..<100)
        set.insert(10..<40)
        #expect(set.firstStart(length: 6, notBefore: 0, before: 100) == 10)
        #expect(set.firstStart(length: 6, notBefore: 11, before: 100) == 16)
        #expect(set.firstStart(length: 6, notBefore: 16, before: 100) == 16)
        #expect(set.firstStart(length: 6, notBefore: 35, before: 100) == nil)
        #expect(set.firstStart(length: 31, notBefore: 0, before: 100) == nil)
    }

    @Test("Looking stops when it is told to")
    func stops() {
        var set = UnitSet(window: 0..<1_000)
        set.insert(0..<1_000)
        set.remove(50..<60)
        var seen: [Int] = []
        set.forEachStart(length: 10, step: 10, notBefore: 0, before: 1_000) { start in
            seen.append(start)
            return seen.count < 7
        }
        #expect(seen == [0, 10, 20, 30, 40, 60, 70])
    }

    private func naiveStarts(_ set: UnitSet, _ length: Int, _ step: Int) -> [Int] {
        var starts: [Int] = []
        var run = set.window.lowerBound
        while run < set.window.upperBound {
            var end = run
            while set.contains(end) { end += 1 }
            starts += stride(from: run, to: end, by: step).filter { $0 + length <= end }
            run = end + 1
        }
        return starts
    }
}
