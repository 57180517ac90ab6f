"""Checks of what a citizen reads: our own words, Arabic digits, years of the right era, clean Thai."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from knowledge.citations import Citations, Fault
from knowledge.strict_yaml import YamlFile
from knowledge.thai.normalise import squash

MOST_COPIED = 60
STATED = frozenset({"says", "note", "notes", "in_list", "not_in_list", "reading", "does"})
READ = STATED | {"label", "question", "hint", "unknown", "title", "short_title", "date_note", "binds", "reason", "name"}
_SLIPS = (
    (re.compile(r"[๐-๙]"), "Arabic digits", "Write 0-9."),
    (re.compile("\u0e4d\u0e32"), "sara am as one character", "Type ำ."),
    (re.compile("[\u200b-\u200f\u00a0\ufeff\u00ad]"), "no invisible characters", "Remove it."),
    (re.compile("\u0e40\u0e40"), "sara ae as one character", "Type แ."),
    (re.compile(r"(?:พ\.\s?ศ\.\s?|(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม"
                r"|พฤศจิกายน|ธันวาคม)\s)(?:1\d{3}|20\d\d)(?!\d)"), "a year of the Buddhist era", "Add 543."),
    (re.compile(r"ค\.\s?ศ\.\s?2[4-9]\d\d"), "a year of the Common Era", "Take away 543, or write พ.ศ."),
    (re.compile(r"พ\.\s?ศ\.\s?(?:\d{1,3}(?!\d)|\d{5,}|2[6-9]\d\d|[3-9]\d{3})"), "a year of the Buddhist era to 2599",
     "Mend the year."),
)  # fmt: skip


class Wording:
    """Finds runs of text that are copied from a source, official names aside."""

    def __init__(self, citations: Citations) -> None:
        self.citations = citations
        self._squashed: dict[str, str] = {}
        names = [document.title for document in citations.knowledge.documents.values()]
        names += [name for s in citations.knowledge.subjects.values() for name in (s.name, *s.aliases)]
        names += [item.label for p in citations.knowledge.provisions.values() for item in p.items]
        self._names = [name for name in map(squash, names) if len(name) > MOST_COPIED]

    def copied(self, document: str, text: str) -> str | None:
        """The first run of more than MOST_COPIED characters (white space aside) that stands in the source, or None."""
        source, said = self._source(document), squash(text)
        for start in range(len(said) - MOST_COPIED):
            run = said[start : start + MOST_COPIED + 1]
            if run in source and not any(run in name for name in self._names):
                return run
        return None

    def _source(self, document: str) -> str:
        if document not in self._squashed:
            text = self.citations.text(document)
            self._squashed[document] = squash(" ".join(text.lines)) if text else ""
        return self._squashed[document]


def check_wording(file: YamlFile, wording: Wording, document: str) -> Iterator[Fault]:
    """The faults of every text of a file that a citizen reads."""
    for where, key, text in texts(file.data, "$"):
        for pattern, expected, next_step in _SLIPS:
            if found := pattern.search(text):
                yield file.error(where, expected, repr(found.group()), next_step)
        if key in STATED and (run := wording.copied(document, text)):
            expected = f"our own words (at most {MOST_COPIED} characters in a row of the source)"
            yield file.error(where, expected, f"{run[:30]!r}...", "State it shorter, in other words.")


def texts(data: Any, where: str, key: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text that a citizen reads, with its place and its key."""
    if isinstance(data, str):
        if key in READ:
            yield where, key, data
    elif isinstance(data, list):
        for i, child in enumerate(data):
            yield from texts(child, f"{where}[{i}]", key if isinstance(child, str) else "")
    elif isinstance(data, dict):
        for name, child in data.items():
            if name not in ("cite", "also", "asks"):
                yield from texts(child, f"{where}.{name}", name)
