"""Periods of service by kind: how many kinds reach a length when time held at the same moment counts only once.

Where the source does not say to which kind shared time belongs, or whether broken periods add up, every way of counting
is tried: `fewest` and `most` differ then, and a condition between them is unknown.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from rules.calendars import DAY, add_months
from rules.model import Period

MOST_WAYS = 20_000


@dataclass(frozen=True)
class Count:
    """How many kinds reach the length, by the strictest and by the most generous way of counting."""

    fewest: int
    most: int


_Stretch = tuple[dt.date, dt.date]  # first day and the day after the last


def count_kinds(periods: Sequence[Period], months: int) -> Count:
    """Count the kinds that reach so many whole months. Too many overlaps to try: from 0 to the number of kinds."""
    pieces = _pieces(periods)
    shared = [kinds for _, kinds in pieces if len(kinds) > 1]
    ways = 1
    for kinds in shared:
        ways *= len(kinds)
    if ways > MOST_WAYS:
        return Count(0, len({p.kind for p in periods}))
    counts = [_counted(pieces, choice, months) for choice in product(*shared)]
    return Count(min(strict for strict, _ in counts), max(loose for _, loose in counts))


def _pieces(periods: Iterable[Period]) -> list[tuple[_Stretch, tuple[str, ...]]]:
    """The time line cut at every change, each piece with the kinds held in it."""
    periods = list(periods)
    cuts = sorted({p.first for p in periods} | {p.last + DAY for p in periods})
    found = []
    for start, end in pairwise(cuts):
        kinds = tuple(sorted({p.kind for p in periods if p.first <= start and end <= p.last + DAY}))
        if kinds:
            found.append(((start, end), kinds))
    return found


def _counted(pieces: Sequence[tuple[_Stretch, tuple[str, ...]]], choice: Sequence[str], months: int) -> tuple[int, int]:
    """Kinds that reach the length by one unbroken stretch, and by all their time added up."""
    given = iter(choice)
    time: dict[str, list[_Stretch]] = defaultdict(list)
    for stretch, kinds in pieces:
        _join(time[next(given) if len(kinds) > 1 else kinds[0]], stretch)
    strict = sum(any(add_months(a, months) <= b for a, b in stretches) for stretches in time.values())
    loose = sum(_added(stretches, months) for stretches in time.values())
    return strict, loose


def _join(stretches: list[_Stretch], stretch: _Stretch) -> None:
    if stretches and stretches[-1][1] == stretch[0]:
        stretches[-1] = (stretches[-1][0], stretch[1])
    else:
        stretches.append(stretch)


def _added(stretches: Sequence[_Stretch], months: int) -> bool:
    start = stretches[0][0]
    days = sum((b - a).days for a, b in stretches)
    return add_months(start, months) <= start + dt.timedelta(days=days)
