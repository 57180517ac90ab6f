"""The tests of the rules are tested: faults are planted into the rules, and some case must notice each."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.known import load_known
from knowledge.loader import load_knowledge
from rules.base_loader import RuleBase, load_rules
from rules.cases import Case, read_cases
from rules.mutants import KINDS, Mutant
from rules.mutation import Tried, mutants_of, tally, try_mutants

FOLDER = Path(__file__).resolve().parent
MADE_UP = FOLDER.parent / "fixtures" / "made_up"
LEAST = 0.95
CARD, LOAN = "library_card.eligibility", "library_loan.number"


def cases_below(folder: Path) -> dict[str, list[Case]]:
    return {file.rule: file.cases for file in read_cases(folder)}


def tell(tried: list[Tried]) -> list[str]:
    survivors = [one.mutant for one in tried if one.survived]
    return [f"{mutant.rule} {mutant.where}: {mutant.change}" for mutant in survivors]


@pytest.fixture(scope="module")
def base() -> RuleBase:
    return load_known()


@pytest.fixture(scope="module")
def made_up() -> RuleBase:
    return load_rules(load_knowledge(MADE_UP / "knowledge"), MADE_UP / "rules")


@pytest.fixture(scope="module")
def tried(base: RuleBase) -> list[Tried]:
    cases = cases_below(FOLDER)
    return [one for rule in base.programs for one in try_mutants(base, mutants_of(base, rule), cases)]


def test_the_cases_catch_what_is_wrong(tried: list[Tried]) -> None:
    total = tally(tried)
    assert total.share >= LEAST, "\n".join([f"{100 * total.share:.1f} % of the faults were caught", *tell(tried)])


def test_faults_of_every_kind_are_planted(tried: list[Tried]) -> None:
    assert {one.mutant.kind for one in tried} == set(KINDS)


def test_every_rule_has_faults(base: RuleBase, tried: list[Tried]) -> None:
    assert {one.mutant.rule for one in tried} == set(base.programs)


def changes(mutants: list[Mutant]) -> Iterator[str]:
    yield from (f"{mutant.kind} {mutant.where} {mutant.change}" for mutant in mutants)


def test_the_faults_of_a_decision(made_up: RuleBase) -> None:
    assert list(changes(mutants_of(made_up, CARD))) == [
        "all/any $.when.all all -> any",
        "condition removed $.when.all[0] age -> nothing",
        "condition removed $.when.all[1] entry -> nothing",
        "operator $.when.all[0].at_least at_least -> at_most",
        "threshold $.when.all[0].at_least 7 -> 8",
        "threshold $.when.all[0].at_least 7 -> 6",
        "all/any $.when.all[1].any any -> all",
        "condition removed $.when.all[1].any[0] stay -> nothing",
        "condition removed $.when.all[1].any[1] vouched -> nothing",
        "operator $.when.all[1].any[0].at_least at_least -> at_most",
        "threshold $.when.all[1].any[0].at_least 6 months -> 7 months",
        "threshold $.when.all[1].any[0].at_least 6 months -> 5 months",
        "operator $.when.all[1].any[1].is is -> is_not",
        "operator $.when.all[1].any[1].is True -> False",
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (LOAN, "output $.rows[0].then.books 2 -> 3"),
        (LOAN, "row removed $.gaps[0] library_ages_13_14 -> nothing"),
        (LOAN, "threshold $.covers.reader_age.from 7 -> 6"),
        ("library_fine.amount", "threshold $.constants.daily.value 2 -> 1"),
        ("library_fine.amount", "operator $.steps[0].multiply multiply -> divide"),
        ("library_card.application", "days $.windows[0].from 01-01 -> 12-31"),
        ("library_card.application", "days $.windows[1].then[0].on 08-01 -> 08-02"),
        ("library_card.span", "days $.spans[0].years 3 -> 4"),
        ("library_loan.procedure", "row removed $.steps[1] sign -> nothing"),
    ],
)
def test_the_faults_of_other_kinds_of_rule(made_up: RuleBase, rule: str, expected: str) -> None:
    assert expected in list(changes(mutants_of(made_up, rule)))


def test_planting_changes_one_thing_and_not_the_rule_itself(made_up: RuleBase) -> None:
    for rule, file in made_up.files.items():
        before = copy.deepcopy(file.data)
        mutants = mutants_of(made_up, rule)
        assert file.data == before
        assert all(mutant.data != before for mutant in mutants), rule


def test_enough_cases_catch_every_fault(made_up: RuleBase) -> None:
    cases = cases_below(MADE_UP / "tests")
    found = [one for rule in (CARD, LOAN) for one in try_mutants(made_up, mutants_of(made_up, rule), cases)]
    assert tell(found) == []
    assert {one.caught_by for one in found} > {"loader", "a year too young"}


@pytest.mark.parametrize(
    ("rule", "removed", "survivor"),
    [
        (CARD, "seven years and six months are just enough", "$.when.all[0].at_least: 7 -> 8"),
        (CARD, "a year too young", "$.when.all[0].at_least: 7 -> 6"),
        (CARD, "a month short, and nobody vouches", "$.when.all[1].any[0].at_least: 6 months -> 5 months"),
        (CARD, "from another village, but vouched for", "$.when.all[1].any[1]: vouched -> nothing"),
        (LOAN, "at fifteen, five books", "$.rows[1].then.books: 5 -> 6"),
        (LOAN, "six lies beyond the table", "$.covers.reader_age.from: 7 -> 8"),
    ],
)
def test_a_case_removed_lets_a_fault_survive(made_up: RuleBase, rule: str, removed: str, survivor: str) -> None:
    cases = cases_below(MADE_UP / "tests")
    left = {rule: [case for case in cases[rule] if case.name != removed]}
    assert len(left[rule]) == len(cases[rule]) - 1
    found = list(try_mutants(made_up, mutants_of(made_up, rule), left))
    assert f"{rule} {survivor}" in tell(found)
    assert tally(found).share < 1


def test_without_its_positive_cases_a_real_rule_may_ask_too_much(base: RuleBase) -> None:
    rule = "senior_teacher.eligibility"
    cases = cases_below(FOLDER)[rule]
    refusals = [case for case in cases if case.decision != "eligible"]
    assert tell(list(try_mutants(base, mutants_of(base, rule), {rule: cases}))) == []
    years = "$.when.all[0].at_least.cases"
    assert tell(list(try_mutants(base, mutants_of(base, rule), {rule: refusals}))) == [
        f"{rule} {years}.bachelor.value: 72 months -> 73 months",
        f"{rule} {years}.master.value: 48 months -> 49 months",
        f"{rule} {years}.doctorate.value: 24 months -> 25 months",
    ]


def test_without_cases_all_survive_but_what_the_loader_refuses(made_up: RuleBase) -> None:
    found = list(try_mutants(made_up, mutants_of(made_up, CARD), {}))
    assert {one.caught_by for one in found} == {None}
    assert (tally(found).share, tally(found).survived) == (0.0, len(found))


def test_a_change_that_nobody_can_notice_is_no_fault(base: RuleBase) -> None:
    """A gap declared a pupil wider than it is: the row beside it answers that pupil as before."""
    rule = "school_administrators.number"
    wider = [m for m in mutants_of(base, rule) if (m.where, m.change) == ("$.gaps[0].when.pupils.to", "359 -> 360")]
    (found,) = try_mutants(base, wider, cases_below(FOLDER))
    assert (found.caught_by, found.same, found.survived) == (None, True, False)
    assert tally([found]).share == 1.0
