"""A real IMAP server (Dovecot) on this machine, on a port and in a folder of its own, and what mail servers put into its mailbox."""
import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import lien


class ReturnMailbox:
    """Where what comes back to e-mails is put. Use it in a `with`."""

    PASSWORD = "quatre gaves"

    def __init__(self, folder):
        self.folder, self.port, self.delivered = Path(folder) / "dovecot", lien.free_port(), 0
        self.folder.mkdir(mode=0o755)
        self.mail = self.folder / "Maildir"
        # Dovecot opens no mailbox as root.
        self.owner = "nobody" if os.geteuid() == 0 else getpass.getuser()
        for part in ("new", "cur", "tmp"):
            (self.mail / part).mkdir(parents=True)
        self.own(self.mail, *self.mail.iterdir())

    def own(self, *paths):
        if os.geteuid() == 0:
            for path in paths:
                shutil.chown(path, self.owner, "nogroup")

    def __enter__(self):
        is_root, group = os.geteuid() == 0, "nogroup" if os.geteuid() == 0 else os.getgid()
        # Of root, Dovecot's own accounts serve; of anyone else, theirs alone.
        accounts = "" if is_root else f"default_internal_user = {self.owner}\ndefault_internal_group = {group}\ndefault_login_user = {self.owner}\n"
        # Some system folders above may be closed to the mailbox's owner.
        for path in [self.folder, *self.folder.parents]:
            if is_root and path.owner() == "root":
                path.chmod(path.stat().st_mode | 0o011)
        (self.folder / "users").write_text(f"lien:{{PLAIN}}{self.PASSWORD}::::::\n")
        configuration = self.folder / "dovecot.conf"
        configuration.write_text(f"""
base_dir = {self.folder}/run
state_dir = {self.folder}/state
log_path = {self.folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
{accounts}mail_location = maildir:{self.mail}
mail_uid = {self.owner}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = passwd-file
  args = {self.folder}/users
}}
userdb {{
  driver = static
  args = uid={self.owner} gid={group} home={self.folder} allow_all_users=yes
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service stats {{
  chroot =
}}
""")
        self.process = subprocess.Popen(
            ["/usr/sbin/dovecot", "-F", "-c", configuration], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                self.__exit__()
                raise AssertionError(f"Dovecot does not start: {self.log()}")
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as line:
                line.settimeout(2)
                return line.recv(4) == b"* OK"
        except OSError:
            return False

    def log(self):
        file = self.folder / "dovecot.log"
        return file.read_text(errors="replace")[-3000:] if file.exists() else ""

    def put(self, letter):
        """As a mail server delivers: whole under `tmp`, then moved."""
        self.delivered += 1
        name = f"{1700000000 + self.delivered}.{self.delivered}.mx"
        (self.mail / "tmp" / name).write_bytes(letter.replace("\r\n", "\n").encode())
        self.own(self.mail / "tmp" / name)
        (self.mail / "tmp" / name).rename(self.mail / "new" / name)

    def flags(self):
        """Those of each letter, in the order of their delivery; of one that nobody read, nothing."""
        letters = list((self.mail / "new").iterdir()) + list((self.mail / "cur").iterdir())
        return [one.name.partition(":2,")[2] for one in sorted(letters, key=lambda one: int(one.name.split(".")[1]))]

    def gateway(self, **fields):
        return {
            "address": "retour+{token}@example.org", "url": f"imap://127.0.0.1:{self.port}", "user": "lien",
            "password": self.PASSWORD, "tls": "none"} | fields
