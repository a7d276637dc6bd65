extension Journal {
    /// JSON with sorted keys: one payload, one text.
    static func encode(_ payload: [String: String]) -> String {
        var json: [UInt8] = [UInt8(ascii: "{")]
        json.reserveCapacity(160)
        for (key, value) in payload.sorted(by: { $0.key < $1.key }) {
            if json.count > 1 { json.append(UInt8(ascii: ",")) }
            JSONText.append(key, to: &json)
            json.append(UInt8(ascii: ":"))
            JSONText.append(value, to: &json)
        }
        json.append(UInt8(ascii: "}"))
        return String(decoding: json, as: UTF8.self)
    }
}
