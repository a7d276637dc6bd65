import Core
import MimeShim

extension ReturnedMail {
    /// Reads a letter with GMime.
    /// - Returns: `nil` for what is no e-mail.
    init?(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return nil }
        let read = bytes.withUnsafeBufferPointer { mime_mail_read($0.baseAddress, $0.count) }
        guard let mail = read else { return nil }
        defer { mime_mail_free(mail) }
        let head = (0..<mime_mail_field_count(mail)).map { Field(mime_mail_field_name(mail, $0), mime_mail_field_value(mail, $0)) }
        guard !head.isEmpty else { return nil }
        self.init(head: head, sender: Self.text(mime_mail_sender(mail)), plain: Self.text(mime_mail_plain(mail)))
        html = Self.text(mime_mail_html(mail))
        isReport = mime_mail_is_report(mail) != 0
        files = mime_mail_files(mail)
        statuses = (0..<mime_mail_status_count(mail)).map { group in
            (0..<mime_mail_status_field_count(mail, group)).map {
                Field(mime_mail_status_name(mail, group, $0), mime_mail_status_value(mail, group, $0))
            }
        }
    }

    private static func text(_ text: UnsafePointer<CChar>?) -> String? { text.map { String(cString: $0) } }
}

extension ReturnedMail.Field {
    fileprivate init(_ name: UnsafePointer<CChar>?, _ value: UnsafePointer<CChar>?) {
        self.init(name.map { String(cString: $0) } ?? "", value.map { String(cString: $0) } ?? "")
    }
}
