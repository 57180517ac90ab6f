"""A regulation that exists in no office, in YAML only: it is checked and consulted without a line of code for it."""

from __future__ import annotations

import datetime as dt
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from knowledge.checks import check_knowledge
from knowledge.coverage import coverage
from knowledge.loader import load_knowledge
from knowledge.sources import Sources
from rules.base_loader import RuleBase, load_rules
from rules.checks import check_rules
from rules.conditions import Status
from rules.consult import Consultant, UnknownRule
from rules.model import Between
from rules.result import Result

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "made_up"
TODAY = dt.date(2026, 11, 20)
D = dt.date


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(FIXTURE, tmp_path_factory.mktemp("regulation") / "made_up"))


@pytest.fixture(scope="module")
def base(folder: Path) -> RuleBase:
    return load_rules(load_knowledge(folder / "knowledge", asks=True), folder / "rules", asks=True)


@pytest.fixture
def consult(base: RuleBase) -> Any:
    consultant = Consultant(base)
    return lambda rule, today=TODAY, **given: consultant.consult(rule, given, today)


def lines(result: Result) -> set[tuple[int, int]]:
    return {cite.lines for cite in result.cites}


def test_the_checks_find_no_fault(folder: Path, base: RuleBase) -> None:
    sources = Sources([folder / "sources"])
    assert check_knowledge(base.knowledge, sources) + check_rules(base, sources) == []


def test_coverage_names_the_lines_that_nothing_cites(folder: Path, base: RuleBase) -> None:
    (found,) = coverage(base.knowledge, Sources([folder / "sources"]), [program.rule for program in base])
    assert (found.document, found.uncovered) == ("village-library", ((1, 1),))
    assert found.covered == found.lines - 1


def test_decision_with_nothing_known_asks(consult: Any) -> None:
    result = consult("library_card.eligibility")
    assert (result.decision, result.criteria[0].status) == ("need_more", Status.UNKNOWN)
    assert result.ask in ("reader_age", "village_stay", "vouched")
    assert set(result.missing) == {"reader_age", "village_stay", "vouched"}


@pytest.mark.parametrize(
    ("given", "decision", "met", "unmet", "missing"),
    [
        ({"reader_age": 7, "village_stay": 6}, "eligible", ["age", "stay"], [], []),
        ({"reader_age": 6}, "not_eligible", [], ["age"], []),
        ({"reader_age": 7, "village_stay": 5}, "need_more", ["age"], [], ["vouched"]),
        ({"reader_age": 7, "village_stay": 5, "vouched": True}, "eligible", ["age", "vouched"], [], []),
        ({"reader_age": 7, "village_stay": 5, "vouched": False}, "not_eligible", ["age"], ["stay", "vouched"], []),
        ({"reader_age": Between(7, 9), "vouched": True}, "eligible", ["age", "vouched"], [], []),
        ({"reader_age": Between(5, 9), "vouched": True}, "need_more", ["vouched"], [], ["reader_age"]),
    ],
)
def test_decision(consult: Any, given: dict, decision: str, met: list, unmet: list, missing: list) -> None:
    result = consult("library_card.eligibility", **given)
    assert (result.decision, result.met(Status.MET), result.met(Status.UNMET)) == (decision, met, unmet)
    assert result.missing == missing


def test_what_the_person_does_not_know_is_kept_apart(base: RuleBase) -> None:
    given, declined = {"reader_age": 7, "village_stay": 5}, frozenset({"vouched"})
    result = Consultant(base).consult("library_card.eligibility", given, TODAY, declined)
    assert (result.decision, result.missing, result.declined, result.ask) == ("need_more", [], ["vouched"], None)


def test_a_positive_decision_tells_what_follows(consult: Any) -> None:
    result = consult("library_card.eligibility", reader_age=30, vouched=True)
    (follow,) = result.follow
    assert [(o.window.id, o.opens, o.then[0].date) for o in follow.openings] == [
        ("january", D(2027, 1, 1), D(2027, 2, 1)),
        ("july", D(2027, 7, 1), D(2027, 8, 1)),
    ]


def test_the_road_waits_for_the_window_after_it(consult: Any) -> None:
    result = consult("library_card.eligibility", reader_age=30, village_stay=1, vouched=False)
    assert [[change.criterion for change in road] for road in result.road] == [["stay"], ["vouched"]]
    assert result.road[0][0].earliest == D(2027, 4, 20)
    assert result.follow[0].openings[0].opens == D(2027, 7, 1)


@pytest.mark.parametrize(
    ("age", "books", "row"), [(7, 2, "child"), (12, 2, "child"), (15, 5, "grown"), (80, 5, "grown")]
)
def test_table(consult: Any, age: int, books: int, row: str) -> None:
    result = consult("library_loan.number", reader_age=age)
    assert (result.decision, result.row.id, result.outputs[0].value) == ("value", row, books)
    assert lines(result) == {result.row.cite.lines}


@pytest.mark.parametrize(
    ("age", "beside", "oddities"), [(13, ["child", "grown"], ["library_ages_13_14"]), (6, ["child"], [])]
)
def test_where_no_row_answers_the_rows_beside_are_told(consult: Any, age: int, beside: list, oddities: list) -> None:
    result = consult("library_loan.number", reader_age=age)
    assert (result.decision, [row.id for row in result.beside], result.oddities) == ("silent", beside, oddities)


def test_formula(consult: Any) -> None:
    result = consult("library_fine.amount", books_late=2, days_late=3)
    assert (result.outputs[0].value, result.outputs[0].unit) == (Fraction(12), "บาท")
    assert [step.working for step in result.working] == ["2 × 3 = 6", "6 × 2 = 12"]
    assert lines(result) == {(12, 12)}


def test_formula_with_a_range_is_asked(consult: Any) -> None:
    result = consult("library_fine.amount", books_late=2, days_late=Between(1, 3))
    assert (result.decision, result.missing) == ("need_more", ["days_late"])


def test_validity_with_both_readings(consult: Any) -> None:
    result = consult("library_card.span", card_issued=D(2024, 2, 29))
    assert [(dated.date, dated.other) for dated in result.dates] == [(D(2027, 2, 27), D(2027, 2, 28))]
    assert result.oddities == ["library_validity_counting"]
    assert consult("library_card.span").missing == ["card_issued"]


def test_windows_from_today(consult: Any) -> None:
    result = consult("library_card.application", today=D(2026, 1, 15))
    assert [(o.window.id, o.opens) for o in result.openings] == [("january", D(2026, 1, 1)), ("july", D(2026, 7, 1))]


def test_procedure(consult: Any) -> None:
    result = consult("library_loan.procedure")
    assert (result.decision, [step.id for step in result.steps]) == ("value", ["show", "sign"])
    assert lines(result) == {(18, 18)}


def test_an_unknown_rule_is_named(consult: Any) -> None:
    with pytest.raises(UnknownRule, match=r"no rule 'library\.nothing'; known: library_card\.application"):
        consult("library.nothing")
