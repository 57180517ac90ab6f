"""Citations as the HTTP contract has them, and as the last line of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from knowledge.model import Cite, Knowledge

MOST_CITATIONS = 12


def citations(knowledge: Knowledge, cites: Iterable[Cite]) -> list[dict[str, Any]]:
    """The contract's citation objects, each place once, in reading order of the answer."""
    found: dict[tuple[str, int, int], dict[str, Any]] = {}
    for cite in cites:
        assert cite.document is not None
        key = (cite.document, *cite.lines)
        if key in found:
            found[key]["quote"] = found[key]["quote"] or cite.quote
            continue
        found[key] = {
            "document": cite.document,
            "title": knowledge.documents[cite.document].title,
            "short_title": knowledge.documents[cite.document].short_title,
            "section": cite.section,
            "lines": list(cite.lines),
            "quote": cite.quote,
        }
    return list(found.values())[:MOST_CITATIONS]


def source_line(knowledge: Knowledge, cites: Sequence[Cite]) -> str:
    """`ที่มา: <document> บรรทัด 368-370, 374`; several documents each with their lines."""
    lines: dict[str, list[tuple[int, int]]] = {}
    for cite in cites[:MOST_CITATIONS]:
        assert cite.document is not None
        lines.setdefault(cite.document, []).append(cite.lines)
    parts = [f"{knowledge.documents[name].short_title} บรรทัด {show_lines(spans)}" for name, spans in lines.items()]
    return "ที่มา: " + "; ".join(parts)


def show_lines(spans: Sequence[tuple[int, int]]) -> str:
    """Line ranges merged and in order: `368-370, 374`."""
    merged: list[list[int]] = []
    for first, last in sorted(set(spans)):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in merged)
