"""Consult a rule: from facts and a date to a decision, its reasons and its sources, or to what must be asked next.

Both evaluators run on every consult. If they ever differ the consult is refused (EnginesDisagree) and nobody is told
a guess.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from knowledge.errors import RabiabError
from knowledge.model import Cite
from rules import calendars, criteria, road
from rules.base_loader import RuleBase
from rules.conditions import Status, leaf_status
from rules.engines import plain
from rules.engines.durable import DurableEngine
from rules.interview import Interview
from rules.model import Between, Calendar, Decision, FactValue, Formula, Procedure, Table
from rules.program import DECISION, Program
from rules.result import OutputValue, Result
from rules.tables import look_up

LOG = logging.getLogger("rabiab.consult")
FOLLOW_DEPTH = 2


class EnginesDisagree(RabiabError):
    """The two evaluators gave different outcomes; the answer is refused."""


class UnknownRule(RabiabError):
    """No rule of that id."""


class Consultant:
    """Consults the rules of a base. Holds compiled programs and interviews; no facts of anybody."""

    def __init__(self, base: RuleBase, durable: DurableEngine | None = None) -> None:
        self.base = base
        self.durable = durable or DurableEngine()
        self._interviews: dict[str, Interview] = {}

    def consult(
        self,
        rule_id: str,
        facts: Mapping[str, FactValue],
        today: dt.date,
        declined: frozenset[str] = frozenset(),
        depth: int = FOLLOW_DEPTH,
    ) -> Result:
        """Decide a rule. `declined` are facts that the person does not know. Raises UnknownRule, EnginesDisagree."""
        program = self.base.programs.get(rule_id)
        if program is None:
            raise UnknownRule(f"no rule {rule_id!r}; known: {', '.join(sorted(self.base.programs))}")
        given = {name: value for name, value in facts.items() if name in program.facts}
        result = Result(program.rule, "silent", given, cites=[program.rule.cite])
        if self._not_bound(program, facts, result):
            return result
        roots = self._conclude(program, given, result)
        _DECIDERS[program.rule.kind](_Case(self, program, given, roots, today, result))
        if result.beyond and isinstance(program.rule, Table) and program.rule.instead and depth:
            return self.consult(program.rule.instead, facts, today, declined, depth - 1)
        self._missing(program, given, declined, result)
        self._flags(program, roots, result)
        if depth and result.decision in ("eligible", "value"):
            result.follow = [self.consult(name, facts, today, declined, depth - 1) for name in program.rule.followed_by]
        if result.decision == "not_eligible":
            road.add_road(self, program, result, facts, today)
        result.oddities = list(dict.fromkeys([*result.oddities, *program.rule.oddities]))
        return result

    def interview(self, program: Program) -> Interview:
        """The interview of a rule, made once."""
        rule_id = program.rule.rule
        if rule_id not in self._interviews:
            self._interviews[rule_id] = Interview(program)
        return self._interviews[rule_id]

    def _not_bound(self, program: Program, facts: Mapping[str, FactValue], result: Result) -> bool:
        binds = program.rule.binds
        if binds is None or binds.fact is None or binds.fact not in facts:
            return False
        if facts[binds.fact] in binds.in_:
            return False
        result.unbound = binds.text
        return True

    def _conclude(self, program: Program, given: Mapping[str, FactValue], result: Result) -> dict[str, Status]:
        statuses = {name: leaf_status(leaf, program.facts, given) for name, leaf in program.by_leaf.items()}
        roots = plain.conclude(program, statuses)
        again = self.durable.conclude(program, statuses)
        if roots != again:
            self._refuse(program, roots, again)
        result.statuses = statuses
        return roots

    def _refuse(self, program: Program, one: Any, other: Any) -> None:
        LOG.error("engines disagree on %s: plain %s, durable %s", program.rule.rule, one, other)
        raise EnginesDisagree(f"plain and durable differ on {program.rule.rule}")

    def _missing(
        self, program: Program, given: Mapping[str, FactValue], declined: frozenset[str], result: Result
    ) -> None:
        if result.decision != "need_more":
            return
        result.missing = self._needed(program, given, declined, result)
        result.declined = [name for name in self._needed(program, given, frozenset(), result) if name in declined]
        if not result.missing and not result.declined:
            result.decision = "silent"

    def _needed(
        self, program: Program, given: Mapping[str, FactValue], declined: frozenset[str], result: Result
    ) -> list[str]:
        if isinstance(program.rule, Decision | Table):
            return self.interview(program).ranked(given, declined)
        return [n for n in program.inputs if (n not in given or isinstance(given[n], Between)) and n not in declined]

    def _flags(self, program: Program, roots: Mapping[str, Status], result: Result) -> None:
        for i, flag in enumerate(getattr(program.rule, "flags", [])):
            if roots[f"flag:{i}"] is Status.MET:
                result.oddities.append(flag.oddity)


@dataclass
class _Case:
    """One consult under way: what the deciders of the kinds read, and the result that they fill."""

    consultant: Consultant
    program: Program
    given: Mapping[str, FactValue]
    roots: Mapping[str, Status]
    today: dt.date
    result: Result


def _decide(case: _Case) -> None:
    status = case.roots[DECISION]
    names = {Status.MET: "eligible", Status.UNMET: "not_eligible", Status.UNKNOWN: "need_more"}
    case.result.decision = names[status]  # type: ignore[assignment]
    case.result.criteria = criteria.explain(case.program, case.given, case.result.statuses)
    case.result.cites = list(dict.fromkeys([c.cite for c in case.result.criteria] or [case.program.rule.cite]))
    case.result.oddities += [c.oddity for c in case.result.criteria if c.oddity]


def _table(case: _Case) -> None:
    rule = case.program.rule
    assert isinstance(rule, Table)
    found = look_up(case.program, case.roots, case.given)
    case.result.row, case.result.beside, case.result.beyond = found.row, found.beside, found.outside
    if found.row is not None:
        case.result.decision = "value"
        case.result.cites = [found.row.cite]
        case.result.oddities += [found.row.oddity] if found.row.oddity else []
        case.result.outputs = [
            OutputValue(name, output.label, _cell(found.row.then.get(name)), output.unit)
            for name, output in rule.outputs.items()
        ]
        return
    case.result.decision = "need_more" if found.open else "silent"
    if found.beside:
        case.result.cites = [row.cite for row in found.beside]
    case.result.oddities += [found.gap_oddity] if found.gap_oddity else []


def _cell(value: Any) -> Fraction | str | None:
    return value if value is None or isinstance(value, str) else Fraction(value)


def _formula(case: _Case) -> None:
    rule = case.program.rule
    assert isinstance(rule, Formula)
    exact = {name: value for name, value in case.given.items() if not isinstance(value, Between)}
    if any(name not in exact for name in rule.inputs):
        case.result.decision = "need_more"
        return
    case.result.working = plain.calculate(rule, exact)
    values = {step.id: step.value for step in case.result.working}
    again = case.consultant.durable.calculate(rule, exact)
    if values != again:
        case.consultant._refuse(case.program, values, again)
    last = next(step for step in case.result.working if step.id == rule.result)
    case.result.outputs = [OutputValue(last.id, last.label, last.value, last.unit)]
    case.result.decision = "value"
    case.result.cites = list(dict.fromkeys([rule.cite] + [cite for step in case.result.working for cite in step.cites]))


def _calendar(case: _Case) -> None:
    rule = case.program.rule
    assert isinstance(rule, Calendar)
    date = next((v for n, v in case.given.items() if n in rule.inputs and isinstance(v, dt.date)), None)
    if rule.windows:
        case.result.openings = calendars.openings_from(rule, date or case.today)
        case.result.filed = next((o for o in case.result.openings if date is not None and o.contains(date)), None)
        case.result.outside = date if date is not None and case.result.filed is None else None
    spans = [span for span in rule.spans if isinstance(case.given.get(span.fact), dt.date)]
    case.result.dates = [calendars.span_end(span, _date(case.given[span.fact])) for span in spans]
    case.result.decision = "value" if rule.windows or len(spans) == len(rule.spans) else "need_more"
    cites: list[Cite] = [o.window.cite for o in case.result.openings] + [
        d.cite for o in case.result.openings for d in o.then
    ]
    case.result.cites = list(dict.fromkeys(cites + [span.cite for span in rule.spans])) or [rule.cite]
    dated = case.result.dates + [d for o in case.result.openings for d in o.then]
    case.result.oddities += [d.oddity for d in dated if d.oddity and d.other]


def _date(value: FactValue) -> dt.date:
    assert isinstance(value, dt.date)
    return value


def _procedure(case: _Case) -> None:
    rule = case.program.rule
    assert isinstance(rule, Procedure)
    case.result.steps = rule.steps
    case.result.decision = "value"
    case.result.cites = [step.cite for step in rule.steps]
    case.result.oddities += [step.oddity for step in rule.steps if step.oddity]


_DECIDERS = {
    "decision": _decide,
    "table": _table,
    "formula": _formula,
    "calendar": _calendar,
    "procedure": _procedure,
}
