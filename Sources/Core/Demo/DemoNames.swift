/// Invented names, in the manner of those that one meets between the gaves and the ocean.
enum DemoNames {
    enum Origin: CaseIterable {
        case basque, bearnais, french, portuguese, maghreb, ukrainian, african, turkish
    }

    static let origins: [(Origin, Double)] = [
        (.basque, 30), (.bearnais, 27), (.french, 22), (.portuguese, 6), (.maghreb, 7), (.african, 4), (.ukrainian, 2), (.turkish, 2),
    ]

    static func language(of origin: Origin) -> String {
        switch origin {
        case .basque, .bearnais, .french: "fr"
        case .portuguese: "pt"
        case .maghreb: "ar"
        case .ukrainian: "uk"
        case .african: "fr"
        case .turkish: "tr"
        }
    }

    static func family(_ origin: Origin, _ dice: inout Dice) -> String {
        switch origin {
        case .basque: dice.pick(basqueBeginnings) + dice.pick(basqueEndings)
        case .bearnais: bearnais(&dice)
        case .french: dice.pick(frenchBeginnings) + dice.pick(frenchEndings)
        case .portuguese: dice.pick(portugueseFamilies)
        case .maghreb: maghreb(&dice)
        case .ukrainian: dice.pick(ukrainianRoots) + dice.pick(["enko", "chuk", "iouk", "ska"])
        case .african: dice.pick(africanFamilies)
        case .turkish: dice.pick(turkishRoots) + dice.pick(["oğlu", "kaya", "taş", "demir"])
        }
    }

    static func given(_ origin: Origin, woman: Bool, _ dice: inout Dice) -> String {
        switch (origin, woman) {
        case (.basque, true): dice.pick(basqueWomen)
        case (.basque, false): dice.pick(basqueMen)
        case (.portuguese, true): dice.pick(portugueseWomen)
        case (.portuguese, false): dice.pick(portugueseMen)
        case (.maghreb, true): dice.pick(maghrebWomen)
        case (.maghreb, false): dice.pick(maghrebMen)
        case (.ukrainian, true): dice.pick(ukrainianWomen)
        case (.ukrainian, false): dice.pick(ukrainianMen)
        case (.african, true): dice.pick(africanWomen)
        case (.african, false): dice.pick(africanMen)
        case (.turkish, true): dice.pick(turkishWomen)
        case (.turkish, false): dice.pick(turkishMen)
        case (_, true): french(frenchWomen, &dice)
        case (_, false): french(frenchMen, &dice)
        }
    }

    private static func bearnais(_ dice: inout Dice) -> String {
        let name = dice.pick(bearnaisBeginnings) + dice.pick(bearnaisEndings)
        return dice.chance(8) ? "Casa" + name.lowercased() : name
    }

    private static func maghreb(_ dice: inout Dice) -> String {
        let beginning = dice.pick(["Ben", "El ", "Bou", "Aït "]), root = dice.pick(maghrebRoots)
        return beginning + (beginning.hasSuffix(" ") ? Format.capitalized(root) : root)
    }

    /// Some have two: Marie-Odile, Jean-Baptiste.
    private static func french(_ names: [String], _ dice: inout Dice) -> String {
        let first = dice.pick(names)
        guard dice.chance(9) else { return first }
        let second = dice.pick(names)
        return first == second ? first : "\(first)-\(second)"
    }
}
