"""The interview asks only what can change the outcome, and always reaches it. Over generated decisions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any

import pytest
from rule_builder import decision, fact, facts, leaf, random_tree, written

from knowledge.model import Fact
from rules.conditions import Group, Leaf, Node, Status
from rules.interview import Interview, outcome, settled
from rules.model import Between
from rules.program import Program

DECISIONS = 250
VALUES = {"integer": list(range(6)), "bool": [False, True]}
KNOWN = facts(
    fact("a", "integer", range=(0, 5)),
    fact("b", "integer", range=(0, 5)),
    fact("p", "bool"),
    fact("q", "bool"),
    fact("r", "bool"),
)


@dataclass
class Generated:
    """A random decision over few facts, so that some stand in several conditions."""

    program: Program
    tree: Node
    names: tuple[str, ...]

    def truth(self, world: dict[str, Any]) -> bool:
        return _truth(self.program.roots["decision"], world)

    def worlds(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        options = [[given[n]] if n in given else VALUES[KNOWN[n].type] for n in self.names]
        return [dict(zip(self.names, values, strict=True)) for values in product(*options)]


def generate(rng: Random) -> Generated:
    tree = random_tree(rng, [f"c{i}" for i in range(rng.randint(2, 5))])
    condition = written(_with_facts(rng, tree))
    program = decision(KNOWN, condition)
    return Generated(program, tree, program.inputs)


def _with_facts(rng: Random, node: Node) -> Node:
    if isinstance(node, Group):
        return Group(node.id, node.kind, tuple(_with_facts(rng, child) for child in node.children), node.count)
    name = rng.choice(list(KNOWN))
    if KNOWN[name].type == "bool":
        return Leaf(node.id, node.id, name, "is", rng.random() < 0.5, node.cite)
    op = rng.choice(["at_least", "at_most", "less_than", "more_than"])
    return Leaf(node.id, node.id, name, op, rng.randint(0, 5), node.cite)


def _truth(node: Node, world: dict[str, Any]) -> bool:
    if isinstance(node, Leaf):
        given, required = world[node.fact], node.required
        return {"is": given == required, "at_least": given >= required, "at_most": given <= required,
                "less_than": given < required, "more_than": given > required}[node.op]  # fmt: skip
    values = [_truth(child, world) for child in node.children]
    if node.kind == "not":
        return not values[0]
    return {"all": all(values), "any": any(values), "some_of": sum(values) >= node.count}[node.kind]


def can_change(generated: Generated, name: str, given: dict[str, Any]) -> bool:
    """Whether two worlds that differ in this fact alone have different outcomes."""
    groups: dict[tuple[Any, ...], set[bool]] = {}
    for world in generated.worlds({k: v for k, v in given.items() if k != name}):
        key = tuple(v for k, v in world.items() if k != name)
        groups.setdefault(key, set()).add(generated.truth(world))
    return any(len(found) == 2 for found in groups.values())


@pytest.mark.parametrize("seed", range(4))
def test_asks_only_what_can_change_the_outcome(seed: int) -> None:
    rng, asked, left_out = Random(seed), 0, 0
    for _ in range(DECISIONS):
        generated = generate(rng)
        world = {name: rng.choice(VALUES[KNOWN[name].type]) for name in generated.names}
        given = {name: value for name, value in world.items() if rng.random() < 0.4}
        ranked = Interview(generated.program).ranked(given)
        assert len(set(ranked)) == len(ranked)
        for name in ranked:
            assert name not in given
            assert can_change(generated, name, given), (generated.program.rule, given, name)
        outcomes = {generated.truth(w) for w in generated.worlds(given)}
        if len(outcomes) == 2:
            assert ranked, (generated.program.rule, given)
        asked += len(ranked)
        left_out += len(set(generated.names) - set(given) - set(ranked))
    assert asked > 50
    assert left_out > 50, "the generator never made a fact that does not matter"


@pytest.mark.parametrize("seed", range(2))
def test_answers_in_turn_reach_the_outcome(seed: int) -> None:
    rng = Random(100 + seed)
    for _ in range(DECISIONS):
        generated = generate(rng)
        world = {name: rng.choice(VALUES[KNOWN[name].type]) for name in generated.names}
        interview, given = Interview(generated.program), {}
        while ranked := interview.ranked(given):
            assert ranked[0] not in given
            given[ranked[0]] = world[ranked[0]]
        assert {generated.truth(w) for w in generated.worlds(given)} == {generated.truth(world)}
        if settled(generated.program, given):
            assert outcome(generated.program, given) == outcome(generated.program, world)


def test_a_range_is_asked_again_only_where_it_leaves_the_condition_open() -> None:
    program = decision(KNOWN, leaf("old", "a", at_least=3))
    assert Interview(program).ranked({"a": Between(2, 4)}) == ["a"]
    assert Interview(program).ranked({"a": Between(3, 4)}) == []


def test_a_declined_fact_is_not_asked() -> None:
    program = decision(KNOWN, {"any": [leaf("x", "p", **{"is": True}), leaf("y", "q", **{"is": True})]})
    assert sorted(Interview(program).ranked({})) == ["p", "q"]
    assert Interview(program).ranked({}, frozenset({"p"})) == ["q"]


def test_what_most_people_would_say_orders_the_questions() -> None:
    rare = Fact("rare", "bool", "rare", "?", usually=True)
    open_ = Fact("open", "bool", "open", "?")
    program = decision(
        facts(rare, open_), {"all": [leaf("x", "rare", **{"is": True}), leaf("y", "open", **{"is": True})]}
    )
    assert Interview(program).ranked({}) == ["open", "rare"]
    swapped = decision(
        facts(rare, open_), {"any": [leaf("x", "open", **{"is": True}), leaf("y", "rare", **{"is": True})]}
    )
    assert Interview(swapped).ranked({}) == ["rare", "open"]


def test_a_rule_too_wide_for_the_exact_search_still_asks() -> None:
    many = facts(*(fact(f"f{i}", "bool") for i in range(14)))
    program = decision(many, {"all": [leaf(f"c{i}", f"f{i}", **{"is": True}) for i in range(14)]})
    interview = Interview(program)
    assert not interview.exact
    assert sorted(interview.ranked({})) == sorted(many)
    assert interview.ranked({"f3": False}) == []
    assert outcome(program, {"f3": False}) == (Status.UNMET,)
