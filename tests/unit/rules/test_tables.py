"""Tables are proven when they are loaded: gaps, overlaps, unreachable rows; and what a look-up says of a gap."""

from __future__ import annotations

from typing import Any

import pytest
from rule_builder import CITE, fact, facts, program

from rules.conditions import leaf_status
from rules.engines.plain import conclude
from rules.model import Between
from rules.tables import BadTable, Lookup, check_table, look_up

KNOWN = facts(
    fact("pupils", "integer", range=(0, 10_000)),
    fact("kind", "choice", choices=["day", "boarding"]),
    fact("rural", "bool"),
    fact("share", "decimal"),
)


def row(name: str, when: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "when": when, "then": {"n": 1}, "cite": CITE, **more}


def table(rows: list[dict[str, Any]], inputs: list[str], **more: Any):
    parts = {"hit": "unique", "outputs": {"n": {"label": "n"}}, "inputs": inputs, "rows": rows, **more}
    return program("table", KNOWN, **parts)


SMALL = row("small", {"pupils": {"to": 120}})
MIDDLE = row("middle", {"pupils": {"from": 121, "to": 359}})
LARGE = row("large", {"pupils": {"from": 360}})


def test_a_whole_table_is_accepted() -> None:
    check_table(table([SMALL, MIDDLE, LARGE], ["pupils"]))


@pytest.mark.parametrize(
    ("rows", "more", "message"),
    [
        ([SMALL, LARGE], {}, "gap at pupils=121: no row matches; declare it under `gaps` with its oddity"),
        (
            [SMALL, MIDDLE, row("large", {"pupils": {"from": 361}})],
            {},
            "gap at pupils=360: no row matches; declare it under `gaps` with its oddity",
        ),
        (
            [SMALL, MIDDLE, row("large", {"pupils": {"from": 359}})],
            {},
            "overlap at pupils=359: rows middle, large all match",
        ),
        (
            [SMALL, MIDDLE, LARGE, row("none", {"pupils": {"from": 200, "to": 150}})],
            {},
            "rows that no input reaches: none",
        ),
        ([row("all", {}), SMALL], {"hit": "first"}, "rows that no input reaches: small"),
        (
            [row("day", {"kind": "day"})],
            {},
            "gap at kind=boarding: no row matches; declare it under `gaps` with its oddity",
        ),
        (
            [row("a", {"kind": ["day", "boarding"]}), row("b", {"kind": "day", "rural": True})],
            {},
            "overlap at kind=day, rural=True: rows a, b all match",
        ),
        (
            [row("low", {"share": {"to": 3}}), row("high", {"share": {"from": 4}})],
            {},
            "gap at share=3.01: no row matches; declare it under `gaps` with its oddity",
        ),
    ],
)
def test_faults_are_refused(rows: list[dict[str, Any]], more: dict[str, Any], message: str) -> None:
    inputs = list(dict.fromkeys(name for part in rows for name in part["when"]))
    with pytest.raises(BadTable) as fault:
        check_table(table(rows, inputs, **more))
    assert str(fault.value) == message


def test_a_declared_gap_is_accepted_and_half_of_it_is_not() -> None:
    whole = [{"when": {"pupils": {"from": 121, "to": 359}}, "oddity": "hole"}]
    check_table(table([SMALL, LARGE], ["pupils"], gaps=whole))
    half = [{"when": {"pupils": {"from": 121, "to": 300}}, "oddity": "hole"}]
    with pytest.raises(BadTable, match="gap at pupils=301"):
        check_table(table([SMALL, LARGE], ["pupils"], gaps=half))


def test_what_lies_outside_the_cover_is_no_gap() -> None:
    check_table(table([MIDDLE, LARGE], ["pupils"], covers={"pupils": {"from": 121}}))
    with pytest.raises(BadTable, match="gap at pupils=120"):
        check_table(table([MIDDLE, LARGE], ["pupils"], covers={"pupils": {"from": 120}}))


def test_the_first_row_that_matches_answers() -> None:
    first = table([row("rural", {"rural": True}), row("rest", {})], ["rural"], hit="first")
    check_table(first)
    assert looked_up(first, {"rural": True}).row.id == "rural"
    assert looked_up(first, {"rural": False}).row.id == "rest"
    assert looked_up(first, {}) == Lookup(None, True)


def looked_up(compiled: Any, given: dict[str, Any]) -> Any:
    statuses = {name: leaf_status(leaf, compiled.facts, given) for name, leaf in compiled.by_leaf.items()}
    return look_up(compiled, conclude(compiled, statuses), given)


def test_look_up() -> None:
    gapped = table([SMALL, LARGE], ["pupils"], gaps=[{"when": {"pupils": {"from": 121, "to": 359}}, "oddity": "hole"}])
    assert looked_up(gapped, {"pupils": 120}).row.id == "small"
    assert looked_up(gapped, {"pupils": 360}).row.id == "large"
    found = looked_up(gapped, {"pupils": 357})
    assert (found.row, found.open, found.gap_oddity) == (None, False, "hole")
    assert [beside.id for beside in found.beside] == ["small", "large"]
    assert looked_up(gapped, {}).open
    assert looked_up(gapped, {"pupils": Between(100, 130)}).open
    assert looked_up(gapped, {"pupils": Between(0, 119)}).row.id == "small"


def test_the_nearest_rows_stand_beside_in_whatever_order_they_are_printed() -> None:
    tiny = row("tiny", {"pupils": {"to": 50}})
    small = row("small", {"pupils": {"from": 51, "to": 120}})
    huge = row("huge", {"pupils": {"from": 900}})
    mid = row("mid", {"pupils": {"from": 360, "to": 899}})
    gap = [{"when": {"pupils": {"from": 121, "to": 359}}, "oddity": "hole"}]
    for rows in ([tiny, small, mid, huge], [huge, mid, small, tiny]):
        found = looked_up(table(rows, ["pupils"], gaps=gap), {"pupils": 200})
        assert [beside.id for beside in found.beside] == ["small", "mid"]


def test_beyond_the_cover_only_the_nearest_row_stands_beside() -> None:
    part = table([MIDDLE, LARGE], ["pupils"], covers={"pupils": {"from": 121}})
    found = looked_up(part, {"pupils": 3})
    assert [beside.id for beside in found.beside] == ["middle"]
    assert found.gap_oddity is None
