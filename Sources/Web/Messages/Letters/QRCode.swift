import CQRencode
import Foundation

/// A square that a telephone's camera reads (ISO/IEC 18004), drawn by libqrencode.
struct QRCode: Sendable, Equatable {
    let width: Int
    /// Row by row.
    let dark: [Bool]

    /// - Returns: `nil` for a text that no square holds.
    init?(_ text: String) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let side = Int(code.pointee.width), data = code.pointee.data
        width = side
        dark = (0..<side * side).map { (data?[$0] ?? 0) & 1 == 1 }
    }

    /// With the four light modules around that cameras need.
    var svg: HTML {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 \(width + 8) \(width + 8)">\
        <path fill="#fff" d="M-4-4h\(width + 8)v\(width + 8)h-\(width + 8)z"/>\
        <path fill="#000" d="\(path)"/></svg>
        """
    }

    /// As a picture with a name, which readers of tagged files say.
    func picture(_ name: String) -> HTML {
        let bytes = Data(svg.bytes(token: "")).base64EncodedString()
        return "<img alt=\"\(name)\" src=\"data:image/svg+xml;base64,\(bytes)\">"
    }

    /// A stroke for each run of dark modules.
    private var path: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let run = dark[(row * width + column)..<((row + 1) * width)].prefix { $0 }.count
                if run > 0 { path += "M\(column) \(row)h\(run)v1h-\(run)z" }
                column += max(run, 1)
            }
        }
        return path
    }
}
