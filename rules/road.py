"""The road to eligibility: the smallest changes that would make a decision positive, and from when.

Only what a rule says is promised. A change is `fixed` (cannot be made), `action` (can be done) or `time` (comes by
itself, with its earliest date).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from rules.calendars import add_months
from rules.conditions import Leaf, Status
from rules.criteria import required_of
from rules.engines.plain import status_of
from rules.model import Between, FactValue
from rules.program import DECISION, Program
from rules.result import Change, Result

if TYPE_CHECKING:
    from rules.consult import Consultant

MOST_CHANGES = 3
MOST_ROADS = 4


def add_road(
    consultant: Consultant, program: Program, result: Result, facts: Mapping[str, FactValue], today: dt.date
) -> None:
    """Fill `result.road` and, where time alone does it, the windows that follow (`result.follow`)."""
    result.road = [
        [_change(program, leaf, result, today) for leaf in leaves] for leaves in smallest_flips(program, result)
    ]
    waits = [change.earliest for road in result.road for change in road if len(road) == 1 and change.earliest]
    if waits:
        follow = [consultant.consult(name, {}, min(waits), depth=0) for name in program.rule.followed_by]
        result.follow = [r for r in follow if r.openings]


def smallest_flips(program: Program, result: Result) -> list[tuple[Leaf, ...]]:
    """The smallest sets of unmet conditions that, once met, make the decision met. Unknown ones count as met."""
    hopeful = {name: Status.MET if s is Status.UNKNOWN else s for name, s in result.statuses.items()}
    root = program.roots[DECISION]
    wanting = [leaf for leaf in program.by_leaf.values() if hopeful[leaf.id] is Status.UNMET and ":" not in leaf.id]
    for size in range(1, MOST_CHANGES + 1):
        found = [
            leaves
            for leaves in combinations(wanting, size)
            if status_of(root, {**hopeful, **{leaf.id: Status.MET for leaf in leaves}}) is Status.MET
        ]
        if found:
            return found[:MOST_ROADS]
    return []


def _change(program: Program, leaf: Leaf, result: Result, today: dt.date) -> Change:
    fact = program.facts[leaf.fact]
    required, cite = required_of(leaf, program.facts, result.facts)
    earliest = _earliest(program, leaf, result.facts, today) if fact.changes == "time" else None
    return Change(leaf.id, fact.changes, f"{leaf.label}: {required}", earliest, cite)


def _earliest(program: Program, leaf: Leaf, facts: Mapping[str, FactValue], today: dt.date) -> dt.date | None:
    """When a duration that grows with time reaches its threshold, if nothing interrupts it."""
    given = facts.get(leaf.fact)
    case = leaf.cases.get(str(facts.get(leaf.by))) if leaf.by else None
    required = case.value if case else leaf.required
    if (
        leaf.op != "at_least"
        or not isinstance(given, int)
        or isinstance(given, Between)
        or not isinstance(required, int)
    ):
        return None
    if program.facts[leaf.fact].type != "duration":
        return None
    return add_months(today, required - given)
