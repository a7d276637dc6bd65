import Foundation
import Store

/// A walk along a territory's chain: takes its entries in order, and stops at the first that is not what was sealed.
struct JournalCheck {
    let certificates: JournalCertificates
    let noted: Journal.Head?
    private(set) var last = Journal.Head.start
    private(set) var sealed: Int64 = 0
    private(set) var unsealed: Int64 = 0
    private(set) var payloads: Int64 = 0
    private(set) var erased = 0

    init(certificates: JournalCertificates, noted: Journal.Head? = nil) {
        self.certificates = certificates
        self.noted = noted
    }

    /// The place in the chain of the entry at hand, or that it will have once sealed.
    private var place: Int64 { last.seq + unsealed }

    /// - Throws: ``JournalFault``.
    mutating func add(_ entry: JournalEntry) throws {
        if let seq = entry.seq { try link(entry, seq) } else { unsealed += 1 }
        try matchPayload(entry)
        guard entry.header.act == Journal.Act.erased.rawValue else { return }
        guard certificates.headers.contains(entry.header.id) else { throw fault("the erasure of this certificate is not recorded") }
    }

    /// The head remembers how long the chain was: removing its last entries shows.
    func checkHead(_ head: Journal.Head?) throws {
        guard head != nil || sealed > 0 else { return }
        guard let head, head.seq >= last.seq else { throw JournalFault(seq: last.seq, why: "the chain’s head is missing or behind") }
        guard head.seq == last.seq else { throw JournalFault(seq: last.seq + 1, why: "the last entries are missing") }
        guard head.seal == last.seal else { throw fault("the chain’s head has another seal") }
        if let noted, noted.seq > last.seq { throw JournalFault(seq: last.seq + 1, why: "the chain is shorter than the seal noted") }
    }

    /// Nothing is left over: a payload without an entry, an erasure of what is not there.
    func checkCounts(payloads: Int64, erased: Int) throws {
        guard payloads == self.payloads else { throw fault("a payload has no entry") }
        guard erased == self.erased, erased == certificates.numbers.count else { throw fault("a certificate lists what is not there") }
    }

    func fault(_ why: String) -> JournalFault { JournalFault(seq: place, why: why) }
}

extension JournalCheck {
    private mutating func link(_ entry: JournalEntry, _ seq: Int64) throws {
        let expected = last.seq + 1
        guard seq >= expected else { throw JournalFault(seq: seq, why: "an entry was added") }
        guard seq == expected else { throw JournalFault(seq: expected, why: "the entry is missing") }
        let seal = entry.header.seal(after: last.seal, seq: seq)
        last = Journal.Head(seq: seq, seal: seal)
        sealed += 1
        guard entry.seal == seal else { throw fault("the entry is not the one that was sealed") }
        guard noted?.seq != seq || noted?.seal == seal else { throw fault("the seal is not the one noted") }
    }

    /// A payload is there and is the one of the header's digest; or a certificate lists the entry, and it is not there.
    private mutating func matchPayload(_ entry: JournalEntry) throws {
        guard let salt = entry.salt, let payload = entry.payload else { return try matchErasure(entry) }
        payloads += 1
        guard Journal.digest(salt: salt, payload: payload) == entry.header.digest else {
            throw fault("the payload is not the one recorded")
        }
        guard entry.erasedUnder == nil, certificates.numbers[entry.header.id] == nil else { throw fault("an erased payload is there") }
    }

    private mutating func matchErasure(_ entry: JournalEntry) throws {
        guard let number = certificates.numbers[entry.header.id] else { throw fault("the payload is missing") }
        guard entry.erasedUnder == number else { throw fault("the erasure of this payload is not recorded") }
        erased += 1
    }
}
