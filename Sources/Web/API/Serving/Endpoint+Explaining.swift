import Core
import Hummingbird

/// What a refusal shows beside its sentence, for programs to act on.
struct ProblemMember: Sendable {
    let name: String
    let write: @Sendable (inout JSONWriter) -> Void

    init(_ name: String, _ write: @escaping @Sendable (inout JSONWriter) -> Void) {
        self.name = name
        self.write = write
    }
}

extension Endpoint {
    /// The same, some of whose refusals show more than a sentence.
    func explaining(_ explain: @escaping @Sendable (Call, Refusal) async throws -> ProblemMember?) -> Endpoint {
        var endpoint = self
        endpoint.act = { call, request in
            do { return try await act(call, request) } catch let refusal as Refusal where refusal.kind == .conflict {
                guard let member = try await explain(call, refusal) else { throw refusal }
                return Problem(Answer(refusal.inJSON)).response(with: member)
            }
        }
        return endpoint
    }
}

extension Problem {
    func response(with member: ProblemMember) -> Response {
        var writer = JSONWriter()
        writer.object { writer in
            for (name, text) in [("type", type), ("title", title), ("detail", detail), ("code", code)] {
                writer.key(name)
                writer.text(text)
            }
            writer.key("status")
            writer.integer(status)
            writer.key(member.name)
            member.write(&writer)
        }
        let body = ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes))
        return Response(status: .init(code: status), headers: [.contentType: "application/problem+json"], body: body)
    }
}
