"""What stands beside a field is cut by no line before a colon or a question mark: its spaces there are no-break ones."""
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
# « Laissez vide : rien ne change » ; a sign that begins a word, as in `?from=`, is none of a sentence.
PLAIN = re.compile(r"(?<=\S) (?=[:;?!](?:[\s\x00]|$))")


class Literals:
    """The text of the literals of one Swift argument; what is interpolated stands for one sign."""

    def __init__(self, source):
        self.source, self.pieces = source, []

    def string(self, at):
        """From the opening quotes on; where it ends."""
        quotes = '"""' if self.source.startswith('"""', at) else '"'
        at, start, text = at + len(quotes), at + len(quotes), ""
        while not self.source.startswith(quotes, at):
            if self.source.startswith("\\(", at):
                text += self.source[start:at] + "\x00"
                at = start = self.code(at + 2)
            else:
                at += 2 if self.source[at] == "\\" else 1
        self.pieces.append(text + self.source[start:at])
        return at + len(quotes)

    def code(self, at):
        depth = 1
        while depth:
            if self.source[at] == '"':
                at = self.string(at)
                continue
            depth += {"(": 1, ")": -1}.get(self.source[at], 0)
            at += 1
        return at


def hints(source):
    """Each literal that follows `hint:`, and those that are joined to it."""
    for found in re.finditer(r"\bhint: *(?=\")", source):
        literals, at = Literals(source), found.end()
        while True:
            at = literals.string(at)
            joined = re.compile(r"\s*\+\s*(?=\")").match(source, at)
            if not joined:
                break
            at = joined.end()
        yield source.count("\n", 0, found.start()) + 1, literals.pieces


def torn(text):
    return [text[max(0, one.start() - 20):one.end() + 10] for one in PLAIN.finditer(text)]


def test_a_hint_is_not_cut_before_its_signs():
    seen, wrong = 0, []
    for file in sorted((ROOT / "Sources/Web").rglob("*.swift")):
        for line, pieces in hints(file.read_text(encoding="utf-8")):
            seen += 1
            wrong += [f"{file.relative_to(ROOT)}:{line}: {place!r}" for piece in pieces for place in torn(piece)]
    assert seen > 100, "hints are written otherwise: look for them there"
    assert wrong == [], "write \\u{A0} there"


def test_what_is_looked_for_is_found_and_nothing_else():
    source = 'Field("a", hint: "Par exemple : « oui »." + "Vraiment ?", limit: 3) + Field("b", hint: "\\(x ? "à : b" : "c")?from=x\\u{A0}: d")'
    found = [torn(piece) for _, pieces in hints(source) for piece in pieces]
    assert [len(one) for one in found] == [1, 1, 1, 0, 0]
