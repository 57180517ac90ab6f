"""Every case of tests/rules/**/*.yml (people on a date, docs/authoring.md) against the real rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.known import load_known
from knowledge.model import Lines, Strict
from knowledge.strict_yaml import convert, read_yaml
from rules.base_loader import RuleBase
from rules.conditions import Status
from rules.consult import Consultant
from rules.result import Result
from rules.values import read_value

FOLDER = Path(__file__).resolve().parent
TODAY = dt.date(2026, 11, 20)


class Case(Strict, frozen=True):
    """One person on a date; what is left out is not asserted."""

    name: str
    decision: str
    facts: dict[str, Any]
    on: dt.date = TODAY
    met: list[str] | None = None
    unmet: list[str] | None = None
    unknown: list[str] | None = None
    cites: tuple[Lines, ...] = ()
    next: str | msgspec.UnsetType | None = msgspec.UNSET
    near: list[str] | None = None
    value: dict[str, Any] | None = None
    dates: dict[str, Any] | None = None
    oddities: tuple[str, ...] = ()


class CaseFile(Strict, frozen=True):
    """The cases of one rule."""

    rule: str
    cases: list[Case]


def case_files() -> list[CaseFile]:
    return [convert(read_yaml(path), CaseFile) for path in sorted(FOLDER.rglob("*.yml"))]


def all_cases() -> Iterator[Any]:
    for file in case_files():
        for case in file.cases:
            yield pytest.param(file.rule, case, id=f"{file.rule}: {case.name}")


@pytest.fixture(scope="module")
def consultant() -> Consultant:
    return Consultant(load_known())


@pytest.mark.parametrize(("rule", "case"), all_cases())
def test_case(consultant: Consultant, rule: str, case: Case) -> None:
    result = consultant.consult(rule, facts_of(consultant.base, case), case.on, depth=0)
    found = {
        "decision": result.decision,
        "met": sorted(result.met(Status.MET)),
        "unmet": sorted(result.met(Status.UNMET)),
        "unknown": sorted(result.met(Status.UNKNOWN)),
        "next": result.ask,
        "near": [row.id for row in result.beside],
    }
    expected: dict[str, Any] = {"decision": case.decision, "near": case.near}
    for key in ("met", "unmet", "unknown"):
        wanted = getattr(case, key)
        expected[key] = sorted(wanted) if wanted is not None else None
    asserted = {key: value for key, value in expected.items() if value is not None}
    if case.next is not msgspec.UNSET:
        asserted["next"] = case.next
    assert {key: found[key] for key in asserted} == asserted
    cited = {cite.lines for cite in result.cites}
    assert set(case.cites) <= cited, f"not cited: {set(case.cites) - cited}"
    assert set(case.oddities) <= set(result.oddities)
    _check_values(result, {**(case.value or {}), **(case.dates or {})})


def facts_of(base: RuleBase, case: Case) -> dict[str, Any]:
    """The facts of a case, typed. An unknown fact is a fault of the case."""
    unknown = set(case.facts) - set(base.knowledge.facts)
    assert not unknown, f"unknown facts: {unknown}"
    return {name: read_value(base.knowledge.facts[name], raw) for name, raw in case.facts.items()}


def _check_values(result: Result, wanted: dict[str, Any]) -> None:
    found = values_of(result)
    assert set(wanted) <= set(found), f"no such value: {set(wanted) - set(found)}; there are {sorted(found)}"
    assert {name: found[name] for name in wanted} == {name: _plain(value) for name, value in wanted.items()}


def values_of(result: Result) -> dict[str, Any]:
    """Outputs, steps, validities, and the dates that follow from the window in which was filed."""
    found: dict[str, Any] = {output.id: output.value for output in result.outputs}
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


def test_every_rule_has_cases(consultant: Consultant) -> None:
    tested = {file.rule for file in case_files()}
    assert set(consultant.base.programs) == tested


def test_an_unknown_key_of_a_case_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.yml"
    path.write_text("rule: r\ncases:\n  - {name: a, facts: {}, decision: silent, desision: silent}\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"case\.yml:3: expected a known key, got 'desision'"):
        convert(read_yaml(path), CaseFile)
