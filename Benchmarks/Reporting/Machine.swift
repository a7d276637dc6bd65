import Foundation

/// Where the figures are taken.
enum Machine {
    /// Processor, cores, memory and system: `AMD EPYC, 2 cores, 23 GB, Debian GNU/Linux 12`.
    static var description: String {
        let process = ProcessInfo.processInfo
        let memory = "\(process.physicalMemory >> 30) GB"
        return [processor, "\(process.activeProcessorCount) cores", memory, system].joined(separator: ", ")
    }

    /// The most memory that this process held, in MB.
    static var peakMegabytes: Double {
        let kilobytes = field("VmHWM", of: "/proc/self/status")?.split(separator: " ").first.flatMap { Double($0) } ?? 0
        return (kilobytes / 1024).rounded()
    }

    /// How many wanted a processor, on average over the last minute.
    static var load: Double {
        let text = try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)
        return text?.split(separator: " ").first.flatMap { Double($0) } ?? 0
    }

    private static var processor: String { field("model name", of: "/proc/cpuinfo") ?? "unknown processor" }

    private static var system: String {
        let text = (try? String(contentsOfFile: "/etc/os-release", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }
        return line.map { String($0.dropFirst("PRETTY_NAME=".count)).replacing("\"", with: "") } ?? "unknown system"
    }

    /// The value after `name` and a colon.
    private static func field(_ name: String, of path: String) -> String? {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces)
    }
}
