import CPostgres
import Foundation

extension PostgresSession {
    private static let chunk = 1 << 16

    /// COPY in text format.
    func load(_ table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws {
        try checkUsable()
        do {
            try settle()
            try beginCopy("COPY \(Dialect.quoted(table)) (\(columns.map(Dialect.quoted).joined(separator: ", "))) FROM STDIN")
            do { try send(rows, width: columns.count) } catch {
                try? endCopy("the rows could not be written")
                throw error
            }
            try endCopy(nil)
        } catch {
            throw failed(error)
        }
    }

    private func send(_ rows: some Sequence<[SQLValue]>, width: Int) throws {
        var text = CopyText()
        for row in rows {
            guard row.count == width else { throw StoreError.wrongWidth(row.count, width) }
            try text.append(row)
            if text.bytes.count >= Self.chunk {
                try put(text.bytes)
                text.bytes.removeAll(keepingCapacity: true)
            }
        }
        try put(text.bytes)
    }

    private func beginCopy(_ text: String) throws {
        let result = PQexec(connection, text)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COPY_IN else { throw PostgresFailure.of(result, connection) }
    }

    private func put(_ bytes: [UInt8]) throws {
        let sent = bytes.withUnsafeBytes { bytes in
            PQputCopyData(connection, bytes.assumingMemoryBound(to: CChar.self).baseAddress, Int32(bytes.count))
        }
        guard sent == 1 else { throw PostgresFailure.of(nil, connection) }
    }

    /// Ends the COPY, giving it up when there is a reason to.
    private func endCopy(_ reason: String?) throws {
        PQputCopyEnd(connection, reason)
        var failure: (any Error)?
        while let result = PQgetResult(connection) {
            if PQresultStatus(result) != PGRES_COMMAND_OK { failure = failure ?? PostgresFailure.of(result, connection) }
            PQclear(result)
        }
        if let failure { throw failure }
    }
}

/// Rows in COPY's text format: tabs between values, `\N` for NULL.
private struct CopyText {
    var bytes: [UInt8] = []
    private static let hexadecimal = Array("0123456789abcdef".utf8)

    mutating func append(_ row: [SQLValue]) throws {
        for (index, value) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            try append(value)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ value: SQLValue) throws {
        switch value {
        case .null: bytes += "\\N".utf8
        case .bool(let bool): bytes.append(UInt8(ascii: bool ? "t" : "f"))
        case .integer(let integer): bytes += String(integer).utf8
        case .real(let real): bytes += "\(real)".utf8
        case .text(let text): try append(text)
        case .blob(let blob):
            bytes += "\\\\x".utf8
            for byte in blob { append(hexadecimal: byte) }
        case .uuid(let uuid): withUnsafeBytes(of: uuid.uuid) { for byte in $0 { append(hexadecimal: byte) } }
        }
    }

    private mutating func append(_ text: String) throws {
        for byte in text.utf8 {
            switch byte {
            case 0: throw StoreError.nulInText
            case UInt8(ascii: "\\"): bytes += "\\\\".utf8
            case UInt8(ascii: "\t"): bytes += "\\t".utf8
            case UInt8(ascii: "\n"): bytes += "\\n".utf8
            case UInt8(ascii: "\r"): bytes += "\\r".utf8
            default: bytes.append(byte)
            }
        }
    }

    private mutating func append(hexadecimal byte: UInt8) {
        bytes.append(Self.hexadecimal[Int(byte >> 4)])
        bytes.append(Self.hexadecimal[Int(byte & 15)])
    }
}
