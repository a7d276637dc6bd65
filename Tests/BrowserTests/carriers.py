"""Real carriers for tests: a mail server that wants STARTTLS and a password, and Kannel with its fake operator."""
import email
import email.policy
import re
import ssl
import subprocess
import time
from pathlib import Path
from urllib.parse import unquote_to_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

import lien


class Mailbox:
    """A mail server on this machine. Use it in a `with`."""

    def __init__(self, folder):
        # What is answered to some recipients.
        self.letters, self.senders, self.refuse = [], [], {}
        self.certificate = folder / "mail.pem"
        key = folder / "mail.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
             "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", self.certificate], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self.port = lien.free_port()
        self.controller = Controller(
            self, hostname="127.0.0.1", port=self.port, tls_context=context, require_starttls=True, auth_required=True,
            authenticator=lambda *given: AuthResult(success=given[4].login == b"lien" and given[4].password == b"quatre gaves"))

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.senders.append(envelope.mail_from)
        self.letters.append((envelope.rcpt_tos, letter))
        return "250 OK"

    def gateway(self, **fields):
        return {
            "name": "courriel", "channel": "email", "kind": "smtp", "url": f"smtp://127.0.0.1:{self.port}", "user": "lien",
            "password": "quatre gaves", "authorities": str(self.certificate), "from": "rendez-vous@example.org"} | fields

    def to(self, address):
        return [letter for recipients, letter in list(self.letters) if recipients == [address]]


class Kannel:
    """bearerbox, smsbox and Kannel's fake operator, on ports of their own. Use it in a `with`."""

    def __init__(self, folder):
        self.folder, self.programs, self.replies = Path(folder), [], "http://127.0.0.1:9/"
        self.admin, self.box, self.operator, self.port = (lien.free_port() for _ in range(4))

    def write_configuration(self):
        (self.folder / "kannel.conf").write_text(f"""
group = core
admin-port = {self.admin}
admin-password = essai
admin-interface = 127.0.0.1
smsbox-port = {self.box}
box-allow-ip = 127.0.0.1
log-level = 0

group = smsc
smsc = fake
smsc-id = fake
port = {self.operator}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {self.port}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = lien
password = essai
max-messages = 5
concatenation = true

group = sms-service
keyword = default
catch-all = true
max-messages = 0
send-sender = true
post-url = {self.replies}
""")

    def __enter__(self):
        self.write_configuration()
        self.start("bearerbox", "kannel.conf")
        self.wait(lambda: "SMSC[fake]" in self.read("bearerbox") or "fake" in self.read("bearerbox"))
        time.sleep(1)
        self.phones = self.operate("-m", "0", "nobody lien text nop")
        self.start("smsbox", "kannel.conf")
        self.wait(lambda: "Start:" in self.read("smsbox") or "Connected to bearerbox" in self.read("smsbox"))
        time.sleep(1)
        return self

    def __exit__(self, *_):
        for program in reversed(self.programs):
            program.terminate()
        for program in self.programs:
            try:
                program.wait(10)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()

    def start(self, program, *arguments):
        with (self.folder / f"{Path(program).name}.log").open("ab") as log:
            self.programs.append(subprocess.Popen([program, *arguments], cwd=self.folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL))
        return self.programs[-1]

    def operate(self, *arguments):
        return self.start("/usr/lib/kannel/test/fakesmsc", "-r", str(self.operator), "-i", "0.5", *arguments)

    def answer(self, number, text):
        """Someone writes back: the operator's only line is taken over by one that has a message to bring."""
        self.phones.terminate()
        self.phones.wait(10)
        self.phones = self.operate("-m", "1", f"{number} DEPT64 text {text}")

    def read(self, program):
        return (self.folder / f"{program}.log").read_text(errors="replace")

    @staticmethod
    def wait(test, seconds=20):
        end = time.monotonic() + seconds
        while not test():
            assert time.monotonic() < end, "Kannel does not start"
            time.sleep(0.1)

    def gateway(self, **fields):
        return {
            "name": "kannel", "channel": "sms", "kind": "kannel", "url": f"http://127.0.0.1:{self.port}/cgi-bin/sendsms", "user": "lien",
            "password": "essai", "sender": "DEPT64"} | fields

    def to(self, number):
        """The texts that the operator was given for a number, in order."""
        found = re.findall(rf"Got message \d+: <(\S+) {re.escape(number)} (\S+) (.*)>$", self.read("fakesmsc"), re.MULTILINE)
        return [self.text(kind, said) for _, kind, said in found]

    @staticmethod
    def text(kind, said):
        if kind == "ucs-2":
            return unquote_to_bytes(said.replace("+", "%20")).decode("utf-16-be")
        return said
