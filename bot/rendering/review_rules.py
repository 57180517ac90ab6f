"""A rule written out in full for a reader who checks it against the document: every condition, row, step and date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.model import Cite, Fact
from rules.conditions import Group, Leaf, Node
from rules.criteria import required_of
from rules.model import Calendar, Decision, Event, Formula, Procedure, Span, Step, Table
from rules.program import DECISION, Program
from rules.values import MONTHS_TH, show_number

_GROUPS = {"all": "ต้องครบทุกข้อต่อไปนี้", "any": "ข้อใดข้อหนึ่งต่อไปนี้", "not": "ต้องไม่เข้าข้อต่อไปนี้"}
_OPERATIONS = {
    "add": "บวก", "subtract": "ลบ", "multiply": "คูณ", "divide": "หาร", "floor_divide": "หารเอาเฉพาะจำนวนเต็มด้วย",
    "remainder": "เอาเศษจากการหารด้วย", "min": "เทียบเอาค่าน้อยกับ", "max": "เทียบเอาค่ามากกับ", "round": "ปัดเศษเป็นทศนิยม",
}  # fmt: skip
_COMPARED = {
    "at_least": "ไม่น้อยกว่า", "more_than": "มากกว่า", "at_most": "ไม่เกิน", "less_than": "น้อยกว่า", "is": "เท่ากับ",
}  # fmt: skip
_FIRST_DAY = {"excluded": "ไม่นับวันแรก", "included": "นับวันแรก", "ambiguous": "เอกสารไม่ได้บอกว่านับวันแรกหรือไม่"}


def rule_lines(program: Program) -> Iterator[str]:
    """The body of a rule as Markdown lines."""
    rule = program.rule
    if isinstance(rule, Decision):
        yield f"- ถ้าเข้าเกณฑ์: {rule.outcomes.eligible}"
        yield f"- ถ้าไม่เข้าเกณฑ์: {rule.outcomes.not_eligible}"
        yield "- เงื่อนไข"
        yield from _condition(program.roots[DECISION], program.facts, "  ")
    elif isinstance(rule, Table):
        yield from _table(rule, program)
    elif isinstance(rule, Formula):
        yield from _formula(rule, program.facts)
    elif isinstance(rule, Calendar):
        yield from _calendar(rule, program.facts)
    else:
        yield from _procedure(rule)
    for i, flag in enumerate(getattr(rule, "flags", [])):
        yield f"- ถ้า{cells_text(program, f'flag:{i}')} ให้แสดงข้อสังเกต `{flag.oddity}`"


def place(cite: Cite, section: bool = False) -> str:
    """`บรรทัด 204 “quote”`, with the section where wanted."""
    first, last = cite.lines
    lines = f"บรรทัด {first}" if first == last else f"บรรทัด {first}-{last}"
    named = f"{cite.section} " if section and cite.section else ""
    return f"{named}{lines}" + (f" “{cite.quote}”" if cite.quote else "")


def cells_text(program: Program, root: str) -> str:
    """The cells of a row, a gap or a flag in words."""
    group = program.roots[root]
    assert isinstance(group, Group)
    parts = [f"{leaf.label} {_required(leaf, program.facts)}" for leaf in group.children if isinstance(leaf, Leaf)]
    return " และ ".join(parts) or "ทุกกรณี"


def _required(leaf: Leaf, facts: Mapping[str, Fact]) -> str:
    return required_of(leaf, facts, {})[0]


def _condition(node: Node, facts: Mapping[str, Fact], indent: str) -> Iterator[str]:
    if isinstance(node, Leaf):
        yield f"{indent}- {node.label} · {facts[node.fact].label}: {_required(node, facts)} ({place(node.cite)})"
        for choice, case in node.cases.items():
            if case.cite != node.cite:
                assert node.by is not None
                yield f"{indent}  - กรณี{facts[node.by].choice(choice).label}: {place(case.cite)}"
        if node.note:
            yield f"{indent}  - {node.note}"
        if node.oddity:
            yield f"{indent}  - ข้อสังเกต `{node.oddity}`"
        return
    head = _GROUPS.get(node.kind) or f"อย่างน้อย {node.count} ข้อต่อไปนี้"
    cite = f" ({place(node.cite)})" if node.cite else ""
    yield f"{indent}- " + (f"{node.label}: " if node.label else "") + head + cite
    for child in node.children:
        yield from _condition(child, facts, indent + "  ")


def _table(rule: Table, program: Program) -> Iterator[str]:
    if rule.covers:
        yield f"- ตารางนี้ใช้กับ{cells_text(program, 'covers:0')}"
    yield "- " + ("แต่ละกรณีตรงแถวเดียว" if rule.hit == "unique" else "ใช้แถวแรกที่ตรง")
    yield ""
    heads = ["กรณี", *(o.label + (f" ({o.unit})" if o.unit else "") for o in rule.outputs.values()), "ที่มา", "หมายเหตุ"]
    yield _row(heads)
    yield _row(["---"] * len(heads))
    for row in rule.rows:
        figures = [_figure(row.then.get(name)) for name in rule.outputs]
        notes = [row.note or "", "อ่านโดยอนุมาน" if row.derived else "", f"ข้อสังเกต `{row.oddity}`" if row.oddity else ""]
        yield _row([cells_text(program, row.id), *figures, place(row.cite), " · ".join(filter(None, notes))])
    yield ""
    for i, gap in enumerate(rule.gaps):
        yield f"- ไม่มีแถวใดกล่าวถึง {cells_text(program, f'gap:{i}')} ข้อสังเกต `{gap.oddity}`"
    if rule.instead:
        yield f"- นอกขอบเขตของตาราง ใช้กฎ `{rule.instead}`"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _figure(value: Any) -> str:
    if value is None:
        return "ไม่ได้กล่าวถึง"
    return value if isinstance(value, str) else show_number(value)


def _formula(rule: Formula, facts: Mapping[str, Fact]) -> Iterator[str]:
    yield "- ต้องทราบ: " + ", ".join(facts[name].label for name in rule.inputs)
    for name, constant in rule.constants.items():
        unit = f" {constant.unit}" if constant.unit else ""
        yield f"- ค่าคงที่ {constant.label or f'`{name}`'} = {show_number(constant.value)}{unit} ({place(constant.cite)})"
    names = {name: facts[name].label for name in rule.inputs}
    names |= {name: c.label or f"{show_number(c.value)} {c.unit or ''}".strip() for name, c in rule.constants.items()}
    for number, step in enumerate(rule.steps, 1):
        cite = f" ({place(step.cite)})" if step.cite else ""
        result = " **← ผลลัพธ์**" if step.id == rule.result else ""
        yield f"- ขั้นที่ {number} {step.label} = {_step(step, names)}{cite}{result}"
        names[step.id] = f"[{step.label}]"


def _step(step: Step, names: dict[str, str]) -> str:
    def shown(part: Any) -> str:
        return names[part] if isinstance(part, str) else show_number(part)

    name, operands = step.operation()
    if step.if_ is not None:
        op, other = step.if_.comparison()
        test = f"{shown(step.if_.value)} {_COMPARED[op]} {shown(other)}"
        return f"ถ้า {test} ได้ {shown(step.then)} ถ้าไม่ใช่ได้ {shown(step.else_)}"
    return f" {_OPERATIONS[name]} ".join(map(shown, operands))


def _calendar(rule: Calendar, facts: Mapping[str, Fact]) -> Iterator[str]:
    for window in rule.windows:
        yield f"- {window.label}: {_month_day(window.from_)} ถึง {_month_day(window.to)} ของทุกปี ({place(window.cite)})"
        for event in window.then:
            yield f"  - {event.label}: {_event(event)} ({place(event.cite)})" + _touched(event)
    for span in rule.spans:
        parts = [(span.years, "ปี"), (span.months, "เดือน"), (span.days, "วัน")]
        length = " ".join(f"{number} {unit}" for number, unit in parts if number)
        start = facts[span.fact].label
        counted = f"{length} นับจาก{start} {_FIRST_DAY[span.first_day]}"
        yield f"- {span.label}: {counted} ({place(span.cite)})" + _touched(span)


def _event(event: Event) -> str:
    year = "ปีถัดไป" if event.year == "next" else "ปีเดียวกัน"
    if event.on is not None:
        return f"{_month_day(event.on)} {year}"
    assert event.after is not None
    return f"{event.days} วันนับจาก {_month_day(event.after)} {year} {_FIRST_DAY[event.first_day]}"


def _touched(part: Event | Span) -> str:
    return f" ข้อสังเกต `{part.oddity}`" if part.oddity else ""


def _month_day(written: str) -> str:
    month, day = (int(part) for part in written.split("-"))
    return f"{day} {MONTHS_TH[month - 1]}"


def _procedure(rule: Procedure) -> Iterator[str]:
    for number, step in enumerate(rule.steps, 1):
        told = [("ผู้ทำ", step.who), ("ต่อ", step.to), ("ใช้", step.with_), ("เมื่อ", step.within), ("หมายเหตุ", step.note)]
        details = "".join(f" · {name}: {value}" for name, value in told if value)
        oddity = f" · ข้อสังเกต `{step.oddity}`" if step.oddity else ""
        yield f"{number}. {step.does}{details}{oddity} ({place(step.cite)})"
