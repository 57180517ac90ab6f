"""The plain evaluator and durable-rules give the same outcome, whatever is known."""

from __future__ import annotations

import datetime as dt
import logging
from random import Random

import pytest
from random_facts import random_facts

from bot.known import load_known
from rules.base_loader import RuleBase
from rules.conditions import Status, leaf_status
from rules.consult import Consultant, EnginesDisagree
from rules.engines import plain
from rules.engines.durable import DurableEngine
from rules.model import Between, Formula
from rules.program import DECISION

SEED = 20_260_101
EVALUATIONS = 20_000
CONSULTS = 5_000
TODAY = dt.date(2026, 11, 20)


@pytest.fixture(scope="module")
def base() -> RuleBase:
    return load_known()


def test_engines_agree_on_random_facts(base: RuleBase) -> None:
    rng, durable, compared = Random(SEED), DurableEngine(), 0
    programs = list(base)
    seen: set[tuple[str, Status]] = set()
    while compared < EVALUATIONS:
        program = rng.choice(programs)
        given = random_facts(rng, program)
        statuses = {name: leaf_status(leaf, program.facts, given) for name, leaf in program.by_leaf.items()}
        expected = plain.conclude(program, statuses)
        assert durable.conclude(program, statuses) == expected, (program.rule.rule, given)
        seen |= {(program.rule.kind, status) for name, status in expected.items() if ":" not in name}
        if isinstance(program.rule, Formula):
            _compare_formula(program.rule, given, durable)
        compared += 1
    for kind in ("decision", "table"):
        assert {status for k, status in seen if k == kind} == set(Status), f"the generator missed a status of {kind}"


def _compare_formula(formula: Formula, given: dict, durable: DurableEngine) -> None:
    exact = {name: value for name, value in given.items() if not isinstance(value, Between)}
    if set(formula.inputs) <= set(exact):
        values = {step.id: step.value for step in plain.calculate(formula, exact)}
        assert durable.calculate(formula, exact) == values, (formula.rule, given)


def test_consults_never_disagree(base: RuleBase) -> None:
    rng, consultant = Random(SEED + 1), Consultant(base)
    programs = list(base)
    decisions = set()
    for _ in range(CONSULTS):
        program = rng.choice(programs)
        result = consultant.consult(program.rule.rule, random_facts(rng, program), TODAY)
        decisions.add(result.decision)
        assert result.cites, f"{program.rule.rule} answers without a source"
        assert (result.decision == "need_more") == bool(result.missing or result.declined), (
            program.rule.rule,
            result.facts,
        )
    assert decisions == {"eligible", "not_eligible", "need_more", "silent", "value"}


def test_a_planted_difference_is_refused(
    base: RuleBase, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    original = DurableEngine.conclude

    def lying(self: DurableEngine, program, statuses):
        return dict.fromkeys(original(self, program, statuses), Status.MET)

    monkeypatch.setattr(DurableEngine, "conclude", lying)
    program = next(p for p in base if DECISION in p.roots and len(p.inputs) > 1)
    with caplog.at_level(logging.ERROR, "rabiab.consult"), pytest.raises(EnginesDisagree, match=program.rule.rule):
        Consultant(base).consult(program.rule.rule, {}, TODAY)
    assert "engines disagree" in caplog.text


def test_a_planted_difference_in_a_formula_is_refused(base: RuleBase, monkeypatch: pytest.MonkeyPatch) -> None:
    original = DurableEngine.calculate

    def lying(self: DurableEngine, formula, given):
        return {name: value + 1 for name, value in original(self, formula, given).items()}

    monkeypatch.setattr(DurableEngine, "calculate", lying)
    program = next(p for p in base if isinstance(p.rule, Formula))
    facts = dict.fromkeys(program.inputs, 20)
    with pytest.raises(EnginesDisagree):
        Consultant(base).consult(program.rule.rule, facts, TODAY)
