"""Seeded random facts for a rule: at its thresholds, beside them, anywhere, as ranges, or left out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

from knowledge.model import Fact
from rules.classes import candidates
from rules.model import Between, FactValue, Period
from rules.program import Program

NUMERIC = ("integer", "decimal", "money", "duration")
WIDEST = 5_000


def random_facts(rng: Random, program: Program) -> dict[str, FactValue]:
    """Facts for a rule; each is left out one time in four."""
    return {name: random_value(rng, program, name) for name in program.inputs if rng.random() < 0.75}


def random_value(rng: Random, program: Program, name: str) -> FactValue:
    """A value that fits the fact; one numeric value in five is a range."""
    fact = program.facts[name]
    if fact.type in NUMERIC and rng.random() < 0.2:
        ends: list[Any] = sorted(_one(rng, program, fact) for _ in range(2))
        return Between(ends[0] if rng.random() < 0.7 else None, ends[1])
    return _one(rng, program, fact)


def _one(rng: Random, program: Program, fact: Fact) -> Any:
    if fact.type == "bool":
        return rng.random() < 0.5
    if fact.type == "choice":
        return rng.choice(fact.choices).id
    if fact.type == "set":
        return frozenset(choice.id for choice in fact.choices if rng.random() < 0.8)
    if fact.type == "periods":
        return (
            tuple(_period(rng) for _ in range(rng.randrange(5)))
            if rng.random() < 0.5
            else _candidate(rng, program, fact)
        )
    if rng.random() < 0.6:
        return _candidate(rng, program, fact)
    if fact.type == "date":
        return dt.date(2020, 1, 1) + dt.timedelta(days=rng.randrange(5_000))
    low, high = fact.range or (0, WIDEST)
    number = rng.randint(low, min(high, low + WIDEST))
    return number if fact.type in ("integer", "duration") else number + Decimal(rng.randrange(100)) / 100


def _candidate(rng: Random, program: Program, fact: Fact) -> Any:
    return rng.choice(candidates(program, fact.id))


def _period(rng: Random) -> Period:
    first = dt.date(2010, 1, 1) + dt.timedelta(days=rng.randrange(3_000))
    return Period(rng.choice("กขคง"), first, first + dt.timedelta(days=rng.randrange(1, 1_500)))
