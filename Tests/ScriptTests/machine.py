"""A machine as a script sees it: programs found in PATH, some replaced."""
import os
import shutil
import subprocess
from pathlib import Path

from lien import ROOT

TOOLS = "bash env dirname sed grep tr cmp cat awk cut date mktemp rm mkdir mv cp head tail timeout git diff ls sleep tee id".split()


class Machine:
    def __init__(self, folder, tools=TOOLS):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        for tool in tools:
            (self.folder / tool).symlink_to(shutil.which(tool))

    def program(self, name, script):
        """Puts a program of ours in the place of the machine's."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def run(self, *command, root=ROOT, **variables):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("LIEN_")}
        environment |= {"PATH": str(self.folder)} | variables
        return subprocess.run(
            [str(root / command[0]), *command[1:]], env=environment, cwd="/", capture_output=True, text=True, timeout=120,
            stdin=subprocess.DEVNULL, check=False,
        )


def marked(mark):
    """The processes whose environment holds this mark."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in environment.read_bytes():
                found.append((environment.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found
