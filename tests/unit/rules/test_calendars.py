"""Windows of the year, what follows from them, validities, and counting that the source leaves open."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from rule_builder import CITE, rule

from rules.calendars import BadMonthDay, add_months, check_calendar, month_day, opening, openings_from, span_end
from rules.model import Calendar, Span, Window

D = dt.date


def window(start: str, end: str, *then: dict[str, Any], name: str = "w") -> dict[str, Any]:
    events = [{"label": event["id"], "cite": CITE, **event} for event in then]
    return {"id": name, "label": name, "from": start, "to": end, "cite": CITE, "then": events}


def made(*windows: dict[str, Any]) -> Calendar:
    found = rule("calendar", windows=list(windows))
    assert isinstance(found, Calendar)
    return found


def one(start: str, end: str, *then: dict[str, Any]) -> Window:
    return made(window(start, end, *then)).windows[0]


def test_a_window_over_new_year_closes_in_the_next() -> None:
    found = opening(one("12-15", "01-15"), 2026)
    assert (found.opens, found.closes) == (D(2026, 12, 15), D(2027, 1, 15))
    assert found.contains(D(2027, 1, 1))
    assert not found.contains(D(2027, 1, 16))


@pytest.mark.parametrize(
    ("today", "opens"),
    [
        (D(2026, 1, 10), D(2025, 12, 15)),
        (D(2026, 1, 15), D(2025, 12, 15)),
        (D(2026, 1, 16), D(2026, 12, 15)),
        (D(2026, 12, 31), D(2026, 12, 15)),
    ],
)
def test_the_opening_that_is_still_open_over_new_year(today: D, opens: D) -> None:
    assert [o.opens for o in openings_from(made(window("12-15", "01-15")), today)] == [opens]


def test_the_soonest_opening_comes_first() -> None:
    both = made(window("04-01", "04-30", name="april"), window("10-01", "10-31", name="october"))
    names = {
        today: [o.window.id for o in openings_from(both, today)]
        for today in (D(2026, 4, 30), D(2026, 5, 1), D(2026, 11, 1))
    }
    assert names == {
        D(2026, 4, 30): ["april", "october"],
        D(2026, 5, 1): ["october", "april"],
        D(2026, 11, 1): ["april", "october"],
    }


def test_what_follows() -> None:
    found = opening(
        one(
            "10-01",
            "10-31",
            {"id": "effective", "on": "11-01"},
            {"id": "again", "on": "10-01", "year": "next"},
            {"id": "excluded", "days": 90, "after": "10-31"},
            {"id": "included", "days": 90, "after": "10-31", "first_day": "included"},
            {"id": "open", "days": 90, "after": "10-31", "first_day": "ambiguous", "oddity": "count"},
        ),
        2026,
    )
    dates = {dated.id: (dated.date, dated.other) for dated in found.then}
    assert dates == {
        "effective": (D(2026, 11, 1), None),
        "again": (D(2027, 10, 1), None),
        "excluded": (D(2027, 1, 29), None),
        "included": (D(2027, 1, 28), None),
        "open": (D(2027, 1, 28), D(2027, 1, 29)),
    }
    assert found.then[-1].oddity == "count"


@pytest.mark.parametrize(("year", "day"), [(2024, 29), (2025, 28), (2100, 28), (2400, 29)])
def test_the_29th_of_february(year: int, day: int) -> None:
    assert month_day("02-29", year) == D(year, 2, day)


@pytest.mark.parametrize("text", ["02-30", "13-01", "4-1", "04/01", "00-10", ""])
def test_no_day_of_the_year(text: str) -> None:
    with pytest.raises(BadMonthDay, match="expected a day of the year as MM-DD"):
        month_day(text, 2026)
    with pytest.raises(BadMonthDay):
        check_calendar(made(window(text, "04-30")))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (D(2026, 1, 31), 1, D(2026, 2, 28)),
        (D(2024, 1, 31), 1, D(2024, 2, 29)),
        (D(2024, 2, 29), 12, D(2025, 2, 28)),
        (D(2026, 11, 30), 3, D(2027, 2, 28)),
        (D(2026, 5, 20), 0, D(2026, 5, 20)),
        (D(2026, 12, 1), 1, D(2027, 1, 1)),
        (D(2027, 1, 1), -1, D(2026, 12, 1)),
    ],
)
def test_months_later(start: D, months: int, end: D) -> None:
    assert add_months(start, months) == end


def span(**parts: Any) -> Span:
    return msgspec.convert({"id": "s", "label": "s", "fact": "issued", "cite": CITE, **parts}, Span)


@pytest.mark.parametrize(
    ("parts", "start", "date", "other"),
    [
        ({"days": 60}, D(2024, 1, 1), D(2024, 3, 1), None),
        ({"days": 60, "first_day": "included"}, D(2024, 1, 1), D(2024, 2, 29), None),
        ({"days": 60, "first_day": "ambiguous"}, D(2024, 1, 1), D(2024, 2, 29), D(2024, 3, 1)),
        ({"years": 2, "first_day": "ambiguous"}, D(2024, 2, 29), D(2026, 2, 27), D(2026, 2, 28)),
        ({"months": 1}, D(2026, 1, 31), D(2026, 2, 28), None),
        ({"years": 1, "months": 6, "days": 1}, D(2026, 1, 1), D(2027, 7, 2), None),
    ],
)
def test_validities(parts: dict[str, Any], start: D, date: D, other: D | None) -> None:
    found = span_end(span(**parts), start)
    assert (found.date, found.other) == (date, other)


@pytest.mark.parametrize("parts", [{}, {"days": 1, "first_day": "perhaps"}])
def test_refused_validities(parts: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        span(**parts)


@pytest.mark.parametrize(
    "event",
    [
        {"id": "e"},
        {"id": "e", "days": 3},
        {"id": "e", "on": "01-01", "days": 3, "after": "01-01"},
        {"id": "e", "on": "01-01", "year": "last"},
    ],
)
def test_refused_events(event: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        made(window("01-01", "01-31", event))
