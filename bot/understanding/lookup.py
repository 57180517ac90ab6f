"""Finds the longest known names in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.understanding.forms import match_form, stands_alone
from knowledge.thai.normalise import Squashed

_KEY = 2


@dataclass(frozen=True)
class Match:
    """A form found at a span of the normalised text; `score` is 1 for an exact match."""

    form: str
    start: int
    end: int
    score: float = 1.0


class Lookup:
    """A closed list of forms, found by their first letters, the longest first."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._buckets: dict[str, list[str]] = defaultdict(list)
        for form in dict.fromkeys(forms):
            self._buckets[form[:_KEY]].append(form)
        for bucket in self._buckets.values():
            bucket.sort(key=len, reverse=True)

    def find(self, text: str, squashed: Squashed | None = None) -> list[Match]:
        """Find the forms in a normalised text; where matches overlap the longest wins, then the first."""
        squashed = squashed or match_form(text)
        kept: list[Match] = []
        for match in sorted(self._all(text, squashed), key=lambda m: (-len(m.form), m.start)):
            if all(match.end <= other.start or other.end <= match.start for other in kept):
                kept.append(match)
        return sorted(kept, key=lambda match: match.start)

    def _all(self, text: str, squashed: Squashed) -> Iterator[Match]:
        body = squashed.text
        for at in range(len(body)):
            for form in self._buckets.get(body[at : at + _KEY], ()):
                if body.startswith(form, at):
                    start, end = squashed.span(at, at + len(form))
                    if stands_alone(text, start, end, form):
                        yield Match(form, start, end)
