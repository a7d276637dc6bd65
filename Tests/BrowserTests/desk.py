"""Pages for a test, signed in as whoever it needs."""
import pages

# Still, so that a colour is never measured half-way to another.
FRENCH = {"locale": "fr-FR", "timezone_id": "Europe/Paris", "reduced_motion": "reduce"}


class Desk:
    """Opens pages for whoever a test needs, and notices what their scripts complain about."""

    def __init__(self, browser, states):
        self.browser, self.states = browser, states
        self.contexts, self.complaints = [], []

    def page(self, server, storage_state=None, **options):
        context = self.browser.new_context(base_url=server.url, storage_state=storage_state, **FRENCH, **options)
        context.set_default_timeout(60_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self.hear(page, message))
        return page

    def page_as(self, server, role, organization="", **options):
        """Someone with this role, signed in once a server and a session."""
        login = server.login(role, organization)
        key = (server.url, login["email"])
        if key not in self.states:
            self.states[key] = self.sign_in(server, login)
        page = self.page(server, self.states[key], **options)
        page.login = login
        return page

    def sign_in(self, server, login):
        page = self.page(server)
        pages.sign_in(page, login["email"], login["password"])
        return page.context.storage_state()

    def hear(self, page, message):
        # A refusal's status is a test's business; a policy broken or a script in trouble is everyone's.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"{page.url}: {message.text}")

    def close(self):
        for context in self.contexts:
            context.close()
