import Core
import Crypto
import HTTPTypes
import Hummingbird
import Store

extension Endpoint {
    /// The transaction in which something is made.
    enum Transaction: Sendable {
        /// `Store.write`.
        case write
        /// `Store.claim`: for what takes someone's time.
        case claim
    }

    /// Makes something, once for each `Idempotency-Key`: the answer is kept in the very transaction that makes it.
    ///
    /// - Parameters:
    ///   - id: what ends the new thing's own address, after this one's.
    ///   - make: runs inside the transaction, and may run twice.
    static func create<Model>(
        _ path: String, _ summary: String, needs: Permission? = nil, body: Fields, answers shape: Shape<Model>,
        in transaction: Transaction = .write, located: Bool = true, _ make: @escaping @Sendable (Call, Writer) throws -> Model
    ) -> Endpoint {
        Endpoint(
            method: .post, path: path, summary: summary, needs: needs, body: body, status: .created, answer: shape.schema,
            conflicts: true, isOnce: true, locates: located,
            act: { call, request in
                let answer = try await Creation(call, request, transaction).run { db in
                    Answered(shape, try make(call, db), status: .created)
                }
                return answer.response(located ? answer.location(under: request.uri.path) : [:])
            })
    }
}

/// One creation, done once when it has a key.
private struct Creation: Sendable {
    let call: Call
    let once: Idempotency?
    let transaction: Endpoint.Transaction

    init(_ call: Call, _ request: Request, _ transaction: Endpoint.Transaction) throws {
        self.call = call
        self.transaction = transaction
        once = try request.idempotencyKey().map { key in
            var writer = JSONWriter()
            writer.json(.object(call.body.values))
            return Idempotency(key: key, request: Array(SHA256.hash(data: Array("\(request.uri.path)\n".utf8) + writer.bytes)))
        }
    }

    /// Two at once with one key: the second waits for the first, finds its answer and gives it again.
    func run(_ make: @escaping @Sendable (Writer) throws -> Answered) async throws -> Answered {
        do {
            return try await attempt(make)
        } catch let violation as ConstraintViolation where violation.name == Idempotency.constraint {
            return try await attempt(make)
        } catch let violation as ConstraintViolation {
            throw violation.refusal ?? violation
        }
    }

    private func attempt(_ make: @escaping @Sendable (Writer) throws -> Answered) async throws -> Answered {
        switch transaction {
        case .write: try await call.store.write { db in try done(make, db) }
        case .claim: try await call.store.claim { db in try done(make, db) }
        }
    }

    private func done(_ make: (Writer) throws -> Answered, _ db: Writer) throws -> Answered {
        guard let once else { return try make(db) }
        let answer = try once.once(by: call.acting, at: call.now, in: db) {
            let made = try make(db)
            return Idempotency.Answer(status: made.status.code, body: String(decoding: made.body, as: UTF8.self))
        }
        return Answered(answer)
    }
}

extension Answered {
    fileprivate init(_ kept: Idempotency.Answer) {
        status = HTTPResponse.Status(code: kept.status)
        body = Array(kept.body.utf8)
    }

    /// The address of what was made, from the `id` that the answer shows.
    fileprivate func location(under path: String) -> HTTPFields {
        let value = try? JSON.value(of: ByteBuffer(bytes: body))
        return value?["id"]?.text.map { [.location: "\(path)/\($0)"] } ?? [:]
    }
}
