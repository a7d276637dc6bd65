#if canImport(Glibc)
    import Glibc
#endif

enum SystemClock {
    /// Whether a time server keeps the clock right, as the kernel knows; `nil` where it cannot be asked.
    static var isSynchronized: Bool? {
        #if canImport(Glibc)
            var state = timex()
            let answer = adjtimex(&state)
            return answer < 0 ? nil : answer != TIME_ERROR
        #else
            return nil
        #endif
    }
}
