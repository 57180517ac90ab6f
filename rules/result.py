"""What a consult returns: decision, every criterion with its source, what is missing, the value with its working."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from knowledge.model import Cite
from rules.arithmetic import Computed
from rules.calendars import Dated, Opening
from rules.conditions import Status
from rules.model import FactValue, ProcedureStep, Row, Rule

Verdict = Literal["eligible", "not_eligible", "need_more", "silent", "value"]


@dataclass(frozen=True)
class Criterion:
    """One condition: what was said, what is required, whether it is met, and where it stands."""

    id: str
    label: str
    status: Status
    given: str | None
    required: str
    cite: Cite
    fact: str
    oddity: str | None = None


@dataclass(frozen=True)
class Change:
    """One step that would turn a criterion: `kind` is fixed, action or time; `earliest` when time alone does it."""

    criterion: str
    kind: str
    says: str
    earliest: dt.date | None
    cite: Cite


@dataclass(frozen=True)
class OutputValue:
    """One computed or looked-up figure. `value` None: the row does not mention it."""

    id: str
    label: str
    value: Fraction | str | None
    unit: str | None


@dataclass
class Result:
    """The outcome of one consult. `missing` lists facts still needed, most deciding first; `ask` is the next to ask.

    `unbound` names whom the rule binds when that is not this person; `beyond`: the input is not the table's to answer.
    """

    rule: Rule
    decision: Verdict
    facts: dict[str, FactValue]
    criteria: list[Criterion] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    declined: list[str] = field(default_factory=list)
    outputs: list[OutputValue] = field(default_factory=list)
    working: list[Computed] = field(default_factory=list)
    row: Row | None = None
    beside: tuple[Row, ...] = ()
    openings: list[Opening] = field(default_factory=list)
    filed: Opening | None = None
    outside: dt.date | None = None
    dates: list[Dated] = field(default_factory=list)
    steps: list[ProcedureStep] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)
    cites: list[Cite] = field(default_factory=list)
    road: list[list[Change]] = field(default_factory=list)
    follow: list[Result] = field(default_factory=list)
    unbound: str | None = None
    beyond: bool = False
    statuses: Mapping[str, Status] = field(default_factory=dict)

    @property
    def ask(self) -> str | None:
        """The fact to ask next, or None."""
        return self.missing[0] if self.missing and self.decision == "need_more" else None

    def met(self, status: Status) -> list[str]:
        """Ids of the criteria with a status."""
        return [criterion.id for criterion in self.criteria if criterion.status is status]
