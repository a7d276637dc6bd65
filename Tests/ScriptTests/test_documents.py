"""What the documents say is there, and what is committed belongs to no machine."""
import re
import subprocess
from pathlib import Path

import pytest

from lien import ROOT

WRITTEN = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")] + sorted((ROOT / "docs").rglob("*.md"))
COMMANDS = re.compile(r"\blien (serve|migrate|demo|import (?:communes|people|agents)|agent \w+|bench \w+|journal verify|check|version)\b")


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", WRITTEN, ids=name)
def test_scripts_and_files_named_in_a_document_exist(document):
    text = document.read_text()
    for script in set(re.findall(r"(?<![\w./-])(?:bin|\.ci)/[\w-]+", text)):
        path = ROOT / script
        assert path.is_file() and path.stat().st_mode & 0o111, f"{script} is not there, or cannot be run"
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (document.parent / target).exists(), f"{target} is not there"


@pytest.mark.parametrize("document", WRITTEN, ids=name)
def test_variables_named_in_a_document_are_read_somewhere(document):
    sources = "".join(one.read_text(errors="replace") for one in tracked() if one.suffix in (".swift", ".py") or one.parent.name == "bin")
    for variable in set(re.findall(r"\bLIEN_[A-Z_]+\b", document.read_text())):
        # As a key of the configuration, LIEN_TRUSTED_PROXIES is written trusted-proxies, trusted.proxies or trustedProxies.
        key = "[-._]?".join(variable.removeprefix("LIEN_").split("_"))
        assert variable in sources or re.search(rf'"([\w-]+\.)*{key}"', sources, re.IGNORECASE), f"nothing reads {variable}"


def test_the_licence_is_apache_2_whole():
    text = (ROOT / "LICENSE").read_text()
    assert "Apache License" in text and "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text and "APPENDIX: How to apply the Apache License to your work." in text
    assert len(text.split()) == 1581


def test_nothing_committed_holds_the_path_of_one_machine():
    own = re.compile(rf"{re.escape(str(ROOT))}/|(?<![\w.:/])/(?:home|Users|root)/[\w.-]+")
    found = [f"{name(one)}: {hit.group()}" for one in tracked() for hit in own.finditer(one.read_text(errors="replace"))]
    assert not found, "\n".join(found)


def words(title):
    section = (ROOT / "docs/glossary.md").read_text().split(f"## {title}\n")[1].split("\n## ")[0]
    return [word for row in re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE) for word in re.findall(r"`(\w+)`", row)]


def is_declared(word):
    kinds = "struct|enum|class|actor|protocol|typealias" if word[0].isupper() else "var|let|func|case"
    declared = re.compile(rf"\b(?:{kinds}) {word}\b")
    return any(declared.search(one.read_text()) for one in (ROOT / "Sources").rglob("*.swift"))


def test_the_words_of_the_glossary_are_those_of_the_code():
    assert words("Words in use") and words("Words to come")
    assert [word for word in words("Words in use") if not is_declared(word)] == []
    assert [word for word in words("Words to come") if is_declared(word)] == []
