"""Do two versions of a rule say the same of everybody? By exact enumeration over the values that either tells apart."""

from __future__ import annotations

import datetime as dt
from itertools import product
from math import prod
from typing import Any

from rules.classes import candidates
from rules.consult import Consultant
from rules.model import Decision, FactValue, Table
from rules.result import Result

MOST = 5_000
ANY_DAY = dt.date(2026, 11, 20)


def says_the_same(one: Consultant, other: Consultant, rule: str) -> bool:
    """Whether no person, whose facts are known or not, hears anything else from one than from the other.

    Decimals are taken to two places. False also where that cannot be proved: more than MOST people to try, or a
    formula, a calendar or a procedure.
    """
    programs = [consultant.base.programs[rule] for consultant in (one, other)]
    if not all(isinstance(program.rule, Decision | Table) for program in programs):
        return False
    names = dict.fromkeys(name for program in programs for name in program.inputs)
    values: dict[str, list[FactValue | None]] = {name: [None] for name in names}
    for program in programs:
        for name in program.inputs:
            values[name] += [value for value in candidates(program, name) if value not in values[name]]
    if prod(map(len, values.values())) > MOST:
        return False
    return all(_heard(one, rule, given) == _heard(other, rule, given) for given in _people(values))


def _people(values: dict[str, list[FactValue | None]]) -> Any:
    for person in product(*values.values()):
        yield {name: value for name, value in zip(values, person, strict=True) if value is not None}


def _heard(consultant: Consultant, rule: str, given: dict[str, FactValue]) -> tuple[Any, ...]:
    """All that a person can hear of a consult."""
    result: Result = consultant.consult(rule, given, ANY_DAY, depth=0)
    criteria = [(c.id, c.status, c.required) for c in result.criteria]
    outputs = [(output.id, output.value) for output in result.outputs]
    covers = result.beyond and getattr(result.rule, "covers", None)
    rows = [row.id for row in result.beside]
    return (result.decision, criteria, outputs, covers, rows, result.missing, result.oddities, result.cites)
