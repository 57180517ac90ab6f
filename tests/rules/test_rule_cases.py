"""Every case of tests/rules/**/*.yml (people on a date, docs/authoring.md) against the real rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.known import load_known
from knowledge.strict_yaml import convert, read_yaml
from rules.cases import BadCase, Case, CaseFile, failures, read_cases
from rules.consult import Consultant

FOLDER = Path(__file__).resolve().parent


def all_cases() -> Iterator[Any]:
    for file in read_cases(FOLDER):
        for case in file.cases:
            yield pytest.param(file.rule, case, id=f"{file.rule}: {case.name}")


@pytest.fixture(scope="module")
def consultant() -> Consultant:
    return Consultant(load_known())


@pytest.mark.parametrize(("rule", "case"), all_cases())
def test_case(consultant: Consultant, rule: str, case: Case) -> None:
    assert failures(consultant, rule, case) == []


def test_every_rule_has_cases(consultant: Consultant) -> None:
    tested = {file.rule for file in read_cases(FOLDER)}
    assert set(consultant.base.programs) == tested


WRONG: dict[str, Any] = {
    "decision": "silent",
    "met": ["one_more"],
    "unmet": ["one_more"],
    "unknown": ["one_more"],
    "cites": ((1, 1),),
    "next": "pupils",
    "near": ["from_1"],
    "value": {"posts": 1},
    "oddities": ("one_more",),
}


@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_expectation_is_told(consultant: Consultant, key: str) -> None:
    rule = "supervisors.number"
    right: dict[str, Any] = {"name": "", "decision": "value", "facts": {"schools": 22}, "value": {"posts": 6}}
    assert failures(consultant, rule, Case(**right)) == []
    assert len(failures(consultant, rule, Case(**{**right, key: WRONG[key]}))) == 1


def test_an_oddity_that_must_not_be_shown_is_told(consultant: Consultant) -> None:
    case = Case(name="", decision="value", facts={"schools": 3}, no_oddities=("supervisor_posts.under_four",))
    assert len(failures(consultant, "supervisors.number", case)) == 1


def test_an_unknown_fact_is_refused(consultant: Consultant) -> None:
    with pytest.raises(BadCase, match="unknown facts: hat"):
        failures(consultant, "supervisors.number", Case(name="", decision="value", facts={"hat": 1}))


def test_an_unknown_key_of_a_case_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.yml"
    path.write_text("rule: r\ncases:\n  - {name: a, facts: {}, decision: silent, desision: silent}\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"case\.yml:3: expected a known key, got 'desision'"):
        convert(read_yaml(path), CaseFile)
