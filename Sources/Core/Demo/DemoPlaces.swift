/// Which communes each organization of the demo covers: those nearest to its town, drawn by their inhabitants.
struct DemoPlaces: Sendable {
    struct Cover: Sendable {
        var communes: [Commune] = []
        /// The inhabitants of the communes up to each.
        var sums: [Int] = []
    }

    let towns: [Commune]
    private var covers: [Cover]

    init(organizations: Int, communes: [Commune]) {
        let towns = (0..<organizations).map { DemoTowns.all[$0 % DemoTowns.all.count] }
        self.towns = towns
        covers = Array(repeating: Cover(), count: organizations)
        for commune in communes.isEmpty ? DemoTowns.all : communes {
            guard let population = commune.population, population > 0, !commune.postalCodes.isEmpty else { continue }
            for index in Self.nearest(to: commune, of: towns) { covers[index].add(commune, population) }
        }
        for index in covers.indices where covers[index].communes.isEmpty { covers[index].add(towns[index], 1) }
    }

    func commune(of organization: Int, _ dice: inout Dice) -> Commune { covers[organization].draw(&dice) }

    func others(of organization: Int) -> [Commune] {
        covers[organization].communes.filter { $0.insee != towns[organization].insee }
    }

    /// The nearest town; each of those that share it.
    private static func nearest(to commune: Commune, of towns: [Commune]) -> [Int] {
        let distances = towns.map { distance($0, commune) }
        let least = distances.min() ?? 0
        return towns.indices.filter { distances[$0] == least }
    }

    /// Squared, in degrees of latitude: good enough over a département at 43° north.
    private static func distance(_ left: Commune, _ right: Commune) -> Double {
        let latitude = (left.latitude ?? 0) - (right.latitude ?? 0)
        let longitude = ((left.longitude ?? 0) - (right.longitude ?? 0)) * 0.73
        return latitude * latitude + longitude * longitude
    }
}

extension DemoPlaces.Cover {
    mutating func add(_ commune: Commune, _ population: Int) {
        communes.append(commune)
        sums.append((sums.last ?? 0) + population)
    }

    func draw(_ dice: inout Dice) -> Commune {
        let inhabitant = dice.roll(sums[sums.count - 1])
        var low = 0
        var high = sums.count - 1
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > inhabitant { high = middle } else { low = middle + 1 }
        }
        return communes[low]
    }
}
