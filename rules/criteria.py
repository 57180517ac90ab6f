"""The criteria of a decision as a person reads them: label, given, required, status, source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.model import Cite, Fact
from rules.conditions import Group, Leaf, Node, Status
from rules.engines.plain import status_of
from rules.model import Distinct, FactValue
from rules.program import DECISION, Program
from rules.result import Criterion
from rules.values import show_months, show_value

_WORDS = {
    "at_least": "ไม่น้อยกว่า", "more_than": "มากกว่า", "at_most": "ไม่เกิน", "less_than": "น้อยกว่า", "is_not": "ไม่ใช่",
    "not_in": "ไม่ใช่", "is": "", "in": "", "has_all": "ครบทุกข้อ:",
}  # fmt: skip


def explain(program: Program, given: Mapping[str, FactValue], statuses: Mapping[str, Status]) -> list[Criterion]:
    """The leaves that bear on the outcome, in the order in which they are written.

    Of alternatives (`any`), those that are met are shown alone; while none is, those that the facts have ruled out
    by a choice of another alternative stay hidden unless all are ruled out.
    """
    shown = _bearing(program.roots[DECISION], statuses)
    return [criterion(leaf, program.facts, given, statuses[leaf.id]) for leaf in shown]


def _bearing(node: Node, statuses: Mapping[str, Status]) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
        return
    children = node.children
    if node.kind in ("any", "some_of"):
        children = _alternatives(node, statuses)
    for child in children:
        yield from _bearing(child, statuses)


def _alternatives(group: Group, statuses: Mapping[str, Status]) -> tuple[Node, ...]:
    status = status_of(group, statuses)
    shown = {Status.MET: {Status.MET}, Status.UNKNOWN: {Status.UNKNOWN}, Status.UNMET: set(Status)}[status]
    if group.kind == "some_of":
        shown |= {Status.MET}
    return tuple(child for child in group.children if status_of(child, statuses) in shown)


def criterion(leaf: Leaf, facts: Mapping[str, Fact], given: Mapping[str, FactValue], status: Status) -> Criterion:
    """One leaf as a criterion. With a dependent threshold the case that applies is told, or all while it is open."""
    fact = facts[leaf.fact]
    value = given.get(leaf.fact)
    said = show_value(fact, value) if value is not None else None
    required, cite = required_of(leaf, facts, given)
    return Criterion(leaf.id, leaf.label, status, said, required, cite, leaf.fact, leaf.oddity)


def required_of(leaf: Leaf, facts: Mapping[str, Fact], given: Mapping[str, FactValue]) -> tuple[str, Cite]:
    """What the leaf requires, in Thai, with the place that says so."""
    fact = facts[leaf.fact]
    if leaf.by is None:
        return _phrase(fact, leaf.op, leaf.required), leaf.cite
    chooser = facts[leaf.by]
    case = leaf.cases.get(str(given.get(leaf.by)))
    if case is not None and leaf.by == leaf.fact:
        return _phrase(fact, leaf.op, case.value), case.cite
    if case is not None:
        chosen = show_value(chooser, given[leaf.by])
        return f"{_phrase(fact, leaf.op, case.value)} ({chosen})", case.cite
    every = [f"{_phrase(fact, leaf.op, c.value)} ({show_value(chooser, name)})" for name, c in leaf.cases.items()]
    return " / ".join(every), leaf.cite


def _phrase(fact: Fact, op: str, required: Any) -> str:
    if isinstance(required, Distinct):
        return f"อย่างน้อย {required.count} ประเภท ประเภทละไม่น้อยกว่า {show_months(required.months)}"
    values = required if isinstance(required, tuple) else (required,)
    if fact.type == "bool":
        yes = required == (op == "is")
        return "ใช่" if yes else "ไม่ใช่"
    return f"{_WORDS[op]} {' หรือ '.join(show_value(fact, v) for v in values)}".strip()
