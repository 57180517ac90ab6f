"""Look-up in tables, and their proof on load: gaps, overlaps and rows that nothing reaches, by exact enumeration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.errors import RabiabError
from rules.classes import combinations
from rules.conditions import Leaf, Status, compare_status, leaf_status
from rules.engines.plain import conclude
from rules.model import FactValue, Row, Table
from rules.program import Program


class BadTable(RabiabError):
    """A table has an undeclared gap, an overlap or an unreachable row."""


@dataclass(frozen=True)
class Lookup:
    """`row` is the row that answers; without one, `open` tells that inputs are missing, else no row covers them.

    `outside`: the input lies beyond what the table claims to cover, so it is no gap of the table.
    """

    row: Row | None
    open: bool
    beside: tuple[Row, ...] = ()
    gap_oddity: str | None = None
    outside: bool = False


def look_up(program: Program, roots: Mapping[str, Status], given: Mapping[str, FactValue]) -> Lookup:
    """Find the row from the statuses of the rows (and of the declared gaps)."""
    table = _table(program)
    for row in table.rows:
        if roots[row.id] is Status.MET:
            return Lookup(row, False)
        if roots[row.id] is Status.UNKNOWN and table.hit == "first":
            break
    possible = [row for row in table.rows if roots[row.id] is not Status.UNMET]
    if possible:
        return Lookup(None, True)
    gaps = [gap for i, gap in enumerate(table.gaps) if roots[f"gap:{i}"] is Status.MET]
    outside = roots.get("covers:0") is Status.UNMET
    return Lookup(None, False, rows_beside(program, given), gaps[0].oddity if gaps else None, outside)


def rows_beside(program: Program, given: Mapping[str, FactValue]) -> tuple[Row, ...]:
    """The nearest rows below and above the first numeric input that no row covers."""
    table = _table(program)
    for name in table.inputs:
        value = given.get(name)
        if isinstance(value, bool | str | frozenset) or value is None:
            continue
        below, above = (
            {_limit(program, row, name, op): row for row in table.rows if _bound(program, row, name, value, op)}
            for op in ("at_most", "at_least")
        )
        return tuple(([below[max(below)]] if below else []) + ([above[min(above)]] if above else []))
    return ()


def _bound(program: Program, row: Row, name: str, value: FactValue, op: str) -> bool:
    """Whether the row lies wholly below (its at_most is missed) or above (its at_least is missed) the value."""
    leaf = program.by_leaf.get(f"{row.id}/{name}/{op}")
    return leaf is not None and compare_status(program.facts[name], op, value, leaf.required) is Status.UNMET


def _limit(program: Program, row: Row, name: str, op: str) -> Any:
    return program.by_leaf[f"{row.id}/{name}/{op}"].required


def check_table(program: Program) -> None:
    """Prove the table over every class of its inputs. Raises BadTable with an example."""
    table = _table(program)
    reached: set[str] = set()
    for given in combinations(program, list(table.inputs), {}):
        roots = _roots(program, given)
        matches = [row.id for row in table.rows if roots[row.id] is Status.MET]
        if len(matches) > 1 and table.hit == "unique":
            raise BadTable(f"overlap at {_show(given)}: rows {', '.join(matches)} all match")
        reached.update(matches[:1])
        if not matches:
            _check_gap(program, roots, given)
    if unreachable := [row.id for row in table.rows if row.id not in reached]:
        raise BadTable(f"rows that no input reaches: {', '.join(unreachable)}")


def _check_gap(program: Program, roots: Mapping[str, Status], given: Mapping[str, FactValue]) -> None:
    covered = "covers:0" not in program.roots or roots["covers:0"] is Status.MET
    declared = any(status is Status.MET for name, status in roots.items() if name.startswith("gap:"))
    if covered and not declared:
        raise BadTable(f"gap at {_show(given)}: no row matches; declare it under `gaps` with its oddity")


def _roots(program: Program, given: Mapping[str, FactValue]) -> dict[str, Status]:
    leaves: Mapping[str, Leaf] = program.by_leaf
    return conclude(program, {name: leaf_status(leaf, program.facts, given) for name, leaf in leaves.items()})


def _show(given: Mapping[str, FactValue]) -> str:
    return ", ".join(f"{name}={value}" for name, value in given.items())


def _table(program: Program) -> Table:
    assert isinstance(program.rule, Table)
    return program.rule
