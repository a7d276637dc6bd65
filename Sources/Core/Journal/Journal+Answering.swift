extension Journal {
    /// Runs what writes the entry of a reading or of a search before it is answered: when the entry cannot be written, nothing is shown.
    /// - Throws: ``NotJournalled`` around what kept it from being written.
    public static func beforeAnswering<T: Sendable>(_ write: () async throws -> T) async throws -> T {
        do { return try await write() } catch let refusal as Refusal {
            throw refusal
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            throw NotJournalled(cause: error)
        }
    }
}

/// Its entry could not be written, so nothing is shown: ``Refusal/notJournalled`` for who asked, the cause for who runs the server.
public struct NotJournalled: Error {
    public let cause: any Error
}

extension Refusal {
    public static let notJournalled = Refusal(
        .unavailable, "not-journalled", "Cette page ne peut pas s’ouvrir pour le moment. Réessayez dans un instant.")
}
