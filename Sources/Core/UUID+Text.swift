import Foundation

extension UUID {
    /// In lower case (RFC 9562, section 4). By hand: Foundation's goes through `printf`, and a list of slots holds thousands.
    public var text: String {
        withUnsafeBytes(of: uuid) { bytes in
            String(unsafeUninitializedCapacity: 36) { text in
                var end = 0
                for (index, byte) in bytes.enumerated() {
                    if index == 4 || index == 6 || index == 8 || index == 10 { end = text.append(UInt8(ascii: "-"), at: end) }
                    end = text.append(Self.digit(byte >> 4), at: end)
                    end = text.append(Self.digit(byte & 0x0F), at: end)
                }
                return end
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
}

extension UnsafeMutableBufferPointer<UInt8> {
    fileprivate func append(_ byte: UInt8, at index: Int) -> Int {
        initializeElement(at: index, to: byte)
        return index + 1
    }
}
