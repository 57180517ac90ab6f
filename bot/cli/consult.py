"""`rabiab consult`: one rule, facts from the command line, everything that the rule says about them."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.output import USAGE, console, stop, told
from bot.cli.result_json import result_json
from bot.known import load_known
from bot.rendering.results import MARKS, dated_text, result_text, road_text, show_range
from bot.rendering.sources import show_lines
from knowledge.model import Cite, Fact, Knowledge
from rules.conditions import Status
from rules.consult import Consultant
from rules.model import FactValue
from rules.result import Result
from rules.values import BadValue, read_value, show_date

DECISIONS = {
    "eligible": "เข้าเกณฑ์", "not_eligible": "ไม่เข้าเกณฑ์", "need_more": "ยังต้องการข้อมูลเพิ่ม", "silent": "เอกสารไม่ได้กำหนด",
    "value": "ได้ค่า",
}  # fmt: skip
STATUSES = {Status.MET: "ผ่าน", Status.UNMET: "ไม่ผ่าน", Status.UNKNOWN: "ยังไม่ทราบ"}
_YEARS_MONTHS = re.compile(r"(\d+)y(\d+)m")


@told
def consult(
    rule: str = typer.Argument(help="The rule's id; `rabiab rules` lists them."),
    fact: list[str] = typer.Option(
        [], help="name=value, repeatable. Duration: 5y, 5y6m, 66m. Range: 10..20. Set: a,b. Date: YYYY-MM-DD, CE."
    ),
    today: str = typer.Option("", help="The day to count from, YYYY-MM-DD, CE; default today."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Consult a rule: decision, reasons, what is missing, value and working, dates, sources."""
    base = load_known()
    if rule not in base.programs:
        raise stop(f"No rule {rule!r}; `rabiab rules` lists them.", USAGE)
    given = dict(read_fact(part, base.knowledge) for part in fact)
    result = Consultant(base).consult(rule, given, read_day(today))
    if as_json:
        typer.echo(json.dumps(result_json(result), ensure_ascii=False, indent=1))
    else:
        show_result(console(), result, base.knowledge)


def read_fact(text: str, knowledge: Knowledge) -> tuple[str, FactValue]:
    """`name=value` as a typed fact. Exits with a sentence when it is none."""
    name, equals, raw = text.partition("=")
    if not equals:
        raise stop(f"--fact {text}: expected name=value.", USAGE)
    if name not in knowledge.facts:
        raise stop(f"No fact {name!r}; `rabiab rules` lists the facts of each rule.", USAGE)
    try:
        return name, read_value(knowledge.facts[name], _raw(raw))
    except BadValue as fault:
        raise stop(f"--fact {fault}.", USAGE) from None


def _raw(text: str) -> Any:
    if found := _YEARS_MONTHS.fullmatch(text):
        return {"years": found[1], "months": found[2]}
    low, dots, high = text.partition("..")
    return {"from": low or None, "to": high or None} if dots else text


def read_day(text: str) -> dt.date:
    """The day to count from. Exits with a sentence when it is no day."""
    try:
        day = dt.date.fromisoformat(text) if text else dt.date.today()
    except ValueError:
        raise stop(f"--today {text}: expected YYYY-MM-DD.", USAGE) from None
    if day.year >= 2400:
        raise stop(f"--today {text}: expected a year of the Common Era; write {day.year - 543}.", USAGE)
    return day


def show_result(out: Console, result: Result, knowledge: Knowledge) -> None:
    """Everything of a result, for a reader at a terminal."""
    out.print(f"{result.rule.title}: {DECISIONS[result.decision]}", markup=False)
    if result.criteria:
        out.print(criteria_table(result))
    if result.missing or result.declined:
        out.print(missing_table(result, knowledge.facts))
    if result.road:
        out.print(road_text(result), markup=False)
    if result.decision in ("value", "silent") or result.unbound:
        out.print(result_text(result, knowledge.facts), markup=False)
    for follow in result.follow:
        out.print(f"จากนั้น {follow.rule.title}", markup=False)
        for opening in follow.openings:
            then = ", ".join(dated_text(dated) for dated in opening.then)
            out.print(f"- {opening.window.label} {show_range(opening)}: {then}", markup=False)
    if result.outside:
        out.print(f"วันที่ {show_date(result.outside)} ไม่อยู่ในช่วงที่กำหนด", markup=False)
    for oddity in result.oddities:
        out.print(f"หมายเหตุ {knowledge.oddities[oddity].says}", markup=False)
    for cite in result.cites:
        out.print(cite_text(cite, knowledge), markup=False)


def criteria_table(result: Result) -> Table:
    """One row a criterion, its status in words."""
    table = Table(box=None)
    for column in ("", "เกณฑ์", "ที่ให้มา", "ที่กำหนด", "ผล", "บรรทัด"):
        table.add_column(column, overflow="fold")
    for c in result.criteria:
        cells = (MARKS[c.status], c.label, c.given or "-", c.required or "-", STATUSES[c.status])
        table.add_row(*cells, show_lines([c.cite.lines]))
    return table


def missing_table(result: Result, facts: dict[str, Fact]) -> Table:
    """The facts that are needed, most deciding first."""
    table = Table(box=None)
    for column in ("ยังต้องการ", "คำถาม"):
        table.add_column(column, overflow="fold")
    for name in result.missing:
        table.add_row(name, facts[name].question)
    for name in result.declined:
        table.add_row(name, "(ไม่ทราบ)")
    return table


def cite_text(cite: Cite, knowledge: Knowledge) -> str:
    """`ที่มา <document> <section> บรรทัด a-b "quote"`."""
    assert cite.document is not None
    title = knowledge.documents[cite.document].short_title
    quote = f' "{cite.quote}"' if cite.quote else ""
    return f"ที่มา {title} {cite.section or ''} บรรทัด {show_lines([cite.lines])}{quote}"
