"""What a number in a text amounts to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Kind = Literal["duration", "number", "date", "percent"]
Value = int | str


@dataclass(frozen=True)
class Quantity:
    """A number with its unit and place.

    `value` is whole months (int) for a duration, an ISO date of the common era for a date, and an int
    or, where it is not whole, a string of digits for a number or percent. `unit` is the Thai unit of a
    number, `"month"` or `"year"` for a date that names no day, else None. `start` and `end` are offsets.
    """

    type: Kind
    value: Value
    unit: str | None
    text: str
    start: int
    end: int


def plain(number: Fraction) -> Value:
    """Write a number as an int, or as a string of decimal digits where it is not whole."""
    if number.denominator == 1:
        return int(number)
    return f"{float(number):.6f}".rstrip("0").rstrip(".")
