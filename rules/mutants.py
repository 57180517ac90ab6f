"""Small faults planted into the YAML data of a rule, in memory: wrong figures, swapped operators, parts left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from knowledge.model import Fact
from rules.calendars import DAY, month_day
from rules.classes import DECIMAL_STEP
from rules.model import ARITHMETIC, OPERATORS

KINDS = ("threshold", "all/any", "operator", "row removed", "condition removed", "output", "days")
Path = tuple[str | int, ...]
Data = dict[str, Any]

_FLIPPED = {
    "at_least": "at_most", "at_most": "at_least", "more_than": "less_than", "less_than": "more_than",
    "is": "is_not", "is_not": "is", "in": "not_in", "not_in": "in", "all": "any", "any": "all",
    "add": "subtract", "subtract": "add", "multiply": "divide", "divide": "multiply", "min": "max", "max": "min",
    "floor_divide": "remainder", "remainder": "floor_divide",
}  # fmt: skip
_LISTS = ("rows", "gaps", "flags", "windows", "spans")


@dataclass(frozen=True)
class Mutant:
    """A rule's data with one fault: its kind, its place as in error messages, and what was changed to what."""

    rule: str
    kind: str
    where: str
    change: str
    data: Data


class Mutants:
    """All single faults of one rule. `facts` are the declared facts, whose types tell how a figure steps."""

    def __init__(self, data: Data, facts: Mapping[str, Fact]) -> None:
        self.data, self.facts = data, facts

    def __iter__(self) -> Iterator[Mutant]:
        if "when" in self.data:
            yield from self._condition(("when",))
        for name in _LISTS:
            yield from self._removed("row removed", (name,))
        for name in ("rows", "gaps", "flags"):
            for i, part in enumerate(self.data.get(name) or []):
                yield from self._cells((name, i, "when"))
                yield from self._outputs((name, i, "then"), part.get("then") or {})
        yield from self._cells(("covers",))
        yield from self._formula()
        yield from self._calendar()

    def _condition(self, path: Path) -> Iterator[Mutant]:
        condition = part_at(self.data, path)
        for group in ("all", "any"):
            if group in condition:
                members = (*path, group)
                if len(condition[group]) > 1:
                    yield self._renamed("all/any", path, group)
                    yield from self._removed("condition removed", members)
                for i in range(len(condition[group])):
                    yield from self._condition((*members, i))
        if "some_of" in condition:
            yield from self._stepped("threshold", (*path, "some_of", "count"), 1)
            members = (*path, "some_of", "conditions")
            yield from self._removed("condition removed", members)
            for i in range(len(part_at(self.data, members))):
                yield from self._condition((*members, i))
        if "not" in condition:
            yield self._mutant("condition removed", (*path, "not"), "not", "nothing", path, condition["not"])
            yield from self._condition((*path, "not"))
        if "fact" in condition:
            yield from self._leaf(path, condition)

    def _leaf(self, path: Path, leaf: Data) -> Iterator[Mutant]:
        op = next(name for name in OPERATORS if name in leaf)
        place, operand = (*path, op), leaf[op]
        if op in _FLIPPED:
            yield self._renamed("operator", path, op)
        if operand is True or operand is False:
            yield self._mutant("operator", place, operand, not operand)
        if isinstance(operand, dict) and "by" in operand:
            for choice in operand["cases"]:
                case = (*place, "cases", choice)
                yield from self._threshold((*case, "value"), leaf["fact"])
                if len(operand["cases"]) > 1:
                    yield self._mutant("condition removed", case, choice, "nothing", case, _GONE)
        elif op == "distinct_at_least":
            yield from self._stepped("threshold", (*place, "count"), 1)
            yield from self._months((*place, "each"))
        else:
            yield from self._threshold(place, leaf["fact"])

    def _threshold(self, path: Path, fact: str) -> Iterator[Mutant]:
        """One figure, choice or list with which a fact is compared, a step up and a step down."""
        value, declared = part_at(self.data, path), self.facts[fact]
        if isinstance(value, bool):
            return
        if isinstance(value, list):
            for i, part in enumerate(value):
                if len(value) > 1:
                    yield self._mutant("condition removed", (*path, i), part, "nothing", (*path, i), _GONE)
        elif declared.type == "duration":
            yield from self._months(path)
        elif isinstance(value, str) and declared.ordered:
            order = [choice.id for choice in declared.choices]
            place = order.index(value)
            for other in (*order[max(place - 1, 0) : place], *order[place + 1 : place + 2]):
                yield self._mutant("threshold", path, value, other)
        elif isinstance(value, dt.date):
            yield from self._stepped("threshold", path, DAY)
        elif isinstance(value, int | Decimal):
            yield from self._stepped("threshold", path, 1 if declared.type == "integer" else DECIMAL_STEP)

    def _months(self, path: Path) -> Iterator[Mutant]:
        """A duration, a month longer and a month shorter."""
        written = part_at(self.data, path)
        months = written if isinstance(written, int) else 12 * written.get("years", 0) + written.get("months", 0)
        for other in (months + 1, months - 1):
            yield self._mutant("threshold", path, f"{months} months", f"{other} months", path, {"months": other})

    def _cells(self, path: Path) -> Iterator[Mutant]:
        """The cells of a row: bounds a step up and down, a bool flipped, a cell or a choice left out."""
        cells = part_at(self.data, path) or {}
        for fact, cell in cells.items():
            place = (*path, fact)
            if len(cells) > 1:
                yield self._mutant("condition removed", place, cell, "nothing", place, _GONE)
            if isinstance(cell, bool):
                yield self._mutant("operator", place, cell, not cell)
            elif isinstance(cell, dict) and set(cell) <= {"from", "to"}:
                for end in cell:
                    yield from self._threshold((*place, end), fact)
            else:
                yield from self._threshold(place, fact)

    def _outputs(self, path: Path, cells: Data) -> Iterator[Mutant]:
        """Figures one more, texts left out."""
        yield from self._numbers("output", path, cells, up_only=True)
        for name, cell in cells.items():
            if isinstance(cell, str):
                yield self._mutant("output", (*path, name), cell, None)

    def _formula(self) -> Iterator[Mutant]:
        for name, constant in (self.data.get("constants") or {}).items():
            step = 1 if isinstance(constant["value"], int) else DECIMAL_STEP
            yield from self._stepped("threshold", ("constants", name, "value"), step)
        for i, step in enumerate(self.data.get("steps") or []):
            path: Path = ("steps", i)
            if self.data["kind"] == "procedure":
                yield self._mutant("row removed", path, step["id"], "nothing", path, _GONE)
                continue
            for op in (name for name in ARITHMETIC if name in step and name in _FLIPPED):
                yield self._renamed("operator", path, op)
            for op in (name for name in OPERATORS if name in step.get("if", {}) and name in _FLIPPED and name != "is"):
                yield self._renamed("operator", (*path, "if"), op)

    def _calendar(self) -> Iterator[Mutant]:
        for i, window in enumerate(self.data.get("windows") or []):
            yield from self._removed("row removed", ("windows", i, "then"))
            for end in ("from", "to"):
                yield from self._month_days(("windows", i, end), window[end])
            for j, event in enumerate(window.get("then") or []):
                path: Path = ("windows", i, "then", j)
                if "on" in event:
                    yield from self._month_days((*path, "on"), event["on"])
                yield from self._numbers("days", path, {k: event[k] for k in ("days",) if k in event})
                yield from self._counting(path, event)
        for i, span in enumerate(self.data.get("spans") or []):
            counted = {k: span[k] for k in ("years", "months", "days") if k in span}
            yield from self._numbers("days", ("spans", i), counted)
            yield from self._counting(("spans", i), span)

    def _counting(self, path: Path, part: Data) -> Iterator[Mutant]:
        """Another year, and the first day counted or not."""
        if "year" in part or "on" in part or "after" in part:
            year = part.get("year", "same")
            other = {"same": "next", "next": "same"}[year]
            yield self._mutant("days", (*path, "year"), year, other, path, {**part, "year": other})
        if "on" not in part:
            first = part.get("first_day", "excluded")
            for other in sorted({"excluded", "included", "ambiguous"} - {first}):
                yield self._mutant("days", (*path, "first_day"), first, other, path, {**part, "first_day": other})

    def _numbers(self, kind: str, path: Path, parts: Data, up_only: bool = False) -> Iterator[Mutant]:
        for name, value in parts.items():
            if isinstance(value, int | Decimal) and not isinstance(value, bool):
                step = 1 if isinstance(value, int) else DECIMAL_STEP
                yield from self._stepped(kind, (*path, name), step, up_only)

    def _month_days(self, path: Path, written: str) -> Iterator[Mutant]:
        for date in (month_day(written, 2024) + DAY, month_day(written, 2024) - DAY):
            yield self._mutant("days", path, written, f"{date:%m-%d}")

    def _stepped(self, kind: str, path: Path, step: Any, up_only: bool = False) -> Iterator[Mutant]:
        value = part_at(self.data, path)
        for other in (value + step,) if up_only else (value + step, value - step):
            yield self._mutant(kind, path, value, other)

    def _removed(self, kind: str, path: Path) -> Iterator[Mutant]:
        for i, part in enumerate(part_at(self.data, path) or []):
            place = (*path, i)
            yield self._mutant(kind, place, part.get("id") or part.get("oddity") or "entry", "nothing", place, _GONE)

    def _renamed(self, kind: str, path: Path, key: str) -> Mutant:
        part = part_at(self.data, path)
        other = _FLIPPED[key]
        renamed = {other if name == key else name: child for name, child in part.items()}
        return self._mutant(kind, (*path, key), key, other, path, renamed)

    def _mutant(self, kind: str, where: Path, old: Any, new: Any, path: Path | None = None, part: Any = None) -> Mutant:
        data = changed(self.data, path, part) if path is not None else changed(self.data, where, new)
        return Mutant(self.data["rule"], kind, show_path(where), f"{old} -> {new}", data)


_GONE = object()


def part_at(data: Any, path: Path) -> Any:
    """The part of the data at a path; None where it is not."""
    for key in path:
        if isinstance(data, dict) and key not in data:
            return None
        data = data[key]
    return data


def changed(data: Any, path: Path, new: Any) -> Any:
    """A copy with another part at the path (or none); what is not on the path is shared."""
    if not path:
        return new
    key, rest = path[0], path[1:]
    copy = list(data) if isinstance(data, list) else dict(data)
    if new is _GONE and not rest:
        del copy[key]  # type: ignore[arg-type]
    else:
        copy[key] = changed(data[key], rest, new)  # type: ignore[index]
    return copy


def show_path(path: Path) -> str:
    """`$.rows[2].when.pupils.to`, as in error messages."""
    return "$" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
