import Foundation

/// A territory's colour, made readable: darkened on light paper and lightened on dark paper until its contrast is enough (WCAG 1.4.3).
struct Accent: Sendable, Equatable {
    let light: Shades
    let dark: Shades

    struct Shades: Sendable, Equatable {
        var accent: Colour
        var ink: Colour
        var wash: Colour
    }

    static let standard = Accent(Colour(red: 0x0A, green: 0x6B, blue: 0x5D))

    /// - Parameter text: `#rrggbb`; anything else is refused.
    init?(_ text: String) {
        guard let colour = Colour(text) else { return nil }
        self.init(colour)
    }

    private init(_ colour: Colour) {
        light = Self.shades(colour, on: Colour(red: 0xFB, green: 0xFA, blue: 0xF8), towards: .black, strength: 0.11)
        dark = Self.shades(colour, on: Colour(red: 0x1C, green: 0x22, blue: 0x2A), towards: .white, strength: 0.2)
    }

    private static func shades(_ colour: Colour, on paper: Colour, towards end: Colour, strength: Double) -> Shades {
        var shade = colour
        var wash = colour.mixed(with: paper, keeping: strength)
        for step in 0...40 {
            shade = end.mixed(with: colour, keeping: Double(step) / 40)
            wash = shade.mixed(with: paper, keeping: strength)
            if shade.contrast(with: paper) >= 4.6, shade.contrast(with: wash) >= 4.6 { break }
        }
        let ink = Colour.white.contrast(with: shade) >= 4.6 ? Colour.white : Colour(red: 0x0B, green: 0x12, blue: 0x18)
        return Shades(accent: shade, ink: ink, wash: wash)
    }

    /// The custom properties of both schemes, for the layout's style block.
    var css: HTML {
        ":root{\(Self.properties(light))}@media (prefers-color-scheme:dark){:root{\(Self.properties(dark))}}"
    }

    private static func properties(_ shades: Shades) -> HTML {
        "--accent:\(shades.accent.text);--accent-ink:\(shades.ink.text);--accent-wash:\(shades.wash.text)"
    }
}

/// An sRGB colour.
struct Colour: Sendable, Equatable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8

    static let black = Colour(red: 0, green: 0, blue: 0)
    static let white = Colour(red: 255, green: 255, blue: 255)

    init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 7, digits[0] == UInt8(ascii: "#"), let value = UInt32(text.dropFirst(), radix: 16) else { return nil }
        guard digits[1] != UInt8(ascii: "+"), digits[1] != UInt8(ascii: "-") else { return nil }
        self.init(red: UInt8(value >> 16), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
    }

    var text: String {
        let value = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
        let digits = String(value, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// This colour over another, as opaque as `share` says.
    func mixed(with other: Colour, keeping share: Double) -> Colour {
        func mix(_ one: UInt8, _ two: UInt8) -> UInt8 { UInt8((Double(one) * share + Double(two) * (1 - share)).rounded()) }
        return Colour(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }

    /// 1…21, as WCAG 2 defines it.
    func contrast(with other: Colour) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    private var luminance: Double {
        func linear(_ channel: UInt8) -> Double {
            let value = Double(channel) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}
