"""What stands at a cited place, for the page's panel.

The provisions there and beside it, its oddities, and, where the operator has imported the document into var/sources/,
the passage itself.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.loader import load_knowledge
from knowledge.model import Cite, Knowledge, Lines, Provision

AROUND = 3  # provisions shown before and after
MAX_PASSAGE = 80  # lines


class Places:
    """Looks places up in the knowledge, which is read at the first question."""

    def __init__(self, knowledge: Path, sources: Path) -> None:
        self._folder, self._sources = knowledge, sources
        self._knowledge = lru_cache(maxsize=1)(self._load)

    def describe(self, document: str, lines: Lines) -> dict[str, Any] | None:
        """The place as JSON, or None when the knowledge has no such document or the lines are not in order."""
        known = self._knowledge()
        if document not in known.documents or not 1 <= lines[0] <= lines[1]:
            return None
        about = known.documents[document]
        near = neighbours(known, document, lines)
        here = [p for p in near if overlaps(p.cite, document, lines)]
        return {
            "document": document,
            "title": about.title,
            "section": here[0].cite.section if here else section_at(known, document, lines),
            "binds": here[0].binds if here else about.binds,
            "lines": lines,
            "quote": here[0].cite.quote if here else None,
            "neighbours": [{"id": p.id, "says": p.says, "lines": p.cite.lines, "current": p in here} for p in near],
            "oddities": [
                {"id": o.id, "says": o.says, "lines": o.cite.lines}
                for o in known.oddities.values()
                if any(overlaps(cite, document, lines) for cite in [o.cite, *o.also])
            ],
            "passage": self._passage(about.source.file, lines),
        }

    def _load(self) -> Knowledge:
        return load_knowledge(self._folder)

    def _passage(self, file: str, lines: Lines) -> list[dict[str, Any]] | None:
        path = self._sources / Path(file).name
        if not path.is_file():
            return None
        first, last = lines[0], min(lines[1], lines[0] + MAX_PASSAGE - 1)
        rows = path.read_text(encoding="utf-8").split("\n")[first - 1 : last]
        return [{"line": first + i, "text": text} for i, text in enumerate(rows)]


def neighbours(knowledge: Knowledge, document: str, lines: Lines) -> list[Provision]:
    """The provisions that cite these lines and those just before and after, in the order of the document."""
    of_document = (p for p in knowledge.provisions.values() if p.cite.document == document)
    ordered = sorted(of_document, key=lambda p: p.cite.lines)
    before = [p for p in ordered if p.cite.lines[1] < lines[0]][-AROUND:]
    here = [p for p in ordered if overlaps(p.cite, document, lines)]
    after = [p for p in ordered if p.cite.lines[0] > lines[1]][:AROUND]
    return before + here + after


def overlaps(cite: Cite, document: str, lines: Lines) -> bool:
    """Whether the citation is of this document and shares a line with `lines`."""
    return cite.document == document and cite.lines[0] <= lines[1] and lines[0] <= cite.lines[1]


def section_at(knowledge: Knowledge, document: str, lines: Lines) -> str | None:
    """The name of the section that holds the first of the lines."""
    for section in knowledge.sections:
        if section.document == document and section.lines[0] <= lines[0] <= section.lines[1]:
            return section.section
    return None
