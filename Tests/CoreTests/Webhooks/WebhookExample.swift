/// The example of docs/webhooks.md, which Tests/ScriptTests runs with the receiver's code that stands there.
enum WebhookExample {
    static let signature = "v1,YE6HIblI77OnY+4pS4+CjrwW+OQeFqbOVU5DN1UpFfM="
}
