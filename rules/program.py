"""A rule compiled for the engines: named roots (conclusions), each a tree of conditions over facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.model import Cite, Fact
from rules.conditions import BadCondition, Group, Leaf, Node, compile_condition, facts_of, leaves
from rules.model import Calendar, Decision, Flag, Formula, Rule, Table
from rules.values import BadValue, read_value

DECISION = "decision"


@dataclass(frozen=True)
class Program:
    """`roots` by name: `decision` for a decision, row ids for a table; `flag:n` and `gap:n` beside them."""

    rule: Rule
    roots: Mapping[str, Node]
    facts: Mapping[str, Fact]
    inputs: tuple[str, ...]
    by_leaf: Mapping[str, Leaf] = field(default_factory=dict)

    def conclusions(self) -> list[str]:
        """The roots that decide the outcome, without flags and gaps."""
        return [name for name in self.roots if ":" not in name]


def compile_rule(rule: Rule, facts: Mapping[str, Fact]) -> Program:
    """Compile a rule against the declared facts. Raises BadCondition with the place in the rule."""
    roots: dict[str, Node] = {}
    if isinstance(rule, Decision):
        roots[DECISION] = compile_condition(rule.when, facts, ".when")
    if isinstance(rule, Table):
        for i, row in enumerate(rule.rows):
            roots[row.id] = cells(row.id, row.when, row.cite, facts, f".rows[{i}].when")
        for i, gap in enumerate(rule.gaps):
            roots[f"gap:{i}"] = cells(f"gap:{i}", gap.when, rule.cite, facts, f".gaps[{i}].when")
        if rule.covers:
            roots["covers:0"] = cells("covers:0", rule.covers, rule.cite, facts, ".covers")
    if isinstance(rule, Decision | Formula):
        for i, flag in enumerate(rule.flags):
            roots[f"flag:{i}"] = _flag(i, flag, rule, facts)
    inputs = _inputs(rule, roots, facts)
    by_leaf: dict[str, Leaf] = {}
    for root in roots.values():
        for leaf in leaves(root):
            if leaf.id in by_leaf:
                raise BadCondition("", "each condition id once in a rule", f"{leaf.id!r} again")
            by_leaf[leaf.id] = leaf
    return Program(rule, roots, {name: facts[name] for name in inputs}, inputs, by_leaf)


def _flag(index: int, flag: Flag, rule: Rule, facts: Mapping[str, Fact]) -> Group:
    return cells(f"flag:{index}", flag.when, rule.cite, facts, f".flags[{index}].when")


def _inputs(rule: Rule, roots: Mapping[str, Node], facts: Mapping[str, Fact]) -> tuple[str, ...]:
    names: list[str] = list(getattr(rule, "inputs", []))
    if isinstance(rule, Calendar):
        names += [span.fact for span in rule.spans]
    for root in roots.values():
        names += facts_of(root)
    for name in names:
        if name not in facts:
            raise BadCondition(".inputs", "a declared fact", repr(name))
    return tuple(dict.fromkeys(names))


def cells(name: str, when: Mapping[str, Any], cite: Cite, facts: Mapping[str, Fact], where: str) -> Group:
    """The cells of a row as one `all` group; a range becomes its two bounds."""
    found: list[Leaf] = []
    for fact_name, cell in when.items():
        place = f"{where}.{fact_name}"
        if fact_name not in facts:
            raise BadCondition(place, "a declared fact", repr(fact_name))
        for op, raw in _bounds(cell, place):
            required = _read(facts[fact_name], op, raw, place)
            leaf_id = f"{name}/{fact_name}/{op}"
            found.append(Leaf(leaf_id, facts[fact_name].label, fact_name, op, required, cite))
    return Group(name, "all", tuple(found), 0, None, cite)


def _bounds(cell: Any, where: str) -> list[tuple[str, Any]]:
    if isinstance(cell, dict):
        if not cell or set(cell) - {"from", "to"}:
            raise BadCondition(where, "from and to", ", ".join(cell) or "an empty mapping")
        return [({"from": "at_least", "to": "at_most"}[end], cell[end]) for end in ("from", "to") if end in cell]
    return [("in", cell)] if isinstance(cell, list) else [("is", cell)]


def _read(fact: Fact, op: str, raw: Any, where: str) -> Any:
    try:
        return tuple(read_value(fact, part) for part in raw) if op == "in" else read_value(fact, raw)
    except BadValue as fault:
        raise BadCondition(where, f"a {fact.type} for {fact.id}", str(fault)) from fault
