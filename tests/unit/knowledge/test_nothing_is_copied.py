"""The tree carries the facts of the documents, not their text, and none of the passwords printed in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.importing import mask

ROOT = Path(__file__).resolve().parents[3]
NOT_OURS = {"var", "models", "build", "node_modules", "__pycache__", "test-results"}
SUFFIXES = {
    ".py",
    ".yml",
    ".yaml",
    ".md",
    ".txt",
    ".js",
    ".css",
    ".html",
    ".toml",
    ".json",
    ".jsonl",
    ".sh",
    ".in",
    ".cfg",
}
RUN = 80
_SPACE_AND_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789", " \t\r\n\u00a0")

pytestmark = pytest.mark.sources


def files() -> Iterator[Path]:
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part != ".ci" for part in parts)
        if path.suffix in SUFFIXES and not hidden and not NOT_OURS & set(parts) and path.is_file():
            yield path


def packed(text: str) -> str:
    return text.translate(_SPACE_AND_DIGITS)


def copied(lines: list[str], known: set[int]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        text = packed(line)
        for start in range(len(text) - RUN + 1):
            if hash(text[start : start + RUN]) in known:
                yield number, text[start : start + 30]
                break


def runs(sources: Path) -> set[int]:
    """Hashes of all runs of RUN characters, white space aside, of every document."""
    found: set[int] = set()
    for path in sources.glob("*.txt"):
        text = packed(path.read_text(encoding="utf-8"))
        found |= {hash(text[start : start + RUN]) for start in range(len(text) - RUN + 1)}
    return found


def test_no_line_copies_a_document(sources: Path) -> None:
    known = runs(sources)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {text}... stands in a document: say it in own words"
        for path in files()
        for number, text in copied(path.read_text(encoding="utf-8").split("\n"), known)
    ]
    assert found == []


def test_a_copied_line_would_be_seen(sources: Path) -> None:
    longest = max((sources / "local-teachers-2559.txt").read_text(encoding="utf-8").split("\n"), key=len)
    assert next(copied(["", "  - says: " + longest], runs(sources)))[0] == 2


def test_no_password_of_a_document_is_in_the_tree(sources: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sources.glob("*.txt")]
    secrets = {token for text in texts for token in _secrets(text)}
    assert secrets, "the documents print one; if it is not found here, masking misses it too"
    places = [str(p.relative_to(ROOT)) for p in files() if any(s in p.read_text(encoding="utf-8") for s in secrets)]
    assert places == []


def _secrets(text: str) -> Iterator[str]:
    for before, after in zip(text.split("\n"), mask(text)[0].split("\n"), strict=True):
        if before != after:
            pattern = "(.+?)".join(re.escape(part) for part in after.split("••••"))
            found = re.fullmatch(pattern, before)
            assert found
            yield from (group.strip("<>/") for group in found.groups())
