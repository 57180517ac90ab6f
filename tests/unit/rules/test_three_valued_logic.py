"""Conditions with unknowns, against brute force over everything that the unknown might be."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest
from rule_builder import decision, fact, facts, leaf, random_tree

from rules.conditions import BadCondition, Group, Leaf, Node, Status, compare_status, leaf_status
from rules.engines.plain import status_of
from rules.model import Between

TREES = 1_500
OPERATORS = ("at_least", "more_than", "at_most", "less_than")


def truth(node: Node, world: dict[str, bool]) -> bool:
    """Two-valued, written down once more and apart from the engine."""
    if isinstance(node, Leaf):
        return world[node.id]
    values = [truth(child, world) for child in node.children]
    if node.kind == "not":
        return not values[0]
    return {"all": all(values), "any": any(values), "some_of": sum(values) >= node.count}[node.kind]


def brute_force(node: Node, statuses: dict[str, Status]) -> Status:
    names = list(statuses)
    choices = [{Status.MET: [True], Status.UNMET: [False], Status.UNKNOWN: [True, False]}[statuses[n]] for n in names]
    found = {truth(node, dict(zip(names, values, strict=True))) for values in product(*choices)}
    return Status.UNKNOWN if len(found) == 2 else Status.MET if found.pop() else Status.UNMET


def test_random_conditions_agree_with_brute_force() -> None:
    rng = Random(3)
    seen: set[Status] = set()
    for _ in range(TREES):
        names = [f"c{i}" for i in range(rng.randint(1, 6))]
        tree = random_tree(rng, names)
        statuses = {name: rng.choice(list(Status)) for name in names}
        status = status_of(tree, statuses)
        assert status is brute_force(tree, statuses), (tree, statuses)
        seen.add(status)
    assert seen == set(Status)


def test_a_missing_fact_never_decides_what_it_could_change() -> None:
    rng = Random(4)
    for _ in range(300):
        names = [f"c{i}" for i in range(rng.randint(2, 5))]
        tree = random_tree(rng, names)
        known = {name: rng.choice([Status.MET, Status.UNMET]) for name in names}
        for name in names:
            before = status_of(tree, {**known, name: Status.UNKNOWN})
            if before is not Status.UNKNOWN:
                assert status_of(tree, {**known, name: Status.MET}) is before
                assert status_of(tree, {**known, name: Status.UNMET}) is before


@pytest.mark.parametrize("op", OPERATORS)
def test_ranges_agree_with_every_value_inside(op: str) -> None:
    number = fact("n", "integer")
    for low, high, limit in product(range(6), range(6), range(-1, 8)):
        if low > high:
            continue
        inside = {compare_status(number, op, value, limit) for value in range(low, high + 1)}
        expected = inside.pop() if len(inside) == 1 else Status.UNKNOWN
        assert compare_status(number, op, Between(low, high), limit) is expected, (low, high, limit)


@pytest.mark.parametrize("op", OPERATORS)
def test_open_ranges(op: str) -> None:
    number = fact("n", "integer")
    upwards = compare_status(number, op, Between(5, None), 5)
    downwards = compare_status(number, op, Between(None, 5), 5)
    assert upwards is {"at_least": Status.MET, "less_than": Status.UNMET}.get(op, Status.UNKNOWN)
    assert downwards is {"at_most": Status.MET, "more_than": Status.UNMET}.get(op, Status.UNKNOWN)


KNOWN = facts(
    fact("service", "duration"),
    fact("degree", "choice", choices=["ba", "ma", "phd"], ordered=True),
    fact("yes", "bool"),
    fact("credits", "set", choices=["x", "y", "z"]),
)


def status(condition: dict[str, Any], given: dict[str, Any]) -> Status:
    program = decision(KNOWN, condition)
    only = next(iter(program.by_leaf.values()))
    return leaf_status(only, program.facts, given)


BY_DEGREE = leaf(
    "s",
    "service",
    at_least={
        "by": "degree",
        "cases": {"ba": {"value": {"years": 6}}, "ma": {"value": {"years": 4}}, "phd": {"value": {"years": 2}}},
    },
)
BY_SOME = leaf(
    "s", "service", at_least={"by": "degree", "cases": {"ba": {"value": {"years": 6}}, "ma": {"value": {"years": 4}}}}
)


@pytest.mark.parametrize(
    ("condition", "given", "expected"),
    [
        (BY_DEGREE, {"service": 48, "degree": "ma"}, Status.MET),
        (BY_DEGREE, {"service": 47, "degree": "ma"}, Status.UNMET),
        (BY_DEGREE, {"service": 48, "degree": "ba"}, Status.UNMET),
        (BY_DEGREE, {"service": 48}, Status.UNKNOWN),
        (BY_DEGREE, {"service": 72}, Status.MET),
        (BY_DEGREE, {"service": 23}, Status.UNMET),
        (BY_DEGREE, {"degree": "ma"}, Status.UNKNOWN),
        (BY_SOME, {"service": 72}, Status.UNKNOWN),
        (BY_SOME, {"service": 72, "degree": "phd"}, Status.UNKNOWN),
        (leaf("d", "degree", at_least="ma"), {"degree": "phd"}, Status.MET),
        (leaf("d", "degree", at_least="ma"), {"degree": "ba"}, Status.UNMET),
        (leaf("d", "degree", **{"in": ["ma", "phd"]}), {"degree": "ba"}, Status.UNMET),
        (leaf("d", "degree", not_in=["ma", "phd"]), {"degree": "ba"}, Status.MET),
        (leaf("d", "degree", is_not="ba"), {"degree": "ba"}, Status.UNMET),
        (leaf("c", "credits", has_all=["x", "y"]), {"credits": frozenset("xyz")}, Status.MET),
        (leaf("c", "credits", has_all=["x", "y"]), {"credits": frozenset("xz")}, Status.UNMET),
    ],
)
def test_leaves(condition: dict[str, Any], given: dict[str, Any], expected: Status) -> None:
    assert status(condition, given) is expected


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (leaf("a", "age", at_least=3), ".when.fact: expected a declared fact, got 'age'"),
        (leaf("a", "yes", at_least=3), ".when.at_least: expected an operator for a bool (is, in, ...), got at_least"),
        (leaf("a", "credits", **{"is": "x"}), ".when.is: expected has_all for a set and only there, got is on a set"),
        (
            leaf("a", "service", has_all=["x"]),
            ".when.has_all: expected has_all for a set and only there, got has_all on a duration",
        ),
        (leaf("a", "degree", **{"in": "ma"}), ".when.in: expected a list of values, got 'ma'"),
        ({"all": []}, ".when: expected at least one condition, got none"),
        (
            {"some_of": {"count": 2, "conditions": [leaf("a", "yes", **{"is": True})]}},
            ".when.some_of.count: expected a count from 1 to 1, got 2",
        ),
        (
            {"some_of": {"count": 0, "conditions": [leaf("a", "yes", **{"is": True})]}},
            ".when.some_of.count: expected a count from 1 to 1, got 0",
        ),
        (
            {"any": [leaf("a", "yes", **{"is": True}), leaf("b", "nope", **{"is": True})]},
            ".when.any[1].fact: expected a declared fact, got 'nope'",
        ),
        (
            leaf("s", "service", at_least={"by": "degree", "cases": {"bsc": {"value": 1}}}),
            ".when.at_least.cases: expected choices of degree, got bsc",
        ),
        (
            {"all": [leaf("a", "yes", **{"is": True}), leaf("a", "yes", **{"is": False})]},
            ": expected each condition id once in a rule, got 'a' again",
        ),
    ],
)
def test_refused_conditions(condition: dict[str, Any], message: str) -> None:
    with pytest.raises(BadCondition) as fault:
        decision(KNOWN, condition)
    assert str(fault.value) == message


def test_groups_keep_their_names() -> None:
    program = decision(
        KNOWN, {"id": "both", "all": [leaf("a", "yes", **{"is": True}), {"not": leaf("b", "yes", **{"is": False})}]}
    )
    root = program.roots["decision"]
    assert isinstance(root, Group)
    assert (root.id, [child.id for child in root.children]) == ("both", ["a", "both.1"])
