"""Finds known names that are written with a slip or two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from bot.understanding.forms import match_form
from bot.understanding.lookup import Match
from knowledge.thai.normalise import Squashed

LEAST_LENGTH = 6
LONG = 12
LEAST_GAIN = 4
_GRAM = 2
_LEAST_SHARE = 0.6
_CUTOFF = 78.0


class FuzzyLookup:
    """A closed list of names of six letters or more. One slip is forgiven, two in names of twelve or more."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = [form for form in dict.fromkeys(forms) if len(form) >= LEAST_LENGTH]
        grams = [_grams(form) for form in self._forms]
        self._least = _LEAST_SHARE * np.array([len(found) for found in grams])
        index: dict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(grams):
            for gram in found:
                index[gram].append(number)
        self._index = {gram: np.array(numbers) for gram, numbers in index.items()}

    def find(self, text: str, exact: list[Match], squashed: Squashed | None = None) -> list[Match]:
        """Find near matches of a normalised text outside the exact ones; of overlapping ones the best stays.

        Two different names that fit equally well are both left out: a near name is never swallowed.
        """
        squashed = squashed or match_form(text)
        found = [m for form in self._candidates(squashed.text) if (m := _near(form, squashed)) is not None]
        found = [m for m in found if all(_apart(m, e) or swallows(m, e) for e in exact)]
        kept: list[Match] = []
        for match in sorted(found, key=lambda m: (-m.score, -len(m.form), m.form)):
            rivals = [o for o in found if o is not match and o.start < match.end and match.start < o.end]
            if any(o.score > match.score or (o.score == match.score and len(o.form) > len(match.form)) for o in rivals):
                continue
            if any(o.score == match.score and len(o.form) == len(match.form) for o in rivals):
                continue
            kept.append(match)
        return sorted(kept, key=lambda match: match.start)

    def _candidates(self, body: str) -> list[str]:
        """The names that share enough pairs of letters with a text."""
        known = [self._index[gram] for gram in _grams(body) if gram in self._index]
        if not known:
            return []
        shared = np.bincount(np.concatenate(known), minlength=len(self._forms))
        return [self._forms[number] for number in np.flatnonzero(shared >= self._least)]


def swallows(near: Match, exact: Match) -> bool:
    """Tell whether an exact match is only a piece of a much longer name that is written with a slip."""
    return near.start <= exact.start and exact.end <= near.end and len(near.form) >= len(exact.form) + LEAST_GAIN


def _apart(one: Match, other: Match) -> bool:
    return one.end <= other.start or other.end <= one.start


def _grams(form: str) -> set[str]:
    return {form[at : at + _GRAM] for at in range(len(form) - _GRAM + 1)}


def _near(form: str, squashed: Squashed) -> Match | None:
    """Place one name in the text, with its likeness from 0 to 1, if it is there within the slips allowed."""
    body = squashed.text
    if len(body) < LEAST_LENGTH - 1:
        return None
    alignment = partial_ratio_alignment(form, body, score_cutoff=_CUTOFF)
    if alignment is None:
        return None
    slips = 2 if len(form) >= LONG else 1
    windows = (
        (Levenshtein.distance(form, body[start:end], score_cutoff=slips), start, end)
        for start in range(max(0, alignment.dest_start - 1), alignment.dest_start + 2)
        for end in range(alignment.dest_end - 1, min(len(body), alignment.dest_end + 1) + 1)
        if start < end and body[start] == form[0] and body[end - 1] == form[-1]
    )
    distance, start, end = min(windows, default=(slips + 1, 0, 0))
    if distance > slips:
        return None
    return Match(form, *squashed.span(start, end), score=1 - distance / len(form))
