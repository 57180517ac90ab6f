"""Does a test notice when a rule is wrong? Plants single faults into rules and runs the rules' cases on each."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from knowledge.errors import RabiabError
from knowledge.strict_yaml import YamlFile
from rules.base_loader import RuleBase, read_rule
from rules.cases import Case, failures
from rules.conditions import Status
from rules.consult import Consultant
from rules.engines import plain
from rules.engines.durable import DurableEngine
from rules.model import FactValue, Formula
from rules.mutants import Mutant, Mutants
from rules.program import Program


class _PlainTwin(DurableEngine):
    """In durable's seat, so that no ruleset is compiled for each of thousands of mutants. Other tests compare them."""

    def __init__(self) -> None:
        pass

    def conclude(self, program: Program, statuses: Mapping[str, Status]) -> dict[str, Status]:
        return plain.conclude(program, statuses)

    def calculate(self, formula: Formula, given: Mapping[str, FactValue]) -> dict[str, Fraction]:
        return {step.id: step.value for step in plain.calculate(formula, given)}


@dataclass(frozen=True)
class Tried:
    """A mutant and what noticed it: the name of a case, `loader`, or None when it survived."""

    mutant: Mutant
    caught_by: str | None


def try_mutants(base: RuleBase, mutants: Iterable[Mutant], cases: Mapping[str, list[Case]]) -> Iterator[Tried]:
    """Run each mutant against the cases of its rule until one fails."""
    for mutant in mutants:
        yield Tried(mutant, _caught_by(base, mutant, cases.get(mutant.rule, [])))


def mutants_of(base: RuleBase, rule: str) -> list[Mutant]:
    """Every single fault of a rule of the base."""
    return list(Mutants(base.files[rule].data, base.knowledge.facts))


def counted(tried: Iterable[Tried]) -> dict[tuple[str, str], tuple[int, int]]:
    """By rule and kind: how many mutants, and how many of them were caught; in the order in which they came."""
    all_, caught = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for one in tried:
        key = (one.mutant.rule, one.mutant.kind)
        all_[key] += 1
        caught[key] += one.caught_by is not None
    return {key: (number, caught[key]) for key, number in all_.items()}


def _caught_by(base: RuleBase, mutant: Mutant, cases: list[Case]) -> str | None:
    file = base.files[mutant.rule]
    try:
        program = read_rule(YamlFile(file.path, mutant.data, file.lines), base.knowledge.facts)
    except RabiabError:
        return "loader"
    mutated = dataclasses.replace(base, programs={**base.programs, mutant.rule: program})
    consultant = Consultant(mutated, _PlainTwin())
    return next((case.name for case in cases if _fails(consultant, mutant.rule, case)), None)


def _fails(consultant: Consultant, rule: str, case: Case) -> bool:
    try:
        return bool(failures(consultant, rule, case))
    except RabiabError:
        return True
