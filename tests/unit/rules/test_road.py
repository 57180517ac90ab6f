"""The road to eligibility: the smallest changes, what they are, and the earliest day when time alone does it."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from random import Random
from typing import Any

from rule_builder import decision, fact, facts, leaf, random_tree, written

from knowledge.model import Knowledge
from rules.base_loader import RuleBase
from rules.conditions import Status
from rules.consult import Consultant
from rules.engines.plain import status_of
from rules.program import Program
from rules.result import Result
from rules.road import MOST_CHANGES, smallest_flips

TODAY = dt.date(2026, 1, 31)
SERVICE = fact("service", "duration", changes="time")
DEGREE = fact("degree", "choice", choices=["ba", "ma"], changes="action")
BORN = fact("thai", "bool", changes="fixed")
EIGHT = leaf(
    "service",
    "service",
    at_least={"by": "degree", "cases": {"ba": {"value": {"years": 6}}, "ma": {"value": {"years": 4}}}},
)


def consult(program: Program, given: dict[str, Any]) -> Result:
    return Consultant(RuleBase(Knowledge(), {"r": program})).consult("r", given, TODAY)


def changes(result: Result) -> list[list[tuple[str, str, dt.date | None]]]:
    return [[(change.criterion, change.kind, change.earliest) for change in road] for road in result.road]


def test_time_alone_has_its_earliest_day() -> None:
    program = decision(facts(SERVICE, DEGREE), {"all": [EIGHT]})
    result = consult(program, {"service": 71, "degree": "ba"})
    assert result.decision == "not_eligible"
    assert changes(result) == [[("service", "time", dt.date(2026, 2, 28))]]
    assert "ไม่น้อยกว่า 6 ปี" in result.road[0][0].says


def test_the_threshold_of_the_known_choice_counts() -> None:
    program = decision(facts(SERVICE, DEGREE), {"all": [EIGHT]})
    assert changes(consult(program, {"service": 47, "degree": "ma"})) == [[("service", "time", dt.date(2026, 2, 28))]]


def test_no_day_is_promised_where_the_time_is_not_exactly_known() -> None:
    program = decision(facts(SERVICE), leaf("service", "service", at_most=12))
    assert changes(consult(program, {"service": 20})) == [[("service", "time", None)]]


def test_what_cannot_change_is_said_to_be_fixed() -> None:
    known = facts(SERVICE, BORN)
    both = decision(known, {"all": [leaf("service", "service", at_least=12), leaf("thai", "thai", **{"is": True})]})
    assert changes(consult(both, {"service": 11, "thai": False})) == [
        [("service", "time", dt.date(2026, 2, 28)), ("thai", "fixed", None)]
    ]


def test_alternatives_are_told_each() -> None:
    known = facts(SERVICE, BORN)
    either = decision(known, {"any": [leaf("service", "service", at_least=12), leaf("thai", "thai", **{"is": True})]})
    assert [len(road) for road in consult(either, {"service": 11, "thai": False}).road] == [1, 1]


def test_nobody_who_may_pass_is_given_a_road() -> None:
    program = decision(facts(SERVICE), leaf("service", "service", at_least=12))
    assert consult(program, {"service": 12}).road == []
    assert consult(program, {}).road == []


def test_smallest_sets_against_brute_force() -> None:
    rng, found = Random(5), 0
    names = [f"c{i}" for i in range(5)]
    known = facts(*(fact(name, "bool") for name in names))
    for _ in range(400):
        program = decision(known, written(random_tree(rng, names)))
        given = {name: rng.random() < 0.5 for name in names if rng.random() < 0.8}
        result = consult(program, given)
        if result.decision != "not_eligible":
            continue
        flips = {tuple(leaf.id for leaf in leaves) for leaves in smallest_flips(program, result)}
        assert flips <= brute_force(program, result) or not flips
        assert bool(flips) == bool(brute_force(program, result))
        found += bool(flips)
    assert found > 50


def brute_force(program: Program, result: Result) -> set[tuple[str, ...]]:
    """All smallest sets of unmet conditions which, met, make the decision met; unknown ones count as met."""
    hopeful = {name: Status.MET if status is Status.UNKNOWN else status for name, status in result.statuses.items()}
    unmet = [name for name, status in hopeful.items() if status is Status.UNMET]
    for size in range(1, MOST_CHANGES + 1):
        root = program.roots["decision"]
        sets = {
            chosen for chosen in combinations(unmet, size)
            if status_of(root, {**hopeful, **dict.fromkeys(chosen, Status.MET)}) is Status.MET
        }  # fmt: skip
        if sets:
            return sets
    return set()
