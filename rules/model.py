"""The five kinds of rule as they are written in YAML (docs/authoring.md). A closed vocabulary: nothing here is code."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

import msgspec
from msgspec import UNSET

from knowledge.model import Cite, Strict

OPERATORS = (
    "is",
    "is_not",
    "in",
    "not_in",
    "at_least",
    "more_than",
    "at_most",
    "less_than",
    "has_all",
    "distinct_at_least",
)
ARITHMETIC = ("add", "subtract", "multiply", "divide", "floor_divide", "remainder", "min", "max", "round")


class Case(Strict, frozen=True):
    """The threshold for one choice of the fact that it depends on."""

    value: Any
    cite: Cite | None = None


class By(Strict, frozen=True):
    """A threshold that depends on another fact (a choice): `{by: fact, cases: {choice: {value, cite}}}`."""

    by: str
    cases: dict[str, Case]


class SomeOf(Strict, frozen=True):
    """At least `count` of the conditions."""

    count: int
    conditions: list[Condition]


class Condition(Strict, frozen=True, rename={"not_": "not", "is_": "is", "in_": "in"}):
    """A group of conditions, or a leaf that compares one fact. Exactly one form, checked when it is loaded."""

    id: str | None = None
    label: str | None = None
    cite: Cite | None = None
    oddity: str | None = None
    note: str | None = None
    all: list[Condition] | None = None
    any: list[Condition] | None = None
    not_: Condition | None = None
    some_of: SomeOf | None = None
    fact: str | None = None
    is_: Any = UNSET
    is_not: Any = UNSET
    in_: Any = UNSET
    not_in: Any = UNSET
    at_least: Any = UNSET
    more_than: Any = UNSET
    at_most: Any = UNSET
    less_than: Any = UNSET
    has_all: Any = UNSET
    distinct_at_least: Any = UNSET

    def __post_init__(self) -> None:
        forms = [n for n in ("all", "any", "not_", "some_of", "fact") if getattr(self, n) is not None]
        if len(forms) != 1:
            raise ValueError("Expected one of all, any, not, some_of, fact; got " + (", ".join(forms) or "none"))
        operators = self.operators()
        if self.fact is not None and len(operators) != 1:
            raise ValueError(f"Expected one operator of {', '.join(OPERATORS)}; got {', '.join(operators) or 'none'}")
        if self.fact is None and operators:
            raise ValueError(f"Expected an operator beside `fact` only; got {operators[0]}")
        if self.fact is not None and not (self.id and self.label and self.cite):
            raise ValueError("Expected id, label and cite on a condition that compares a fact; got less")

    def operators(self) -> list[str]:
        """The operators that this condition writes."""
        attributes = {"is": "is_", "in": "in_"}
        return [op for op in OPERATORS if getattr(self, attributes.get(op, op)) is not UNSET]

    def operand(self) -> Any:
        """What the operator compares with."""
        op = self.operators()[0]
        return getattr(self, {"is": "is_", "in": "in_"}.get(op, op))


class Binds(Strict, frozen=True, rename={"in_": "in"}):
    """Whom a rule binds. With `fact`: a person for whom that fact is known and not in the list is not bound."""

    text: str
    fact: str | None = None
    in_: list[str] = []


class Outcomes(Strict, frozen=True):
    """What a decision says, in Thai, for yes and no."""

    eligible: str
    not_eligible: str


class RuleHead(Strict, frozen=True):
    """What every rule has."""

    rule: str
    document: str
    title: str
    subject: str
    aspect: str
    cite: Cite
    binds: Binds | None = None
    oddities: list[str] = []
    notes: list[str] = []
    followed_by: list[str] = []
    kind: ClassVar[str]


class Flag(Strict, frozen=True):
    """An oddity that is shown only when the inputs lie within `when`."""

    when: dict[str, Any]
    oddity: str


class Decision(RuleHead, frozen=True, tag_field="kind", tag="decision", kw_only=True):
    """Yes, no, or what is missing."""

    kind = "decision"
    outcomes: Outcomes
    when: Condition
    flags: list[Flag] = []


class Output(Strict, frozen=True):
    """A column of a table, or the unit of a result."""

    label: str
    unit: str | None = None


class Row(Strict, frozen=True):
    """One row: `when` limits inputs, `then` gives outputs; null: the row does not mention that output."""

    id: str
    when: dict[str, Any]
    then: dict[str, Any]
    cite: Cite
    note: str | None = None
    oddity: str | None = None
    derived: bool = False


class Gap(Strict, frozen=True):
    """Inputs that the source's rows leave out, with the oddity that says so."""

    when: dict[str, Any]
    oddity: str


class Table(RuleHead, frozen=True, tag_field="kind", tag="table", kw_only=True):
    """A look-up by rows. `instead` names the rule that takes inputs which lie outside `covers`."""

    kind = "table"
    hit: str
    inputs: list[str]
    outputs: dict[str, Output]
    rows: list[Row]
    covers: dict[str, Any] = {}
    gaps: list[Gap] = []
    instead: str | None = None

    def __post_init__(self) -> None:
        if self.hit not in ("unique", "first"):
            raise ValueError(f"Expected hit policy unique or first, got {self.hit!r}")


class Constant(Strict, frozen=True):
    """A figure of the source that a formula uses."""

    value: Any
    cite: Cite
    unit: str | None = None
    label: str | None = None

    def __post_init__(self) -> None:
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal):
            raise ValueError(f"Expected a number, got `{type(self.value).__name__}`")


class Test(Strict, frozen=True):
    """The condition of an `if` step: an operand compared with another."""

    value: Any
    at_least: Any = UNSET
    more_than: Any = UNSET
    at_most: Any = UNSET
    less_than: Any = UNSET
    is_: Any = msgspec.field(default=UNSET, name="is")

    def comparison(self) -> tuple[str, Any]:
        """The operator's name and its operand."""
        names = {"is_": "is"}
        given = [(names.get(n, n), getattr(self, n)) for n in ("at_least", "more_than", "at_most", "less_than", "is_")]
        found = [(n, v) for n, v in given if v is not UNSET]
        if len(found) != 1:
            raise ValueError("Expected one comparison in `if`")
        return found[0]


class Step(Strict, frozen=True, rename={"if_": "if", "else_": "else"}):
    """One named step of a formula."""

    id: str
    label: str
    unit: str | None = None
    cite: Cite | None = None
    add: list[Any] | None = None
    subtract: list[Any] | None = None
    multiply: list[Any] | None = None
    divide: list[Any] | None = None
    floor_divide: list[Any] | None = None
    remainder: list[Any] | None = None
    min: list[Any] | None = None
    max: list[Any] | None = None
    round: list[Any] | None = None
    if_: Test | None = None
    then: Any = UNSET
    else_: Any = UNSET

    def __post_init__(self) -> None:
        used = [op for op in ARITHMETIC if getattr(self, op) is not None]
        if len(used) + (self.if_ is not None) != 1:
            raise ValueError("Expected one operation in a step; got " + (", ".join(used) or "none"))
        if self.if_ is not None and (self.then is UNSET or self.else_ is UNSET):
            raise ValueError("Expected then and else beside `if`")

    def operation(self) -> tuple[str, list[Any]]:
        """The operation's name and operands; an `if` step gives ("if", [])."""
        for op in ARITHMETIC:
            operands = getattr(self, op)
            if operands is not None:
                return op, operands
        return "if", []


class Formula(RuleHead, frozen=True, tag_field="kind", tag="formula", kw_only=True):
    """Named steps on exact numbers."""

    kind = "formula"
    inputs: list[str]
    steps: list[Step]
    result: str
    constants: dict[str, Constant] = {}
    flags: list[Flag] = []


class Event(Strict, frozen=True):
    """A date that follows from a window: a fixed month-day, or so many days after one."""

    id: str
    label: str
    cite: Cite
    on: str | None = None
    year: str = "same"
    days: int | None = None
    after: str | None = None
    first_day: str = "excluded"
    oddity: str | None = None

    def __post_init__(self) -> None:
        if (self.on is None) == (self.days is None) or (self.days is not None and self.after is None):
            raise ValueError("Expected either `on`, or `days` with `after`")
        if self.year not in ("same", "next") or self.first_day not in ("excluded", "included", "ambiguous"):
            raise ValueError("Expected year same or next, first_day excluded, included or ambiguous")


class Window(Strict, frozen=True, rename={"from_": "from"}):
    """A stretch of every year, as month-day, both ends included."""

    id: str
    label: str
    from_: str
    to: str
    cite: Cite
    then: list[Event] = []


class Span(Strict, frozen=True):
    """A validity counted from a date that a person gives."""

    id: str
    label: str
    fact: str
    cite: Cite
    years: int = 0
    months: int = 0
    days: int = 0
    first_day: str = "excluded"
    oddity: str | None = None

    def __post_init__(self) -> None:
        if not (self.years or self.months or self.days):
            raise ValueError("Expected years, months or days")
        if self.first_day not in ("excluded", "included", "ambiguous"):
            raise ValueError("Expected first_day excluded, included or ambiguous")


class Calendar(RuleHead, frozen=True, tag_field="kind", tag="calendar", kw_only=True):
    """Windows of the year and what follows from them; validities."""

    kind = "calendar"
    inputs: list[str] = []
    windows: list[Window] = []
    spans: list[Span] = []


class ProcedureStep(Strict, frozen=True, rename={"with_": "with"}):
    """One step: who does what, to whom, with what, within when."""

    id: str
    does: str
    cite: Cite
    who: str | None = None
    to: str | None = None
    with_: str | None = None
    within: str | None = None
    note: str | None = None
    oddity: str | None = None


class Procedure(RuleHead, frozen=True, tag_field="kind", tag="procedure", kw_only=True):
    """Ordered steps."""

    kind = "procedure"
    steps: list[ProcedureStep]


Rule = Decision | Table | Formula | Calendar | Procedure

Number = int | Decimal


@dataclass(frozen=True)
class Between:
    """A number or a duration that is known only to lie between two bounds, both included; None is open."""

    low: int | Decimal | None
    high: int | Decimal | None


@dataclass(frozen=True, order=True)
class Period:
    """Service of one kind from the first day to the last, both included."""

    kind: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Distinct:
    """What `distinct_at_least` requires: so many kinds, each of so many whole months."""

    count: int
    months: int


FactValue = bool | int | Decimal | str | dt.date | frozenset[str] | Between | tuple[Period, ...]
