"""Does a citation hold? Its lines exist, its quote and its figures stand in them. For knowledge and rules alike."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import msgspec

from knowledge.errors import KnowledgeError, SourceMissing
from knowledge.model import Cite, DocumentFile, Knowledge, Lines
from knowledge.sources import Sources, SourceText
from knowledge.strict_yaml import YamlFile
from knowledge.thai.dates import dates
from knowledge.thai.normalise import normalise, squash
from knowledge.thai.numbers import numbers

Fault = KnowledgeError
MOST_QUOTE = 60
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def cites_in(part: Any) -> Iterator[Cite]:
    """Every citation in a part of the knowledge or of a rule, at any depth."""
    if isinstance(part, Cite):
        yield part
    elif isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            yield from cites_in(getattr(part, name))
    elif isinstance(part, dict):
        for child in part.values():
            yield from cites_in(child)
    elif isinstance(part, list | tuple):
        for child in part:
            yield from cites_in(child)


def digits(text: str) -> frozenset[Fraction]:
    """The numbers that a text writes in digits, Thai or Arabic, with commas or decimals."""
    return frozenset(Fraction(found.group().replace(",", "")) for found in _DIGITS.finditer(normalise(text)))


def figures(text: str) -> frozenset[Fraction]:
    """All numbers of a text: those in digits and those in Thai number words."""
    return digits(text) | {number.value for number in numbers(normalise(text))}


def show(figure: Fraction) -> str:
    """A figure as a person writes it."""
    return str(figure) if figure.denominator == 1 else str(float(figure))


def states(text: str, value: Any) -> bool:
    """Whether a text states a value: a number as a figure, a date as a Thai date, other text as it is written."""
    if isinstance(value, dt.date):
        return any(found.value == value.isoformat() for found in dates(normalise(text), value))
    if isinstance(value, int | Decimal):
        return Fraction(value) in figures(text)
    return squash(str(value)) in squash(text)


class Citations:
    """Checks citations against the source texts; without a text it checks only what needs none."""

    def __init__(self, knowledge: Knowledge, sources: Sources) -> None:
        self.knowledge, self.sources = knowledge, sources
        self.absent: dict[str, str] = {}
        self._passage = lru_cache(maxsize=4096)(self._squashed)

    def text(self, document: str) -> SourceText | None:
        """The text of a document, or None; the reason is kept in `absent`."""
        known: DocumentFile | None = self.knowledge.documents.get(document)
        if known is None or document in self.absent:
            return None
        try:
            return self.sources.text(known)
        except SourceMissing as reason:
            self.absent[document] = str(reason)
            return None

    def passage(self, document: str, lines: Lines) -> str | None:
        """The cited lines joined by spaces, or None without the text."""
        text = self.text(document)
        return None if text is None else text.passage(lines)

    def check_all(self, file: YamlFile, document: str, within: Lines | None = None) -> Iterator[Fault]:
        """The faults of every citation in a file. `within` are the lines of its section."""
        for where, cite in cites_written(file.data, "$"):
            inside = None if ".also[" in where or "document" in cite else within
            yield from self.check(file, where, cite, cite.get("document", document), inside)

    def check(
        self, file: YamlFile, where: str, cite: dict[str, Any], document: str, within: Lines | None = None
    ) -> Iterator[Fault]:
        """The faults of one citation: order and bounds of its lines, length and place of its quote."""
        first, last = cite["lines"]
        text = self.text(document)
        end = len(text) if text else last
        if not 1 <= first <= last <= end:
            expected = f"lines from 1 to {end} in order" if text else "lines from 1 in order"
            yield file.error(f"{where}.lines", expected, f"[{first}, {last}]", "Mend the lines.")
            return
        if within and not within[0] <= first <= last <= within[1]:
            expected = f"lines inside the section's [{within[0]}, {within[1]}]"
            yield file.error(
                f"{where}.lines", expected, f"[{first}, {last}]", "Mend the lines or cite it under `also`."
            )
        quote = cite.get("quote")
        if quote:
            yield from self._check_quote(file, f"{where}.quote", str(quote), document, (first, last))

    def _check_quote(self, file: YamlFile, where: str, quote: str, document: str, lines: Lines) -> Iterator[Fault]:
        if len(quote) > MOST_QUOTE:
            yield file.error(where, f"at most {MOST_QUOTE} characters", f"{len(quote)}", "Quote a shorter phrase.")
        elif self.text(document) and squash(quote) not in self._passage(document, lines):
            yield file.error(
                where,
                f"a phrase of lines {lines[0]}-{lines[1]} of {document}",
                repr(quote),
                self._hint(document, quote),
            )

    def _hint(self, document: str, quote: str) -> str:
        text = self.text(document)
        assert text is not None
        wanted = squash(quote)
        for number in range(1, len(text) + 1):
            if wanted in self._passage(document, (number, number)):
                return f"It stands in line {number}: mend the lines or the quote."
        return "It stands nowhere in the document: mend the quote."

    def _squashed(self, document: str, lines: Lines) -> str:
        return squash(self.passage(document, lines) or "")

    def stated(self, document: str, lines: Lines, value: Any) -> bool | None:
        """Whether the lines state a value; None without the text."""
        passage = self.passage(document, lines)
        return None if passage is None else states(passage, value)


def cites_written(data: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every citation as it is written in a file, with its place."""
    if isinstance(data, list):
        for i, child in enumerate(data):
            yield from cites_written(child, f"{where}[{i}]")
    elif isinstance(data, dict):
        for key, child in data.items():
            place = f"{where}.{key}"
            if key == "cite" and isinstance(child, dict):
                yield place, child
            elif key == "also" and isinstance(child, list):
                yield from ((f"{place}[{i}]", cite) for i, cite in enumerate(child))
            else:
                yield from cites_written(child, place)
