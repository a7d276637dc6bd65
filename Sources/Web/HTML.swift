/// A piece of a page, as UTF-8 bytes.
///
/// A literal is trusted, an interpolated `String` is escaped, an interpolated `HTML` goes in as it is; nothing else turns text into
/// markup, so that unescaped text does not compile. Attributes are always written between double quotes.
struct HTML: Sendable, Equatable {
    private(set) var bytes: [UInt8]

    private init(bytes: [UInt8]) { self.bytes = bytes }

    static let empty: HTML = ""

    /// Stands in the bytes for the request's form token (see ``PostForm``) until the page is answered. Escaping never lets it through.
    static let tokenSlot: UInt8 = 0x1A

    var isEmpty: Bool { bytes.isEmpty }
}

extension HTML: ExpressibleByStringInterpolation {
    init(stringLiteral text: StaticString) {
        bytes = text.withUTF8Buffer(Array.init)
    }

    init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.bytes
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate(set) var bytes: [UInt8] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        mutating func appendLiteral(_ text: StaticString) {
            text.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        mutating func appendInterpolation(_ html: HTML) {
            bytes.append(contentsOf: html.bytes)
        }

        mutating func appendInterpolation(_ html: HTML?) {
            if let html { bytes.append(contentsOf: html.bytes) }
        }

        mutating func appendInterpolation(_ view: some View) {
            bytes.append(contentsOf: view.html.bytes)
        }

        mutating func appendInterpolation<V: View>(_ view: V?) {
            if let view { bytes.append(contentsOf: view.html.bytes) }
        }

        mutating func appendInterpolation(_ text: String) {
            bytes.appendEscaped(text)
        }

        mutating func appendInterpolation(_ text: Substring) {
            bytes.appendEscaped(text)
        }

        mutating func appendInterpolation(_ text: String?) {
            if let text { bytes.appendEscaped(text) }
        }

        mutating func appendInterpolation(_ number: some BinaryInteger) {
            bytes.append(contentsOf: number.description.utf8)
        }

        /// `href="\(href: url)"`: only a typed URL can stand there.
        mutating func appendInterpolation(href url: URLPath) {
            bytes.appendEscaped(url.text)
        }

        mutating func appendInterpolation<S: Sequence>(each items: S, _ view: (S.Element) -> HTML) {
            for item in items { bytes.append(contentsOf: view(item).bytes) }
        }

        mutating func appendInterpolation<S: Sequence>(each views: S) where S.Element: View {
            for view in views { bytes.append(contentsOf: view.html.bytes) }
        }

        mutating func appendInterpolation(if condition: Bool, _ html: @autoclosure () -> HTML) {
            if condition { bytes.append(contentsOf: html().bytes) }
        }

        /// ` name="value"`, or nothing when there is no value.
        mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
            guard let value else { return }
            appendAttributeName(name)
            bytes.append(contentsOf: #"=""#.utf8)
            bytes.appendEscaped(value)
            bytes.append(UInt8(ascii: "\""))
        }

        /// ` checked`, or nothing.
        mutating func appendInterpolation(attribute name: StaticString, if condition: Bool) {
            if condition { appendAttributeName(name) }
        }

        private mutating func appendAttributeName(_ name: StaticString) {
            bytes.append(UInt8(ascii: " "))
            name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }
    }
}

extension HTML {
    /// Where a ``PostForm`` writes the form token.
    static let token = HTML(bytes: [tokenSlot])

    static func + (left: HTML, right: HTML) -> HTML { HTML(bytes: left.bytes + right.bytes) }

    init(each items: [HTML], separator: HTML = .empty) {
        bytes = Array(items.map(\.bytes).joined(separator: separator.bytes))
    }

    /// The bytes to send, every token slot filled.
    func bytes(token: String) -> [UInt8] {
        guard var slot = bytes.firstIndex(of: Self.tokenSlot) else { return bytes }
        var filled: [UInt8] = []
        filled.reserveCapacity(bytes.count + 256)
        var start = 0
        while true {
            filled.append(contentsOf: bytes[start..<slot])
            filled.appendEscaped(token)
            start = slot + 1
            guard let next = bytes[start...].firstIndex(of: Self.tokenSlot) else { break }
            slot = next
        }
        filled.append(contentsOf: bytes[start...])
        return filled
    }

    /// For tests and logs of the product's own words; answers send ``bytes(token:)``.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Something that shows itself: a component, a row, a page.
protocol View: Sendable {
    var html: HTML { get }
}
