"""Results of consults in Thai: bottom line first, then reasons, dates and working. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge.model import Fact
from rules.calendars import Dated, Opening
from rules.conditions import Status
from rules.model import Decision, Row, Table
from rules.result import Change, Criterion, OutputValue, Result
from rules.values import show_date, show_number, show_value

MARKS = {Status.MET: "✓", Status.UNMET: "✗", Status.UNKNOWN: "?"}


def decision_text(result: Result, facts: Mapping[str, Fact]) -> str:
    """The verdict of a decision with its reasons, and what comes next."""
    rule = result.rule
    assert isinstance(rule, Decision)
    if result.unbound is not None:
        return f"เอกสารไม่ได้กำหนดสำหรับกรณีนี้ เกณฑ์เรื่อง{rule.title}ใช้กับ{result.unbound}"
    heads = {
        "eligible": politely(rule.outcomes.eligible),
        "not_eligible": politely(rule.outcomes.not_eligible),
        "need_more": "ยังสรุปไม่ได้ค่ะ ยังขาดข้อมูลบางข้อ",
        "silent": "เอกสารไม่ได้กำหนดสำหรับกรณีนี้ จึงสรุปไม่ได้ค่ะ",
    }
    parts = [heads[result.decision], criteria_lines(result.criteria)]
    if result.decision == "not_eligible" and result.road:
        parts.append(road_text(result))
    parts += [openings_text(f, brief=True) for f in result.follow if f.openings]
    return "\n".join(part for part in parts if part)


def politely(sentence: str) -> str:
    """The sentence with ค่ะ, apart from a figure or a bracket at its end."""
    thai = "\u0e01" <= sentence[-1] <= "\u0e4e"
    return sentence + ("ค่ะ" if thai else " ค่ะ")


def criteria_lines(criteria: list[Criterion]) -> str:
    """One line a criterion: mark, label, what was said, what is required where it is not met."""
    return "\n".join(_criterion(c) for c in criteria)


def _criterion(criterion: Criterion) -> str:
    words = {Status.MET: "ครบ", Status.UNMET: "ยังไม่ครบ", Status.UNKNOWN: "ยังไม่ทราบ"}
    line = f"{MARKS[criterion.status]} {criterion.label}: {words[criterion.status]}"
    details = []
    if criterion.given and criterion.given not in ("ใช่", "ไม่ใช่"):
        details.append(f"ของคุณ {criterion.given}")
    if criterion.required not in ("ใช่", "ไม่ใช่"):
        details.append(f"เกณฑ์ {criterion.required}")
    return line + (f" ({', '.join(details)})" if details else "")


def road_text(result: Result) -> str:
    """What would turn the decision, smallest changes first."""
    lines = [_road(changes) for changes in result.road]
    return "ทางที่จะเข้าเกณฑ์:\n" + "\n".join(f"- {line}" for line in lines)


def _road(changes: list[Change]) -> str:
    return " และ ".join(_change(change) for change in changes)


def _change(change: Change) -> str:
    if change.earliest is not None:
        return f"{change.says} ครบเร็วที่สุดวันที่ {show_date(change.earliest)} หากนับต่อเนื่องจากวันนี้"
    suffix = {"fixed": " (ข้อนี้เปลี่ยนไม่ได้)", "time": " (ต้องรอให้ครบเวลา)", "action": ""}
    return change.says + suffix[change.kind]


def openings_text(result: Result, brief: bool = False) -> str:
    """The windows ahead with the dates that follow from them; `brief` tells the first of those dates only."""
    head = f"{result.rule.title}:"
    openings = result.openings
    if result.filed is not None:
        head, openings = f"วันนั้นอยู่ในช่วงที่ยื่นได้ค่ะ ({result.filed.window.label})", [result.filed]
    if result.outside is not None:
        head = f"วันที่ {show_date(result.outside)} ยื่นไม่ได้ค่ะ ไม่อยู่ในช่วงยื่น ช่วงถัดไป:"
    return "\n".join([head, *(_opening(o, brief) for o in openings)])


def _opening(opening: Opening, brief: bool) -> str:
    then = ", ".join(dated_text(d) for d in (opening.then[:1] if brief else opening.then))
    return f"- {opening.window.label} {show_range(opening)}" + (f" → {then}" if then else "")


def show_range(opening: Opening) -> str:
    """`1-30 เมษายน 2570`, or both dates in full when the months differ."""
    if (opening.opens.year, opening.opens.month) == (opening.closes.year, opening.closes.month):
        return f"{opening.opens.day}-{show_date(opening.closes)}"
    return f"{show_date(opening.opens)} ถึง {show_date(opening.closes)}"


def dated_text(dated: Dated) -> str:
    """A label with its date, or both readings where the counting is open."""
    if dated.other is not None:
        return f"{dated.label} {show_date(dated.date)} หรือ {show_date(dated.other)} (แล้วแต่วิธีนับวันแรก)"
    return f"{dated.label} {show_date(dated.date)}"


def table_text(result: Result, facts: Mapping[str, Fact]) -> str:
    """The row's figures, or that no row covers the input with the rows beside it."""
    rule = result.rule
    assert isinstance(rule, Table)
    given = given_text(result, facts)
    if result.row is not None:
        head = " ".join(_output(o) for o in result.outputs)
        parts = [f"{given}: {head}" if given else head]
        return "\n".join(parts + ([result.row.note] if result.row.note else []))
    if result.beyond:
        covers = ", ".join(f"{facts[name].label} {cell_text(facts[name], cell)}" for name, cell in rule.covers.items())
        return f"ตาราง{rule.title}ใช้กับ{covers} จึงไม่ใช่เกณฑ์ของกรณีนี้ ({given})"
    head = f"ไม่มีแถวใดในตาราง{rule.title}ครอบคลุม{given} เอกสารไม่ได้กำหนดกรณีนี้"
    beside = [f"- {row_text(rule, row, facts)}" for row in result.beside]
    return "\n".join([head] + (["แถวที่ใกล้ที่สุดคือ", *beside] if beside else []))


def row_text(rule: Table, row: Row, facts: Mapping[str, Fact]) -> str:
    """A row in words: the ranges of its inputs and its figures."""
    ranges = [f"{facts[name].label} {cell_text(facts[name], cell)}" for name, cell in row.when.items()]
    figures = [
        f"{rule.outputs[name].label} {_figure(value, rule.outputs[name].unit)}" for name, value in row.then.items()
    ]
    return f"{', '.join(ranges)}: {' '.join(figures)}"


def cell_text(fact: Fact, cell: Any) -> str:
    """One cell of a row: a range, a choice or choices."""
    if isinstance(cell, dict):
        low, high = cell.get("from"), cell.get("to")
        unit = f" {fact.unit}" if fact.unit else ""
        if high is None:
            return f"{low:,}{unit}ขึ้นไป"
        return f"ไม่เกิน {high:,}{unit}" if low is None else f"{low:,}-{high:,}{unit}"
    cells = cell if isinstance(cell, list) else [cell]
    return " หรือ ".join(show_value(fact, part) for part in cells)


def _output(output: OutputValue) -> str:
    return f"{output.label} {_figure(output.value, output.unit)}"


def _figure(value: object, unit: str | None) -> str:
    if value is None:
        return "ไม่ได้กล่าวถึง"
    shown = value if isinstance(value, str) else show_number(value)  # type: ignore[arg-type]
    return f"{shown} {unit}" if unit else f"{shown}"


def formula_text(result: Result, facts: Mapping[str, Fact]) -> str:
    """The result with its working, step by step."""
    head = f"{given_text(result, facts)}: {' '.join(_output(o) for o in result.outputs)}"
    steps = [f"- {s.label}: {s.working}" + (f" {s.unit}" if s.unit else "") for s in result.working]
    return "\n".join([head, "วิธีคิด", *steps])


def calendar_text(result: Result, facts: Mapping[str, Fact]) -> str:
    """Windows and validities."""
    parts = [openings_text(result)] if result.openings else []
    given = given_text(result, facts)
    parts += [f"{given}: " + ", ".join(dated_text(d) for d in result.dates)] if result.dates else []
    return "\n".join(parts) or result.rule.title


def procedure_text(result: Result) -> str:
    """The steps, numbered, each with who, to whom, with what and within when."""
    lines = [f"{result.rule.title} มี {len(result.steps)} ขั้นตอน"]
    for number, step in enumerate(result.steps, 1):
        line = f"{number}. " + (f"{step.who}: " if step.who else "") + step.does
        line += f" ต่อ {step.to}" if step.to else ""
        line += f" โดยใช้{step.with_}" if step.with_ else ""
        line += f" ({step.within})" if step.within else ""
        lines.append(line + (f" – {step.note}" if step.note else ""))
    return "\n".join(lines)


def given_text(result: Result, facts: Mapping[str, Fact]) -> str:
    """The facts that were used, as said."""
    parts = []
    for name, value in result.facts.items():
        fact = facts[name]
        shown = show_value(fact, value)
        parts.append(f"{fact.label} {shown}" if not isinstance(value, bool) else f"{fact.label}: {shown}")
    return ", ".join(parts)


def result_text(result: Result, facts: Mapping[str, Fact]) -> str:
    """The text of any result that is not a question."""
    if result.unbound is not None or isinstance(result.rule, Decision):
        if not isinstance(result.rule, Decision):
            return f"เอกสารไม่ได้กำหนดสำหรับกรณีนี้ {result.rule.title}ใช้กับ{result.unbound}"
        return decision_text(result, facts)
    kind = result.rule.kind
    if kind == "table":
        return table_text(result, facts)
    if kind == "formula":
        return formula_text(result, facts)
    return calendar_text(result, facts) if kind == "calendar" else procedure_text(result)
