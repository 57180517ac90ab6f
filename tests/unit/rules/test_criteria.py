"""Which criteria a person is shown: those that bear on the outcome."""

from __future__ import annotations

from typing import Any

import pytest
from rule_builder import decision, fact, facts, leaf

from rules.conditions import leaf_status
from rules.criteria import explain
from rules.model import Between
from rules.program import Program

KNOWN = facts(
    fact("a", "integer", unit="ปี"),
    fact("b", "bool"),
    fact("c", "bool"),
    fact("degree", "choice", choices=["ba", "ma"]),
)
A, B, C = leaf("a", "a", at_least=3), leaf("b", "b", **{"is": True}), leaf("c", "c", **{"is": True})
TWO = {"some_of": {"count": 2, "conditions": [A, B, C]}}


def shown(program: Program, given: dict[str, Any]) -> dict[str, str]:
    statuses = {name: leaf_status(part, program.facts, given) for name, part in program.by_leaf.items()}
    return {criterion.id: criterion.status.value for criterion in explain(program, given, statuses)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"a": "unknown", "b": "unknown", "c": "unknown"}),
        ({"a": 5, "b": False}, {"a": "met"}),
        ({"b": False}, {"a": "unknown", "c": "unknown"}),
        ({"a": 1, "b": False, "c": False}, {"a": "unmet", "b": "unmet", "c": "unmet"}),
    ],
)
def test_one_of_several(given: dict[str, Any], expected: dict[str, str]) -> None:
    assert shown(decision(KNOWN, {"any": [A, B, C]}), given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"a": 5, "b": True}, {"a": "met", "b": "met"}),
        ({"a": 5}, {"a": "met", "b": "unknown", "c": "unknown"}),
        ({"a": 5, "b": False, "c": False}, {"a": "met", "b": "unmet", "c": "unmet"}),
    ],
)
def test_two_of_several(given: dict[str, Any], expected: dict[str, str]) -> None:
    assert shown(decision(KNOWN, TWO), given) == expected


@pytest.mark.parametrize(
    ("op", "required", "phrase"),
    [
        ("at_least", 3, "ไม่น้อยกว่า 3 ปี"),
        ("more_than", 3, "มากกว่า 3 ปี"),
        ("at_most", 3, "ไม่เกิน 3 ปี"),
        ("less_than", 3, "น้อยกว่า 3 ปี"),
        ("in", [3, 4], "3 ปี หรือ 4 ปี"),
        ("is_not", 3, "ไม่ใช่ 3 ปี"),
    ],
)
def test_what_is_required_in_words(op: str, required: Any, phrase: str) -> None:
    program = decision(KNOWN, leaf("x", "a", **{op: required}))
    statuses = {name: leaf_status(part, program.facts, {}) for name, part in program.by_leaf.items()}
    (criterion,) = explain(program, {}, statuses)
    assert (criterion.required, criterion.given) == (phrase, None)


@pytest.mark.parametrize(
    ("given", "required", "said"),
    [
        ({}, "ไม่น้อยกว่า 6 ปี (ba) / ไม่น้อยกว่า 4 ปี (ma)", None),
        ({"degree": "ma", "a": 5}, "ไม่น้อยกว่า 4 ปี (ma)", "5 ปี"),
        ({"a": Between(4, 5)}, "ไม่น้อยกว่า 6 ปี (ba) / ไม่น้อยกว่า 4 ปี (ma)", "4 ปี แต่ไม่ถึง 6 ปี"),
    ],
)
def test_a_threshold_that_depends_on_a_choice(given: dict[str, Any], required: str, said: str | None) -> None:
    by = leaf("x", "a", at_least={"by": "degree", "cases": {"ba": {"value": 6}, "ma": {"value": 4}}})
    program = decision(KNOWN, by)
    statuses = {name: leaf_status(part, program.facts, given) for name, part in program.by_leaf.items()}
    (criterion,) = explain(program, given, statuses)
    assert (criterion.required, criterion.given) == (required, said)
