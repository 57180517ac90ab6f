"""All quantities of a text: dates, then lengths of time, then percentages and numbers."""

from __future__ import annotations

from datetime import date

from knowledge.thai.dates import dates
from knowledge.thai.durations import durations
from knowledge.thai.numbers import number_quantities
from knowledge.thai.quantity import Quantity


def find_quantities(text: str, today: date, units: frozenset[str] = frozenset()) -> list[Quantity]:
    """Find each number of a normalised text once, in reading order.

    `today` gives the year where none is written; `units` are further unit words of the caller.
    """
    found = list(dates(text, today))
    found += durations(text, _spans(found))
    found += number_quantities(text, _spans(found), units)
    return sorted(found, key=lambda quantity: quantity.start)


def _spans(found: list[Quantity]) -> list[tuple[int, int]]:
    return [(quantity.start, quantity.end) for quantity in found]
