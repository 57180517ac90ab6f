"""A consult's result as JSON, complete: for programs and for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from knowledge.model import Cite
from rules.calendars import Dated, Opening
from rules.result import Change, Criterion, Result
from rules.values import encode_value


def result_json(result: Result) -> dict[str, Any]:
    """Plain JSON. Exact numbers are strings where they are no whole numbers (`7/3`), dates are ISO, CE."""
    return {
        "rule": result.rule.rule,
        "decision": result.decision,
        "facts": {name: encode_value(value) for name, value in result.facts.items()},
        "criteria": [_criterion(criterion) for criterion in result.criteria],
        "missing": result.missing,
        "declined": result.declined,
        "value": {output.id: _exact(output.value) for output in result.outputs},
        "working": [{"id": s.id, "label": s.label, "working": s.working, "unit": s.unit} for s in result.working],
        "row": result.row.id if result.row else None,
        "beside": [row.id for row in result.beside],
        "openings": [_opening(opening) for opening in result.openings],
        "filed": result.filed.window.id if result.filed else None,
        "outside": _date(result.outside),
        "dates": [_dated(dated) for dated in result.dates],
        "steps": [{"id": step.id, "does": step.does, "citation": _cite(step.cite)} for step in result.steps],
        "road": [[_change(change) for change in road] for road in result.road],
        "follow": [result_json(follow) for follow in result.follow],
        "unbound": result.unbound,
        "oddities": result.oddities,
        "citations": _cites(result.cites),
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "label": criterion.label,
        "status": criterion.status.value,
        "given": criterion.given,
        "required": criterion.required,
        "citation": _cite(criterion.cite),
    }


def _opening(opening: Opening) -> dict[str, Any]:
    then = [_dated(dated) for dated in opening.then]
    return {"window": opening.window.id, "from": _date(opening.opens), "to": _date(opening.closes), "then": then}


def _dated(dated: Dated) -> dict[str, Any]:
    return {"id": dated.id, "date": _date(dated.date), "other": _date(dated.other), "citation": _cite(dated.cite)}


def _change(change: Change) -> dict[str, Any]:
    return {"criterion": change.criterion, "kind": change.kind, "says": change.says, "earliest": _date(change.earliest)}


def _cites(cites: Iterable[Cite]) -> list[dict[str, Any]]:
    return [_cite(cite) for cite in cites]


def _cite(cite: Cite) -> dict[str, Any]:
    return {"document": cite.document, "section": cite.section, "lines": list(cite.lines), "quote": cite.quote}


def _date(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _exact(value: Fraction | str | None) -> int | str | None:
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else str(value)
    return value
