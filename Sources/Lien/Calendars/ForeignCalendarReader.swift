import AsyncHTTPClient
import Core
import Foundation
import NIOCore
import NIOHTTP1
import Scheduling

/// Reads a foreign calendar at its address, and nowhere else: see ``OutsideCall``. It may be led on a few times, each address judged.
struct ForeignCalendarReader: Sendable {
    /// For development: `http`, and this machine (LIEN_WEBHOOKS_TO_LOOPBACK).
    var toLoopback = false
    /// For each address.
    var timeout = TimeAmount.seconds(20)
    var largest = BusyTimes.longest

    private static let mostRedirections = 3

    func read(_ reading: ForeignReading, at now: Instant) async -> ForeignReading.Outcome {
        do {
            let answer = try await follow(reading.calendar.url, tag: reading.tag)
            guard case .body(let bytes, let tag) = answer else { return .same }
            let times = try BusyTimes.read(bytes, in: reading.window(at: now), zone: reading.territory.zone)
            return .read(times, tag: tag)
        } catch let failure as OutsideCall.Failure {
            return .failed(failure.trouble)
        } catch let trouble as Unwelcome {
            return .failed(trouble.trouble)
        } catch let unreadable as BusyTimes.Unreadable {
            return .failed(unreadable == .tooMuch ? .tooBig : .noCalendar)
        } catch {
            return .failed(.connection)
        }
    }

    private enum Answer: Sendable {
        case body([UInt8], tag: String?)
        case same
        case elsewhere(String)
    }

    private struct Unwelcome: Error { let trouble: ForeignCalendar.Trouble }

    private func follow(_ url: String, tag: String?) async throws -> Answer {
        var url = url
        for _ in 0...Self.mostRedirections {
            let answer = try await ask(url, tag: tag)
            guard case .elsewhere(let next) = answer else { return answer }
            guard let target = URL(string: next, relativeTo: URL(string: url)) else { throw Unwelcome(trouble: .answer) }
            url = target.absoluteString
        }
        throw Unwelcome(trouble: .answer)
    }

    private func ask(_ url: String, tag: String?) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.headers = ["accept": "text/calendar", "user-agent": "lien-calendar/1"]
        if let tag { request.headers.add(name: "if-none-match", value: tag) }
        let largest = largest
        return try await OutsideCall(toLoopback: toLoopback, timeout: timeout).send(request) { response in
            switch response.status.code {
            case 200: return try await Self.body(response, largest: largest)
            case 304 where tag != nil: return .same
            case 301, 302, 303, 307, 308:
                guard let next = response.headers.first(name: "location") else { throw Unwelcome(trouble: .answer) }
                return .elsewhere(next)
            case 404, 410: throw Unwelcome(trouble: .gone)
            case 401, 403: throw Unwelcome(trouble: .refused)
            default: throw Unwelcome(trouble: .answer)
            }
        }
    }

    private static func body(_ response: HTTPClientResponse, largest: Int) async throws -> Answer {
        do {
            let buffer = try await response.body.collect(upTo: largest)
            let tag = response.headers.first(name: "etag").flatMap { $0.utf8.count <= 200 ? $0 : nil }
            return .body(Array(buffer.readableBytesView), tag: tag)
        } catch is NIOTooManyBytesError {
            throw Unwelcome(trouble: .tooBig)
        }
    }
}

extension OutsideCall.Failure {
    fileprivate var trouble: ForeignCalendar.Trouble {
        switch self {
        case .forbidden: .forbidden
        case .unresolvable: .unresolvable
        case .timeout: .timeout
        case .tls: .tls
        case .connection: .connection
        }
    }
}
