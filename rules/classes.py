"""Splits each fact's values into classes that the rule treats alike, with one value standing for each class."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import Any

from knowledge.model import Fact
from rules.calendars import add_months
from rules.conditions import Leaf, Status, compare_status
from rules.model import Between, Distinct, FactValue, Period
from rules.program import Program

DECIMAL_STEP = Decimal("0.01")


def thresholds(program: Program, fact: str) -> list[Any]:
    """The values with which a rule compares a fact, in order, each once."""
    found: list[Any] = []
    for leaf in program.by_leaf.values():
        if leaf.fact == fact:
            required = [case.value for case in leaf.cases.values()] if leaf.by else [leaf.required]
            for value in required:
                found += value if isinstance(value, tuple) else [value]
    unique = list(dict.fromkeys(found))
    return sorted(unique) if unique and not isinstance(unique[0], bool | str | frozenset | Distinct) else unique


def around(fact: Fact, value: Any) -> list[Any]:
    """A threshold, one step below it and one step above."""
    if isinstance(value, dt.date):
        return [value - dt.timedelta(days=1), value, value + dt.timedelta(days=1)]
    step = 1 if fact.type in ("integer", "duration") else DECIMAL_STEP
    return [value - step, value, value + step]


def candidates(program: Program, name: str) -> list[FactValue]:
    """Values of a fact that show every way in which the rule can treat it."""
    fact = program.facts[name]
    if fact.type == "bool":
        return [True, False]
    if fact.type == "choice":
        return [choice.id for choice in fact.choices]
    limits = thresholds(program, name)
    if fact.type == "periods":
        return [_service(limit, less) for limit in limits for less in (0, 1)]
    if fact.type == "set":
        everything = frozenset(choice.id for choice in fact.choices)
        less = [value - {min(value)} for value in limits if value]
        return list(dict.fromkeys([everything, frozenset(), *limits, *less]))
    values = [value for limit in limits for value in around(fact, limit)] or [_middle(fact)]
    low, high = fact.range or (None, None)
    kept = [v for v in values if isinstance(v, dt.date) or ((low is None or v >= low) and (high is None or v <= high))]
    return sorted(dict.fromkeys(kept))


def _service(limit: Distinct, less: int) -> tuple[Period, ...]:
    """As many kinds of service as required (or fewer by `less`), one after the other, each just long enough."""
    start, found = dt.date(2000, 1, 1), []
    for number in range(limit.count - less):
        end = add_months(start, limit.months)
        found.append(Period(f"งานที่ {number + 1}", start, end - dt.timedelta(days=1)))
        start = end
    return tuple(found)


def _middle(fact: Fact) -> Any:
    if fact.type == "date":
        return dt.date(2026, 1, 1)
    return fact.range[0] if fact.range else 1


def classes(program: Program, name: str) -> list[FactValue]:
    """One value for each class that the rule's conditions can tell apart."""
    seen: dict[tuple[Any, ...], FactValue] = {}
    for value in candidates(program, name):
        seen.setdefault(_signature(program, name, value), value)
    return list(seen.values())


def representative(program: Program, name: str, value: FactValue) -> FactValue:
    """The value that stands for the class of `value` (itself when it is a range or a class of its own)."""
    if isinstance(value, Between):
        return value
    wanted = _signature(program, name, value)
    for candidate in candidates(program, name):
        if _signature(program, name, candidate) == wanted:
            return candidate
    return value


def _signature(program: Program, name: str, value: FactValue) -> tuple[Any, ...]:
    parts: list[Any] = []
    for leaf in program.by_leaf.values():
        if leaf.by == name:
            parts.append(_case(leaf, value))
        if leaf.fact == name:
            parts += _outcomes(program.facts[name], leaf, value)
    return tuple(parts)


def _case(leaf: Leaf, value: FactValue) -> Any:
    case = leaf.cases.get(str(value))
    return None if case is None else case.value


def _outcomes(fact: Fact, leaf: Leaf, value: FactValue) -> list[Status]:
    if leaf.by is None:
        return [compare_status(fact, leaf.op, value, leaf.required)]
    return [compare_status(fact, leaf.op, value, case.value) for case in leaf.cases.values()]


def combinations(program: Program, names: list[str], fixed: Mapping[str, FactValue]) -> Iterator[dict[str, FactValue]]:
    """Every combination of the classes of `names`, with the facts in `fixed` as they are."""
    for values in product(*(classes(program, name) for name in names)):
        yield {**fixed, **dict(zip(names, values, strict=True))}
