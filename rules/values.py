"""Fact values: reading them from YAML, JSON or the command line, and showing them in Thai.

Inside: bool, int (whole numbers; months for durations), Decimal (decimals; baht for money), date (Common Era),
str (a choice's id), frozenset of choice ids. See docs/architecture.md for the encoded form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from knowledge.errors import RabiabError
from knowledge.model import Fact
from rules.model import Between, FactValue, Period

MONTHS_TH = [
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
]  # fmt: skip
_TRUE = {"true", "yes", "1", "ใช่"}
_FALSE = {"false", "no", "0", "ไม่ใช่"}


class BadValue(RabiabError):
    """A value does not fit its fact's type. The message says what was expected."""


def read_value(fact: Fact, raw: Any) -> FactValue:
    """The internal value of `raw` for a fact. Raises BadValue."""
    if isinstance(raw, Between):
        return raw
    if isinstance(raw, Mapping) and raw and not set(raw) - {"from", "to"}:
        return _read_between(fact, raw)
    value = _READERS[fact.type](fact, raw)
    if fact.range and isinstance(value, int | Decimal) and not isinstance(value, bool):
        low, high = fact.range
        if not low <= value <= high:
            raise BadValue(f"{fact.id}: expected {low} to {high}, got {value}")
    return value


def _read_between(fact: Fact, raw: Mapping[str, Any]) -> Between:
    if fact.type not in ("integer", "decimal", "money", "duration"):
        raise _bad(fact, f"a {fact.type}", dict(raw))
    return Between(_read_bound(fact, raw.get("from")), _read_bound(fact, raw.get("to")))


def _read_bound(fact: Fact, raw: Any) -> int | Decimal | None:
    bound = None if raw is None else _READERS[fact.type](fact, raw)
    assert bound is None or isinstance(bound, int | Decimal)
    return bound


def _bad(fact: Fact, expected: str, raw: Any) -> BadValue:
    return BadValue(f"{fact.id}: expected {expected}, got {raw!r}")


def _read_bool(fact: Fact, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).lower()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise _bad(fact, "true or false", raw)


def _read_integer(fact: Fact, raw: Any) -> int:
    number = _read_decimal(fact, raw)
    if number != number.to_integral_value():
        raise _bad(fact, "a whole number", raw)
    return int(number)


def _read_decimal(fact: Fact, raw: Any) -> Decimal:
    if isinstance(raw, bool):
        raise _bad(fact, "a number", raw)
    try:
        number = Decimal(str(raw).replace(",", ""))
    except InvalidOperation:
        raise _bad(fact, "a number", raw) from None
    if not number.is_finite():
        raise _bad(fact, "a number", raw)
    return number


def _read_date(fact: Fact, raw: Any) -> dt.date:
    if isinstance(raw, dt.date):
        return raw
    try:
        return dt.date.fromisoformat(str(raw))
    except ValueError:
        raise _bad(fact, "a date YYYY-MM-DD (CE)", raw) from None


def _read_choice(fact: Fact, raw: Any) -> str:
    if str(raw) not in {c.id for c in fact.choices}:
        raise _bad(fact, "one of " + ", ".join(c.id for c in fact.choices), raw)
    return str(raw)


def _read_set(fact: Fact, raw: Any) -> frozenset[str]:
    parts = raw.split(",") if isinstance(raw, str) else list(raw)
    return frozenset(_read_choice(fact, part.strip() if isinstance(part, str) else part) for part in parts if part)


def _read_duration(fact: Fact, raw: Any) -> int:
    if isinstance(raw, Mapping):
        if not raw or set(raw) - {"years", "months"}:
            raise _bad(fact, "years and months", dict(raw))
        return 12 * _read_integer(fact, raw.get("years", 0)) + _read_integer(fact, raw.get("months", 0))
    text = str(raw)
    if text.endswith("y"):
        return 12 * _read_integer(fact, text[:-1])
    return _read_integer(fact, text.removesuffix("m"))


def _read_periods(fact: Fact, raw: Any) -> tuple[Period, ...]:
    if not isinstance(raw, list | tuple):
        raise _bad(fact, "a list of {kind, from, to}", raw)
    found = []
    for part in raw:
        if not isinstance(part, Mapping) or set(part) != {"kind", "from", "to"}:
            raise _bad(fact, "{kind, from, to}", part)
        period = Period(str(part["kind"]), _read_date(fact, part["from"]), _read_date(fact, part["to"]))
        if period.last < period.first:
            raise _bad(fact, "a period that ends after it begins", part)
        found.append(period)
    return tuple(sorted(found))


_READERS: dict[str, Callable[[Fact, Any], FactValue]] = {
    "bool": _read_bool, "integer": _read_integer, "decimal": _read_decimal, "money": _read_decimal, "date": _read_date,
    "choice": _read_choice, "set": _read_set, "duration": _read_duration, "periods": _read_periods,
}  # fmt: skip


def encode_value(value: FactValue) -> Any:
    """The JSON form of a value (docs/architecture.md)."""
    if isinstance(value, Between):
        return {"from": _encode_bound(value.low), "to": _encode_bound(value.high)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [{"kind": p.kind, "from": p.first.isoformat(), "to": p.last.isoformat()} for p in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _encode_bound(bound: int | Decimal | None) -> int | str | None:
    return str(bound) if isinstance(bound, Decimal) else bound


def show_value(fact: Fact, value: FactValue) -> str:
    """The value as a Thai reader would write it."""
    if isinstance(value, Between):
        return show_between(fact, value)
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    if fact.type == "duration" and isinstance(value, int):
        return show_months(value)
    if isinstance(value, dt.date):
        return show_date(value)
    if isinstance(value, tuple):
        return "; ".join(f"{p.kind} {show_date(p.first)} – {show_date(p.last)}" for p in value) or "ไม่มี"
    if isinstance(value, frozenset):
        return ", ".join(c.label for c in fact.choices if c.id in value) or "ไม่มี"
    if isinstance(value, str):
        return fact.choice(value).label
    return f"{show_number(value)} {fact.unit}" if fact.unit else show_number(value)


def show_between(fact: Fact, value: Between) -> str:
    """A range in words; a duration's upper bound is told as not yet reaching the next month."""
    low, high = value.low, value.high
    if high is None:
        return f"{show_value(fact, low)}ขึ้นไป" if low is not None else "ไม่ระบุ"
    if fact.type in ("duration", "integer") and isinstance(high, int):
        below = show_value(fact, high + 1)
        floor = fact.range[0] if fact.range else 0
        return f"ไม่ถึง {below}" if low is None or low <= floor else f"{show_value(fact, low)} แต่ไม่ถึง {below}"
    return (
        f"{show_value(fact, low)} ถึง {show_value(fact, high)}" if low is not None else f"ไม่เกิน {show_value(fact, high)}"
    )


def show_number(value: int | Decimal | Fraction) -> str:
    """Digits with thousands commas; an exact decimal where there is one, else a fraction with two decimals beside."""
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return f"{value.numerator:,}"
        rest = value.denominator
        for prime in (2, 5):
            while rest % prime == 0:
                rest //= prime
        if rest != 1:
            return f"{value.numerator}/{value.denominator} (ประมาณ {float(value):,.2f})"
        value = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{value:,}"


def show_months(months: int) -> str:
    """Whole months as years and months."""
    years, rest = divmod(months, 12)
    parts = ([f"{years} ปี"] if years else []) + ([f"{rest} เดือน"] if rest else [])
    return " ".join(parts) or "0 ปี"


def show_date(date: dt.date) -> str:
    """A date in Thai with the Buddhist-era year: 1 พฤษภาคม 2570."""
    return f"{date.day} {MONTHS_TH[date.month - 1]} {date.year + 543}"
