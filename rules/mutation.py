"""Does a test notice when a rule is wrong? Plants single faults into rules and runs the rules' cases on each."""

from __future__ import annotations

import dataclasses
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
from rules.equivalence import says_the_same
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
    """A mutant and what noticed it: the name of a case, `loader`, or None.

    `same`: nothing noticed it because it is no fault, the rule says the same of everybody as before.
    """

    mutant: Mutant
    caught_by: str | None
    same: bool = False

    @property
    def survived(self) -> bool:
        """A fault that nothing noticed."""
        return self.caught_by is None and not self.same


@dataclass
class Tally:
    """How many mutants there were, how many of them are no fault, and how many were caught."""

    mutants: int = 0
    same: int = 0
    caught: int = 0

    def add(self, tried: Tried) -> None:
        """Count one."""
        self.mutants += 1
        self.same += tried.same
        self.caught += tried.caught_by is not None

    @property
    def survived(self) -> int:
        """Faults that nothing noticed."""
        return self.mutants - self.same - self.caught

    @property
    def share(self) -> float:
        """Caught faults per fault, between 0 and 1."""
        faults = self.mutants - self.same
        return self.caught / faults if faults else 1.0


def try_mutants(base: RuleBase, mutants: Iterable[Mutant], cases: Mapping[str, list[Case]]) -> Iterator[Tried]:
    """Run each mutant against the cases of its rule until one fails."""
    sound = Consultant(base, _PlainTwin())
    for mutant in mutants:
        yield _try(sound, mutant, cases.get(mutant.rule, []))


def mutants_of(base: RuleBase, rule: str) -> list[Mutant]:
    """Every single fault of a rule of the base."""
    return list(Mutants(base.files[rule].data, base.knowledge.facts))


def tally(tried: Iterable[Tried]) -> Tally:
    """The count of all."""
    counted = Tally()
    for one in tried:
        counted.add(one)
    return counted


def _try(sound: Consultant, mutant: Mutant, cases: list[Case]) -> Tried:
    base = sound.base
    file = base.files[mutant.rule]
    try:
        program = read_rule(YamlFile(file.path, mutant.data, file.lines), base.knowledge.facts)
    except RabiabError:
        return Tried(mutant, "loader")
    faulty = Consultant(dataclasses.replace(base, programs={**base.programs, mutant.rule: program}), _PlainTwin())
    caught_by = next((case.name for case in cases if _fails(faulty, mutant.rule, case)), None)
    return Tried(mutant, caught_by, same=caught_by is None and says_the_same(sound, faulty, mutant.rule))


def _fails(consultant: Consultant, rule: str, case: Case) -> bool:
    try:
        return bool(failures(consultant, rule, case))
    except RabiabError:
        return True
