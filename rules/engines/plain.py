"""The plain evaluator: pure, three-valued, a few lines. It explains and asks; durable.py must agree with it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from rules.arithmetic import Computed, compute
from rules.conditions import Leaf, Node, Status, join
from rules.model import FactValue, Formula
from rules.program import Program


def conclude(program: Program, statuses: Mapping[str, Status]) -> dict[str, Status]:
    """The status of every root from the statuses of the leaves."""
    return {name: status_of(root, statuses) for name, root in program.roots.items()}


def status_of(node: Node, statuses: Mapping[str, Status]) -> Status:
    """The status of a node from the statuses of its leaves."""
    if isinstance(node, Leaf):
        return statuses[node.id]
    return join(node.kind, [status_of(child, statuses) for child in node.children], node.count)


def calculate(formula: Formula, given: Mapping[str, FactValue]) -> list[Computed]:
    """All steps of a formula in order, on exact numbers. Every input must be given."""
    done: list[Computed] = []
    values: dict[str, Fraction] = {}
    for step in formula.steps:
        result = compute(formula, step, {**given, **values})
        values[step.id] = result.value
        done.append(result)
    return done
