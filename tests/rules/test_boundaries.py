"""At each threshold of each rule, and one step past it either way: what flips, and nothing else does."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import operator
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from bot.known import load_known
from rules.calendars import DAY, opening
from rules.classes import around, candidates
from rules.conditions import Leaf, Status
from rules.consult import Consultant
from rules.model import Calendar, Distinct
from rules.program import Program

TODAY = dt.date(2026, 11, 20)
SEED = 7
ORDERS = {
    "at_least": operator.ge, "more_than": operator.gt, "at_most": operator.le, "less_than": operator.lt,
    "is": operator.eq, "is_not": operator.ne,
}  # fmt: skip
NUMERIC = ("integer", "decimal", "money", "duration", "date")


def thresholds() -> Iterator[Any]:
    """(rule, condition, the choice on which the threshold depends, threshold)."""
    for program in load_known():
        for leaf in program.by_leaf.values():
            if program.facts[leaf.fact].type not in NUMERIC or leaf.op not in ORDERS:
                continue
            cases = {choice: case.value for choice, case in leaf.cases.items()} or {None: leaf.required}
            for choice, value in cases.items():
                name = f"{program.rule.rule}: {leaf.id}" + (f" ({choice})" if choice else "")
                yield pytest.param(program.rule.rule, leaf.id, choice, value, id=name)


@pytest.fixture(scope="module")
def consultant() -> Consultant:
    return Consultant(load_known())


@pytest.mark.parametrize(("rule", "condition", "choice", "threshold"), thresholds())
def test_threshold(consultant: Consultant, rule: str, condition: str, choice: str | None, threshold: Any) -> None:
    program = consultant.base.programs[rule]
    leaf = program.by_leaf[condition]
    others = other_facts(program, leaf, choice)
    seen = []
    for value in around(program.facts[leaf.fact], threshold):
        result = consultant.consult(rule, {**others, leaf.fact: value}, TODAY, depth=0)  # refused if the engines differ
        expected = Status.MET if ORDERS[leaf.op](value, threshold) else Status.UNMET
        assert result.statuses[condition] is expected, f"{leaf.fact} = {value}"
        seen.append(result.statuses)
    for one, other in itertools.pairwise(seen):
        flipped = {name for name in one if one[name] is not other[name]}
        assert {program.by_leaf[name].fact for name in flipped} <= {leaf.fact}
    assert len({statuses[condition] for statuses in seen}) == 2, "the condition does not flip at its own threshold"


def other_facts(program: Program, leaf: Leaf, choice: str | None) -> dict[str, Any]:
    """All other facts of the rule at some value, so that they stay as they are."""
    rng, found = Random(SEED), {}
    for name, fact in program.facts.items():
        if fact.type == "bool":
            found[name] = rng.random() < 0.5
        elif fact.type == "choice":
            found[name] = rng.choice(fact.choices).id
    if leaf.by:
        found[leaf.by] = choice
    found.pop(leaf.fact, None)
    return found


def windows() -> Iterator[Any]:
    for program in load_known():
        if isinstance(program.rule, Calendar):
            for window in program.rule.windows:
                for year in (2027, 2028):
                    yield pytest.param(
                        program.rule.rule, window.id, year, id=f"{program.rule.rule}: {window.id} {year}"
                    )


@pytest.mark.parametrize(("rule", "window", "year"), windows())
def test_window(consultant: Consultant, rule: str, window: str, year: int) -> None:
    calendar = consultant.base.programs[rule].rule
    assert isinstance(calendar, Calendar)
    this = opening(next(w for w in calendar.windows if w.id == window), year)
    days = {this.opens - DAY: False, this.opens: True, this.closes: True, this.closes + DAY: False}
    for day, inside in days.items():
        result = consultant.consult(rule, dict.fromkeys(calendar.inputs, day), TODAY)
        filed = result.filed.window.id if result.filed else None
        assert (filed == window) is inside, day


def kinds_of_service() -> Iterator[Any]:
    for program in load_known():
        for leaf in program.by_leaf.values():
            if isinstance(leaf.required, Distinct):
                yield pytest.param(program.rule.rule, leaf.id, id=f"{program.rule.rule}: {leaf.id}")


@pytest.mark.parametrize(("rule", "condition"), kinds_of_service())
def test_kinds_of_service(consultant: Consultant, rule: str, condition: str) -> None:
    """As many kinds as required, each just long enough; one kind fewer; and one of them a day too short."""
    program = consultant.base.programs[rule]
    leaf = program.by_leaf[condition]
    enough, fewer = sorted(candidates(program, leaf.fact), key=len, reverse=True)[:2]
    last = enough[-1]
    short = (*enough[:-1], dataclasses.replace(last, last=last.last - DAY))
    found = [
        consultant.consult(rule, {leaf.fact: given}, TODAY).statuses[condition] for given in (enough, fewer, short)
    ]
    assert found == [Status.MET, Status.UNMET, Status.UNMET]
