"""The cases of a rule (tests/rules, docs/authoring.md): people on a date, and what the rule must say of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec

from knowledge.errors import RabiabError
from knowledge.model import Fact, Lines, Strict
from knowledge.strict_yaml import convert, read_yaml
from rules.conditions import Status
from rules.consult import Consultant
from rules.result import Result
from rules.values import read_value

USUAL_DAY = dt.date(2026, 11, 20)


class BadCase(RabiabError):
    """A case gives facts that are declared nowhere."""


class Case(Strict, frozen=True):
    """One person on a date; what is left out is not asserted.

    `no_oddities` are those that must not be shown; `covers` is what a table says it covers to a person beyond it.
    """

    name: str
    decision: str
    facts: dict[str, Any]
    on: dt.date = USUAL_DAY
    met: list[str] | None = None
    unmet: list[str] | None = None
    unknown: list[str] | None = None
    cites: tuple[Lines, ...] = ()
    next: str | msgspec.UnsetType | None = msgspec.UNSET
    near: list[str] | None = None
    value: dict[str, Any] | None = None
    dates: dict[str, Any] | None = None
    oddities: tuple[str, ...] = ()
    no_oddities: tuple[str, ...] = ()
    covers: dict[str, Any] | msgspec.UnsetType | None = msgspec.UNSET


class CaseFile(Strict, frozen=True):
    """The cases of one rule."""

    rule: str
    cases: list[Case]


def read_cases(folder: Path) -> list[CaseFile]:
    """The case files below a folder. Raises KnowledgeError for the first fault of form."""
    return [convert(read_yaml(path), CaseFile) for path in sorted(folder.rglob("*.yml"))]


def failures(consultant: Consultant, rule: str, case: Case) -> list[str]:
    """What the rule says otherwise than the case expects; empty when the case holds. Raises RabiabError."""
    given = typed_facts(consultant.base.knowledge.facts, case)
    return list(_differences(consultant.consult(rule, given, case.on, depth=0), case))


def typed_facts(facts: dict[str, Fact], case: Case) -> dict[str, Any]:
    """The facts of a case, typed. Raises BadCase for an unknown one, BadValue for one that does not fit."""
    unknown = sorted(set(case.facts) - set(facts))
    if unknown:
        raise BadCase(f"{case.name}: unknown facts: {', '.join(unknown)}")
    return {name: read_value(facts[name], raw) for name, raw in case.facts.items()}


def _differences(result: Result, case: Case) -> Iterator[str]:
    for name, expected, found in _compared(result, case):
        if expected != found:
            yield f"{name}: expected {expected}, got {found}"
    missing = set(case.cites) - {cite.lines for cite in result.cites}
    if missing:
        yield f"cites: expected {sorted(missing)} among them, got {[cite.lines for cite in result.cites]}"
    if not set(case.oddities) <= set(result.oddities):
        yield f"oddities: expected {list(case.oddities)} among them, got {result.oddities}"
    if shown := sorted(set(case.no_oddities) & set(result.oddities)):
        yield f"oddities: expected none of {shown}, got {result.oddities}"


def _compared(result: Result, case: Case) -> Iterator[tuple[str, Any, Any]]:
    yield "decision", case.decision, result.decision
    for status in Status:
        wanted = getattr(case, status.value)
        if wanted is not None:
            yield status.value, sorted(wanted), sorted(result.met(status))
    if case.next is not msgspec.UNSET:
        yield "next", case.next, result.ask
    if case.near is not None:
        yield "near", case.near, [row.id for row in result.beside]
    if case.covers is not msgspec.UNSET:
        yield "covers", case.covers, getattr(result.rule, "covers", None) if result.beyond else None
    values = values_of(result)
    for name, raw in {**(case.value or {}), **(case.dates or {})}.items():
        yield name, _plain(raw), values.get(name, "no such value")


def values_of(result: Result) -> dict[str, Any]:
    """Outputs, steps of formulas and procedures, validities, and the dates that follow from the window of filing."""
    found: dict[str, Any] = {step.id: step.value for step in result.working}
    found.update({output.id: output.value for output in result.outputs})
    if result.steps:
        found["steps"] = [step.id for step in result.steps]
    if result.openings:
        found["window"] = result.filed.window.id if result.filed else None
    for dated in [*result.dates, *(result.filed.then if result.filed else [])]:
        found[dated.id] = [dated.date, dated.other] if dated.other else dated.date
    return found


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | dt.date | list):
        return value
    return Fraction(value)
