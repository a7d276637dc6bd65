import ArgumentParser
import Core
import Foundation
import Store

/// Why a command did not do what was asked, in a sentence for whoever runs it: no stack trace, nothing personal.
struct Failure: Error, Equatable {
    let sentence: String
    var status: Int32 = 1

    init(_ sentence: String, status: Int32 = 1) {
        self.sentence = sentence
        self.status = status
    }

    /// A setting that cannot be used (EX_CONFIG of sysexits).
    static func setting(_ name: String, _ sentence: String) -> Failure { Failure("\(name): \(sentence)", status: 78) }

    /// - Returns: `nil` for what the parser of arguments has to say itself.
    init?(of error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let refusal as Refusal:
            self.init(refusal.fields.isEmpty ? refusal.sentence : refusal.fields.values.sorted().joined(separator: " "))
        case let error as StoreError: self.init("\(error)")
        case let violation as ConstraintViolation: self.init("the database refused the change by its rule \(violation.name)")
        case let error as CocoaError: self.init(error.localizedDescription)
        case is CancellationError: self.init("stopped before the end", status: 130)
        case is ExitCode, is CleanExit, is ValidationError: return nil
        default:
            guard Lien.exitCode(for: error) == .failure else { return nil }
            self.init("something went wrong: \(error)")
        }
    }
}
