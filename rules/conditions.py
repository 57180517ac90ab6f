"""Conditions compiled against the facts: a tree of groups and leaves with typed thresholds, and three-valued logic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec

from knowledge.model import Cite, Fact
from rules.model import Between, By, Condition, Distinct, FactValue
from rules.periods import count_kinds
from rules.values import BadValue, read_value


class Status(str, Enum):
    """What is known of a condition. A missing fact never makes it unmet."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Threshold:
    """What a leaf requires when the fact that it depends on has one of its choices."""

    value: Any
    cite: Cite


@dataclass(frozen=True)
class Leaf:
    """One fact compared with a threshold. `by` names the fact on which the threshold depends, with its cases."""

    id: str
    label: str
    fact: str
    op: str
    required: Any
    cite: Cite
    by: str | None = None
    cases: Mapping[str, Threshold] = field(default_factory=dict)
    oddity: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Group:
    """Conditions joined: kind is all, any, not or some_of (at least `count`)."""

    id: str
    kind: str
    children: tuple[Node, ...]
    count: int = 0
    label: str | None = None
    cite: Cite | None = None


Node = Leaf | Group


class BadCondition(Exception):
    """A condition does not fit its facts; `where` is its place below the root, as in `.all[0]`."""

    def __init__(self, where: str, expected: str, got: str) -> None:
        super().__init__(f"{where}: expected {expected}, got {got}")
        self.where, self.expected, self.got = where, expected, got


ORDERED_TYPES = ("integer", "decimal", "money", "date", "duration")


def compile_condition(condition: Condition, facts: Mapping[str, Fact], where: str = "", path: str = "root") -> Node:
    """Check a condition against the declared facts and type its thresholds. Raises BadCondition."""
    if condition.fact is not None:
        return _leaf(condition, facts, where)
    kind, children, count = _members(condition)
    if not children:
        raise BadCondition(where, "at least one condition", "none")
    if kind == "some_of" and not 1 <= count <= len(children):
        raise BadCondition(f"{where}.some_of.count", f"a count from 1 to {len(children)}", str(count))
    name = condition.id or path
    places = [
        (f"{where}.{kind}" + (".conditions" if kind == "some_of" else "")) + f"[{i}]" for i in range(len(children))
    ]
    if kind == "not":
        places = [f"{where}.not"]
    compiled = tuple(
        compile_condition(child, facts, place, f"{name}.{i}")
        for i, (child, place) in enumerate(zip(children, places, strict=True))
    )
    return Group(name, kind, compiled, count, condition.label, condition.cite)


def _members(condition: Condition) -> tuple[str, list[Condition], int]:
    if condition.all is not None:
        return "all", condition.all, 0
    if condition.any is not None:
        return "any", condition.any, 0
    if condition.not_ is not None:
        return "not", [condition.not_], 0
    assert condition.some_of is not None
    return "some_of", condition.some_of.conditions, condition.some_of.count


def _leaf(condition: Condition, facts: Mapping[str, Fact], where: str) -> Leaf:
    assert condition.fact and condition.id and condition.label and condition.cite
    fact = _fact(facts, condition.fact, f"{where}.fact")
    op, raw = condition.operators()[0], condition.operand()
    place = f"{where}.{op}"
    _check_operator(fact, op, place)
    by, cases, required = None, {}, None
    if isinstance(raw, dict) and "by" in raw:
        dependence = _by(raw, place)
        by = dependence.by
        chooser = _fact(facts, by, f"{place}.by")
        if unknown := set(dependence.cases) - {c.id for c in chooser.choices}:
            raise BadCondition(f"{place}.cases", f"choices of {by}", ", ".join(sorted(unknown)))
        cases = {
            choice: Threshold(
                _typed(fact, op, case.value, f"{place}.cases.{choice}"), _case_cite(case.cite, condition.cite)
            )
            for choice, case in dependence.cases.items()
        }
    else:
        required = _typed(fact, op, raw, place)
    return Leaf(
        condition.id,
        condition.label,
        fact.id,
        op,
        required,
        condition.cite,
        by,
        cases,
        condition.oddity,
        condition.note,
    )


def _case_cite(own: Cite | None, whole: Cite) -> Cite:
    """The case's own place, in the document and section of the whole condition unless it names others."""
    if own is None:
        return whole
    document, section = own.document or whole.document, own.section or whole.section
    return msgspec.structs.replace(own, document=document, section=section)


def _fact(facts: Mapping[str, Fact], name: str, where: str) -> Fact:
    if name not in facts:
        raise BadCondition(where, "a declared fact", repr(name))
    return facts[name]


def _by(raw: dict[str, Any], where: str) -> By:
    try:
        return msgspec.convert(raw, By, strict=True)
    except msgspec.ValidationError as fault:
        raise BadCondition(where, "{by: fact, cases: {choice: {value, cite}}}", str(fault)) from fault


def _check_operator(fact: Fact, op: str, where: str) -> None:
    comparing = op in ("at_least", "more_than", "at_most", "less_than")
    if comparing and not (fact.type in ORDERED_TYPES or (fact.type == "choice" and fact.ordered)):
        raise BadCondition(where, f"an operator for a {fact.type} (is, in, ...)", op)
    if (op == "distinct_at_least") != (fact.type == "periods"):
        raise BadCondition(where, "distinct_at_least for periods and only there", f"{op} on {fact.type}")
    if (op == "has_all") != (fact.type == "set"):
        raise BadCondition(where, "has_all for a set and only there", f"{op} on a {fact.type}")


def _typed(fact: Fact, op: str, raw: Any, where: str) -> Any:
    if op == "distinct_at_least":
        return _distinct(fact, raw, where)
    try:
        if op in ("in", "not_in"):
            if not isinstance(raw, list) or not raw:
                raise BadCondition(where, "a list of values", repr(raw))
            return tuple(read_value(fact, part) for part in raw)
        return read_value(fact, raw)
    except BadValue as fault:
        raise BadCondition(where, f"a {fact.type} for {fact.id}", str(fault)) from fault


def _distinct(fact: Fact, raw: Any, where: str) -> Distinct:
    """`{count: 3, each: {years: 2}}`."""
    each = raw.get("each") if isinstance(raw, dict) else None
    if not isinstance(each, dict) or set(raw) != {"count", "each"} or set(each) - {"years", "months"} or not each:
        raise BadCondition(where, "{count: n, each: {years: n}}", repr(raw))
    return Distinct(int(raw["count"]), 12 * int(each.get("years", 0)) + int(each.get("months", 0)))


def compare(fact: Fact, op: str, given: FactValue, required: Any) -> bool:
    """One comparison of typed values; the only place where a fact meets a threshold."""
    if op == "is":
        return bool(given == required)
    if op == "is_not":
        return bool(given != required)
    if op in ("in", "not_in"):
        return (given in required) == (op == "in")
    if op == "has_all":
        assert isinstance(given, frozenset)
        return bool(required <= given)
    left, right = _rank(fact, given), _rank(fact, required)
    return {
        "at_least": left >= right,
        "more_than": left > right,
        "at_most": left <= right,
        "less_than": left < right,
    }[op]


def _rank(fact: Fact, value: FactValue) -> int | Decimal:
    if isinstance(value, str):
        return [c.id for c in fact.choices].index(value)
    if isinstance(value, dt.date):
        return value.toordinal()
    assert isinstance(value, int | Decimal)
    return value


def leaf_status(leaf: Leaf, facts: Mapping[str, Fact], given: Mapping[str, FactValue]) -> Status:
    """The status of a leaf. With a dependent threshold and an unknown chooser it is settled only if all cases agree."""
    if leaf.fact not in given:
        return Status.UNKNOWN
    fact, value = facts[leaf.fact], given[leaf.fact]
    if leaf.by is None:
        return compare_status(fact, leaf.op, value, leaf.required)
    if leaf.by in given:
        case = leaf.cases.get(str(given[leaf.by]))
        return Status.UNKNOWN if case is None else compare_status(fact, leaf.op, value, case.value)
    complete = len(leaf.cases) == len(facts[leaf.by].choices)
    outcomes = {compare_status(fact, leaf.op, value, case.value) for case in leaf.cases.values()}
    return outcomes.pop() if len(outcomes) == 1 and complete else Status.UNKNOWN


def compare_status(fact: Fact, op: str, given: FactValue, required: Any) -> Status:
    """`compare`, three-valued: a range is settled when both its ends agree and no threshold lies inside."""
    if isinstance(required, Distinct):
        assert isinstance(given, tuple)
        count = count_kinds(given, required.months)
        if count.fewest >= required.count:
            return Status.MET
        return Status.UNMET if count.most < required.count else Status.UNKNOWN
    if not isinstance(given, Between):
        return Status.MET if compare(fact, op, given, required) else Status.UNMET
    if op not in ("at_least", "more_than", "at_most", "less_than"):
        return Status.UNKNOWN
    rising = op in ("at_least", "more_than")
    worst, best = (given.low, given.high) if rising else (given.high, given.low)
    if worst is not None and compare(fact, op, worst, required):
        return Status.MET
    if best is not None and not compare(fact, op, best, required):
        return Status.UNMET
    return Status.UNKNOWN


def leaves(node: Node) -> Iterator[Leaf]:
    """The leaves, in the order in which they are written."""
    if isinstance(node, Leaf):
        yield node
    else:
        for child in node.children:
            yield from leaves(child)


def facts_of(node: Node) -> list[str]:
    """The facts that a condition may need, in the order in which they are written, each once."""
    names = [name for leaf in leaves(node) for name in (leaf.by, leaf.fact) if name]
    return list(dict.fromkeys(names))


def join(kind: str, statuses: list[Status], count: int = 0) -> Status:
    """Three-valued (strong Kleene) all, any, not and some_of."""
    met, unmet = statuses.count(Status.MET), statuses.count(Status.UNMET)
    total = len(statuses)
    if kind == "not":
        flipped = {Status.MET: Status.UNMET, Status.UNMET: Status.MET, Status.UNKNOWN: Status.UNKNOWN}
        return flipped[statuses[0]]
    needed = {"all": total, "any": 1}.get(kind, count)
    if met >= needed:
        return Status.MET
    return Status.UNMET if unmet > total - needed else Status.UNKNOWN
