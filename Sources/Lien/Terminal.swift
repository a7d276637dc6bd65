import Foundation

/// What is written for whoever runs a command: answers on standard output, the rest on standard error.
enum Terminal {
    static func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
    static func complain(_ sentence: String) { FileHandle.standardError.write(Data("lien: \(sentence)\n".utf8)) }
    static func progress(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
