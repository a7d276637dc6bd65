import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Reads what must not be seen: without echo on a terminal, else one line of standard input.
enum SecretInput {
    /// - Throws: ``Failure`` when there is none, or the two are not the same.
    static func password() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = readLine(), !line.isEmpty else { throw Failure("give the password on standard input") }
            return line
        }
        let first = try typed("Password: ")
        guard try typed("Again: ") == first else { throw Failure("the two passwords are not the same") }
        return first
    }

    private static func typed(_ prompt: String) throws -> String {
        var terminal = termios()
        tcgetattr(STDIN_FILENO, &terminal)
        var silent = terminal
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSANOW, &terminal)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        FileHandle.standardError.write(Data(prompt.utf8))
        guard let line = readLine(), !line.isEmpty else { throw Failure("no password was given") }
        return line
    }
}
