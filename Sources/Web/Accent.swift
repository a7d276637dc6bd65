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
        let tint = Tint(colour)
        let lights = stride(from: min(tint.lightness, 0.5), through: 0, by: -0.01).map { tint.with(lightness: $0) }
        let darks = stride(from: max(tint.lightness, 0.5), through: 1, by: 0.01).map { tint.with(lightness: $0, saturation: 0.5) }
        light = Self.readable(lights, on: Colour(red: 0xFB, green: 0xFA, blue: 0xF8), wash: tint.with(lightness: 0.92, saturation: 0.4))
        dark = Self.readable(darks, on: Colour(red: 0x23, green: 0x2A, blue: 0x33), wash: tint.with(lightness: 0.15, saturation: 0.5))
    }

    /// The first shade that can be read on paper and on its own wash, and the ink that can be read on it.
    private static func readable(_ shades: [Colour], on paper: Colour, wash: Colour) -> Shades {
        let accent = shades.first { $0.contrast(with: paper) >= 4.6 && $0.contrast(with: wash) >= 4.6 } ?? shades.last ?? .black
        let ink = Colour.white.contrast(with: accent) >= 4.6 ? Colour.white : Colour(red: 0x07, green: 0x12, blue: 0x18)
        return Shades(accent: accent, ink: ink, wash: wash)
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

/// A colour as hue, saturation and lightness: lighter or darker, it stays itself, where mixing with white would wash it out.
private struct Tint {
    /// 0…6, red at 0.
    var hue: Double
    var saturation: Double
    var lightness: Double

    init(_ colour: Colour) {
        let parts = [colour.red, colour.green, colour.blue].map { Double($0) / 255 }
        let (most, least) = (max(parts[0], parts[1], parts[2]), min(parts[0], parts[1], parts[2]))
        let range = most - least
        lightness = (most + least) / 2
        saturation = range == 0 ? 0 : range / (1 - abs(2 * lightness - 1))
        hue =
            switch true {
            case range == 0: 0
            case most == parts[0]: (parts[1] - parts[2]) / range + (parts[1] < parts[2] ? 6 : 0)
            case most == parts[1]: (parts[2] - parts[0]) / range + 2
            default: (parts[0] - parts[1]) / range + 4
            }
    }

    /// - Parameter saturation: what share of the colour's own is kept.
    func with(lightness: Double, saturation share: Double = 1) -> Colour {
        let chroma = saturation * share * min(lightness, 1 - lightness)
        func channel(_ offset: Double) -> UInt8 {
            let place = (offset + hue * 2).truncatingRemainder(dividingBy: 12)
            let value = lightness - chroma * max(-1, min(place - 3, 9 - place, 1))
            return UInt8((min(max(value, 0), 1) * 255).rounded())
        }
        return Colour(red: channel(0), green: channel(8), blue: channel(4))
    }
}
