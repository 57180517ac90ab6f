"""Checks of the rules against their sources: citations, and that every figure a rule uses stands where it is cited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from knowledge.citations import Citations, Fault, states
from knowledge.model import Lines
from knowledge.sources import Sources
from knowledge.strict_yaml import YamlFile
from knowledge.wording import Wording, check_wording
from rules.base_loader import RuleBase, oddities_named
from rules.calendars import DAY, month_day
from rules.model import OPERATORS
from rules.values import MONTHS_TH

Figure = tuple[str, Any]


def check_rules(base: RuleBase, sources: Sources) -> list[Fault]:
    """All faults of the rules against the sources, and oddities or facts that nothing uses."""
    citations = Citations(base.knowledge, sources)
    wording = Wording(citations)
    faults: list[Fault] = []
    for file in base.files.values():
        document = file.data["document"]
        faults += citations.check_all(file, document)
        faults += check_wording(file, wording, document)
        faults += _check_figures(file, document, citations)
    faults += _unnamed_oddities(base)
    faults += _unused_facts(base)
    return faults


def _check_figures(file: YamlFile, document: str, citations: Citations) -> Iterator[Fault]:
    for where, figure, cite in figures_written(file.data):
        lines: Lines = tuple(cite["lines"])
        passage = citations.passage(cite.get("document", document), lines)
        if passage is not None and not _stands(passage, figure):
            expected = f"a figure that stands in lines {lines[0]}-{lines[1]}"
            yield file.error(where, expected, str(figure), "Mend the figure or its lines.")


def _stands(passage: str, figure: Any) -> bool:
    """Whether a passage states a figure. A window's month-day needs its month, and its day unless it ends the month."""
    if not isinstance(figure, str):
        return states(passage, figure)
    date = month_day(figure, 2024)
    month = MONTHS_TH[date.month - 1]
    whole_month = states(passage, f"เดือน{month}") and (date.day == 1 or (date + DAY).day == 1)
    return states(passage, month) and (whole_month or states(passage, date.day))


def figures_written(data: dict[str, Any]) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Every figure of a rule that its source must state: place, figure, citation."""
    for name, constant in (data.get("constants") or {}).items():
        yield f"$.constants.{name}", constant["value"], constant["cite"]
    if data["kind"] == "decision":
        yield from _of_condition(data["when"], "$.when")
    for i, row in enumerate(data.get("rows") or []):
        if not row.get("derived"):
            yield from ((*figure, row["cite"]) for figure in _of_row(row, f"$.rows[{i}]"))
    for i, window in enumerate(data.get("windows") or []):
        yield from _of_window(window, f"$.windows[{i}]")
    for i, span in enumerate(data.get("spans") or []):
        for unit in ("years", "months", "days"):
            if unit in span:
                yield f"$.spans[{i}].{unit}", span[unit], span["cite"]


def _of_condition(condition: dict[str, Any], where: str) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    for group in ("all", "any"):
        for i, child in enumerate(condition.get(group) or []):
            yield from _of_condition(child, f"{where}.{group}[{i}]")
    if "not" in condition:
        yield from _of_condition(condition["not"], f"{where}.not")
    if "some_of" in condition:
        if "cite" in condition:
            yield f"{where}.some_of.count", condition["some_of"]["count"], condition["cite"]
        for i, child in enumerate(condition["some_of"]["conditions"]):
            yield from _of_condition(child, f"{where}.some_of.conditions[{i}]")
    for op in OPERATORS:
        if op in condition:
            yield from _of_operand(condition[op], f"{where}.{op}", condition["cite"])


def _of_operand(operand: Any, where: str, cite: dict[str, Any]) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    if isinstance(operand, dict) and "by" in operand:
        for choice, case in operand["cases"].items():
            place = f"{where}.cases.{choice}"
            yield from ((*figure, case.get("cite") or cite) for figure in _figures(case["value"], place))
    else:
        yield from ((*figure, cite) for figure in _figures(operand, where))


def _of_row(row: dict[str, Any], where: str) -> Iterator[Figure]:
    for part in ("when", "then"):
        for name, cell in row[part].items():
            yield from _figures(cell, f"{where}.{part}.{name}")


def _figures(value: Any, where: str) -> Iterator[Figure]:
    """The numbers and dates in a value; zero is the absence of a figure."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _figures(child, f"{where}.{name}")
    elif isinstance(value, list):
        for i, child in enumerate(value):
            yield from _figures(child, f"{where}[{i}]")
    elif isinstance(value, dt.date) or (
        isinstance(value, int | Decimal) and not isinstance(value, bool) and value != 0
    ):
        yield where, value


def _of_window(window: dict[str, Any], where: str) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    yield from ((f"{where}.{end}", window[end], window["cite"]) for end in ("from", "to"))
    for i, event in enumerate(window.get("then") or []):
        yield from ((f"{where}.then[{i}].{k}", event[k], event["cite"]) for k in ("days", "on") if k in event)


def _unnamed_oddities(base: RuleBase) -> Iterator[Fault]:
    known = base.knowledge
    named = {name for p in known.provisions.values() for name in [*p.oddities, *(i.oddity for i in p.items)]}
    named |= {name for file in base.files.values() for _, name in oddities_named(file.data, "$")}
    for oddity in known.oddities:
        if oddity not in named:
            path, line = known.places[f"oddity:{oddity}"]
            yield Fault(
                path,
                line,
                "an oddity that a provision, item or rule names",
                f"{oddity!r} named nowhere",
                "Name it where it matters.",
            )


def _unused_facts(base: RuleBase) -> Iterator[Fault]:
    used = {name for program in base for name in program.inputs}
    used |= {program.rule.binds.fact for program in base if program.rule.binds and program.rule.binds.fact}
    for fact in base.knowledge.facts:
        if fact not in used:
            path, line = base.knowledge.places[f"fact:{fact}"]
            yield Fault(path, line, "a fact that a rule uses", f"{fact!r} used nowhere", "Use it or remove it.")
