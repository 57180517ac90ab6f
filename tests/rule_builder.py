"""Builds facts, rules and conditions in tests, without files."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec

from knowledge.model import Choice, Cite, Fact
from rules.conditions import Group, Leaf, Node
from rules.model import Rule
from rules.program import Program, compile_rule

CITE = {"lines": [1, 1], "document": "d"}


def fact(name: str, kind: str, **more: Any) -> Fact:
    """A fact; `choices` are given as ids."""
    choices = [Choice(c, c) for c in more.pop("choices", [])]
    return Fact(name, kind, name, f"{name}?", choices=choices, **more)  # type: ignore[arg-type]


def facts(*parts: Fact) -> dict[str, Fact]:
    """Facts by id."""
    return {part.id: part for part in parts}


def leaf(name: str, fact_name: str, **operator: Any) -> dict[str, Any]:
    """A condition as it is written in YAML."""
    return {"id": name, "label": name, "fact": fact_name, "cite": CITE, **operator}


def rule(kind: str, **parts: Any) -> Rule:
    """A rule of a kind with its head filled in."""
    head = {"rule": "r", "document": "d", "title": "t", "subject": "s", "aspect": "a", "cite": CITE, "kind": kind}
    return msgspec.convert({**head, **parts}, Rule)


def program(kind: str, known: dict[str, Fact], **parts: Any) -> Program:
    """A compiled rule."""
    return compile_rule(rule(kind, **parts), known)


def decision(known: dict[str, Fact], when: dict[str, Any]) -> Program:
    """A compiled decision."""
    return program("decision", known, when=when, outcomes={"eligible": "y", "not_eligible": "n"})


def random_tree(rng: Random, names: list[str]) -> Node:
    """A random condition in which each of the names stands exactly once, as a leaf."""
    if len(names) == 1:
        only = Leaf(names[0], names[0], names[0], "is", True, Cite((1, 1)))
        return Group("g" + names[0], "not", (only,)) if rng.random() < 0.3 else only
    cut = sorted(rng.sample(range(1, len(names)), min(rng.randint(1, 2), len(names) - 1)))
    parts = [names[a:b] for a, b in zip([0, *cut], [*cut, len(names)], strict=True)]
    kind = rng.choice(["all", "any", "some_of"])
    children = tuple(random_tree(rng, part) for part in parts)
    return Group("g" + "".join(names), kind, children, rng.randint(1, len(children)) if kind == "some_of" else 0)


def written(node: Node) -> dict[str, Any]:
    """A tree as it is written in YAML."""
    if isinstance(node, Leaf):
        return leaf(node.id, node.fact, **{node.op: node.required})
    if node.kind == "not":
        return {"not": written(node.children[0])}
    children = [written(child) for child in node.children]
    return (
        {"some_of": {"count": node.count, "conditions": children}} if node.kind == "some_of" else {node.kind: children}
    )
