"""How much of each document is accounted for: the share of its non-blank lines that something cites."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.citations import cites_in
from knowledge.model import Cite, DocumentFile, Knowledge, Lines
from knowledge.sources import Sources


@dataclass(frozen=True)
class Coverage:
    """Of one document: non-blank lines, how many of them are cited or furniture, and the ranges that are not.

    `furniture` counts the non-blank lines that are listed as stating nothing.
    """

    document: str
    lines: int
    covered: int
    uncovered: tuple[Lines, ...]
    furniture: int = 0

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.covered / self.lines if self.lines else 1.0


def coverage(knowledge: Knowledge, sources: Sources, rules: Iterable[object] = ()) -> list[Coverage]:
    """The coverage of every document by provisions, oddities, furniture and the `rules`. Raises SourceMissing."""
    cited = _cited(knowledge, rules)
    return [_of(document, sources.text(document).lines, cited[name]) for name, document in knowledge.documents.items()]


def _cited(knowledge: Knowledge, rules: Iterable[object]) -> dict[str, set[int]]:
    parts = [*knowledge.provisions.values(), *knowledge.oddities.values(), *rules]
    cites = [cite for part in parts for cite in cites_in(part)]
    for document in knowledge.documents.values():
        cites += [Cite(part.lines, document=document.document) for part in document.furniture]
    found: dict[str, set[int]] = {name: set() for name in knowledge.documents}
    for cite in cites:
        if cite.document in found:
            found[cite.document].update(range(cite.lines[0], cite.lines[1] + 1))
    return found


def _of(document: DocumentFile, text: tuple[str, ...], cited: set[int]) -> Coverage:
    filled = [number for number, line in enumerate(text, 1) if line.strip()]
    missed = [number for number in filled if number not in cited]
    furniture = {n for part in document.furniture for n in range(part.lines[0], part.lines[1] + 1)} & set(filled)
    covered = len(filled) - len(missed)
    return Coverage(document.document, len(filled), covered, _ranges(missed, filled), len(furniture))


def _ranges(missed: list[int], filled: list[int]) -> tuple[Lines, ...]:
    """Missed lines joined where only blank lines lie between."""
    place = {number: i for i, number in enumerate(filled)}
    ranges: list[Lines] = []
    for number in missed:
        if ranges and place[number] == place[ranges[-1][1]] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return tuple(ranges)
