"""Windows of the year, what follows from them, and validities. Where the counting is ambiguous both dates are given."""

from __future__ import annotations

import calendar as stdlib_calendar
import datetime as dt
import re
from dataclasses import dataclass

from knowledge.errors import RabiabError
from knowledge.model import Cite
from rules.model import Calendar, Event, Span, Window

_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
DAY = dt.timedelta(days=1)


class BadMonthDay(RabiabError):
    """Not a day of the year as MM-DD."""


@dataclass(frozen=True)
class Dated:
    """A date with its label; `other` is the second reading where the source leaves the counting open."""

    id: str
    label: str
    date: dt.date
    cite: Cite
    other: dt.date | None = None
    oddity: str | None = None


@dataclass(frozen=True)
class Opening:
    """One occurrence of a window, with the dates that follow from filing in it."""

    window: Window
    opens: dt.date
    closes: dt.date
    then: tuple[Dated, ...]

    def contains(self, date: dt.date) -> bool:
        """Whether a date lies in this opening, both ends included."""
        return self.opens <= date <= self.closes


def month_day(text: str, year: int) -> dt.date:
    """The date of a month-day in a year; 29 February becomes 28 in a common year. Raises BadMonthDay."""
    found = _MONTH_DAY.fullmatch(text)
    try:
        if not found:
            raise ValueError(text)
        month, day = int(found[1]), int(found[2])
        dt.date(2024, month, day)
        return dt.date(year, month, min(day, stdlib_calendar.monthrange(year, month)[1]))
    except ValueError:
        raise BadMonthDay(f"expected a day of the year as MM-DD, got {text!r}") from None


def opening(window: Window, year: int) -> Opening:
    """The window as it opens in a year (a window over New Year closes in the next)."""
    opens, closes = month_day(window.from_, year), month_day(window.to, year)
    if closes < opens:
        closes = month_day(window.to, year + 1)
    return Opening(window, opens, closes, tuple(_event(event, year) for event in window.then))


def _event(event: Event, year: int) -> Dated:
    year += event.year == "next"
    if event.on is not None:
        return Dated(event.id, event.label, month_day(event.on, year), event.cite, None, event.oddity)
    assert event.after is not None and event.days is not None
    last = month_day(event.after, year) + event.days * DAY
    return _counted(event.id, event.label, last, event.first_day, event.cite, event.oddity)


def _counted(name: str, label: str, last: dt.date, first_day: str, cite: Cite, oddity: str | None) -> Dated:
    if first_day == "ambiguous":
        return Dated(name, label, last - DAY, cite, last, oddity)
    return Dated(name, label, last if first_day == "excluded" else last - DAY, cite, None, oddity)


def openings_from(rule: Calendar, date: dt.date) -> list[Opening]:
    """The next opening of each window that is still open on or after a date, soonest first."""
    found = []
    for window in rule.windows:
        years = (opening(window, year) for year in (date.year - 1, date.year, date.year + 1))
        found.append(next(o for o in years if o.closes >= date))
    return sorted(found, key=lambda o: o.opens)


def add_months(date: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the month's last day."""
    index = date.year * 12 + date.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(date.day, stdlib_calendar.monthrange(year, month + 1)[1]))


def span_end(span: Span, start: dt.date) -> Dated:
    """When a validity that begins on `start` ends."""
    last = add_months(start, 12 * span.years + span.months) + span.days * DAY
    return _counted(span.id, span.label, last, span.first_day, span.cite, span.oddity)


def check_calendar(rule: Calendar) -> None:
    """Every month-day exists. Raises BadMonthDay."""
    for window in rule.windows:
        opening(window, 2024)
