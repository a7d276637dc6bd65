import Core

/// Who is signed in, and all that decides what they may do: found once per request.
struct SignedIn: Sendable {
    let acting: Acting
}
