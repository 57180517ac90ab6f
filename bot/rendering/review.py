"""A document's page for a lawyer's review: all that is stated of it, in its own order, each with its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.rendering.review_rules import place, rule_lines
from knowledge.model import Cite, DocumentFile, Item, Knowledge, Lines, Oddity, Provision, Value
from rules.base_loader import RuleBase
from rules.program import Program
from rules.values import show_date, show_number

ODDITY_KINDS = {
    "misprint": "พิมพ์คลาดเคลื่อน", "gap": "ช่องว่าง", "overlap": "ซ้ำซ้อน", "conflict": "ขัดกัน",
    "ambiguity": "กำกวม", "silence": "ไม่ได้กล่าวถึง",
}  # fmt: skip
RULE_KINDS = {
    "decision": "การพิจารณา", "table": "ตาราง", "formula": "สูตร", "calendar": "ปฏิทิน", "procedure": "ขั้นตอน",
}  # fmt: skip
SILENT = "⬜ เอกสารไม่ได้กล่าวถึง"
DERIVED = "อนุมานหรือคำนวณจากบรรทัดที่อ้าง เอกสารไม่ได้เขียนไว้ตรงๆ"
WIDTH = 76
_JOINT = re.compile(r"(?<= )|(?=ว่าด้วย|ภายใต้|เพื่อ|และ|ของ|ตาม)")
Entry = Provision | Oddity | Program


@dataclass(frozen=True)
class Part:
    """A section of the page: its heading, lines, whom it binds, and the ids that its file declares."""

    heading: str
    lines: Lines | None
    binds: str | None
    ids: frozenset[str]


def review_page(base: RuleBase, document: str) -> str:
    """The page of a document as Markdown. The same knowledge always gives the same page."""
    known = base.knowledge.documents[document]
    programs = [program for program in base if program.rule.document == document]
    lines = list(_head(known, base.knowledge, programs))
    parts = _parts(known, base.knowledge)
    placed: dict[int, list[Entry]] = {i: [] for i in range(len(parts))}
    for entry in _entries(base.knowledge, programs, document):
        placed[_part_of(entry, parts)].append(entry)
    for i, part in enumerate(parts):
        if placed[i]:
            lines += _section(part, sorted(placed[i], key=_order), base.knowledge)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def _head(document: DocumentFile, knowledge: Knowledge, programs: list[Program]) -> Iterator[str]:
    own = [p for p in knowledge.provisions.values() if p.cite.document == document.document]
    oddities = [o for o in knowledge.oddities.values() if o.cite.document == document.document]
    silent = sum(p.silent for p in own)
    yield f"# หน้าทบทวน: {document.short_title}"
    yield ""
    yield "หน้านี้สร้างจากฐานความรู้ด้วยคำสั่ง `rabiab review-pages` ห้ามแก้ด้วยมือ ให้แก้ที่ไฟล์ YAML แล้วสร้างใหม่"
    yield ""
    issuer = document.issuer.name if document.issuer else "เอกสารไม่ได้ระบุ"
    date = show_date(document.date) if document.date else "เอกสารไม่ได้ระบุ"
    yield from _folded(f"- ชื่อเอกสาร: {document.title}")
    yield f"- รหัส: `{document.document}` · ประเภท: {document.kind} · ผู้ออก: {issuer}"
    yield f"- วันที่: {date}" + (f" ({document.date_note})" if document.date_note else "")
    if document.binds:
        yield f"- ใช้กับ: {document.binds}"
    counted = [("ข้อกำหนด", len(own) - silent), (SILENT, silent), ("กฎ", len(programs)), ("ข้อสังเกต", len(oddities))]
    yield "- มี" + " · ".join(f"{name} {number} ข้อ" for name, number in counted)
    yield ""


def _parts(document: DocumentFile, knowledge: Knowledge) -> list[Part]:
    files = [s for s in knowledge.sections if s.document == document.document]
    whole = Part("ทั้งเอกสาร", None, document.binds, _ids(document.provisions, document.oddities))
    return [whole, *(Part(s.section, s.lines, s.binds, _ids(s.provisions, s.oddities)) for s in files)]


def _ids(provisions: list[Provision], oddities: list[Oddity]) -> frozenset[str]:
    return frozenset([*(p.id for p in provisions), *(f"oddity:{o.id}" for o in oddities)])


def _entries(knowledge: Knowledge, programs: list[Program], document: str) -> Iterator[Entry]:
    yield from (p for p in knowledge.provisions.values() if p.cite.document == document)
    yield from programs
    yield from (o for o in knowledge.oddities.values() if o.cite.document == document)


def _part_of(entry: Entry, parts: list[Part]) -> int:
    """The part whose file declares it; a rule stands where its first line does."""
    if isinstance(entry, Program):
        first = entry.rule.cite.lines[0]
        return next((i for i, p in enumerate(parts) if p.lines and p.lines[0] <= first <= p.lines[1]), 0)
    name = f"oddity:{entry.id}" if isinstance(entry, Oddity) else entry.id
    return next((i for i, part in enumerate(parts) if name in part.ids), 0)


def _order(entry: Entry) -> tuple[int, int, int]:
    """By first line, then provisions before rules before oddities, then the shorter passage; else as written."""
    kind = 0 if isinstance(entry, Provision) else 1 if isinstance(entry, Program) else 2
    first, last = _cite(entry).lines
    return first, kind, last


def _cite(entry: Entry) -> Cite:
    return entry.rule.cite if isinstance(entry, Program) else entry.cite


def _section(part: Part, entries: list[Entry], knowledge: Knowledge) -> Iterator[str]:
    span = f" (บรรทัด {part.lines[0]}-{part.lines[1]})" if part.lines else ""
    yield f"## {part.heading}{span}"
    yield ""
    if part.binds:
        yield f"ใช้กับ: {part.binds}"
        yield ""
    for entry in entries:
        if isinstance(entry, Provision):
            yield from _provision(entry, part, knowledge)
        elif isinstance(entry, Program):
            yield from _rule(entry, knowledge)
        else:
            yield from _oddity(entry, part, knowledge)
        yield ""


def _provision(provision: Provision, part: Part, knowledge: Knowledge) -> Iterator[str]:
    mark = f"{SILENT} · " if provision.silent else ""
    yield f"### {mark}{_cell(provision.subject, provision.aspect, knowledge)}"
    yield ""
    yield f"`{provision.id}` · {_placed(provision.cite, part, knowledge)}"
    yield ""
    yield from _folded(provision.says)
    yield ""
    if provision.derived:
        yield f"- {DERIVED}"
    if provision.binds and provision.binds != part.binds:
        yield f"- ใช้กับ: {provision.binds}"
    yield from (f"- ที่มาอื่น: {place(cite)}" for cite in provision.also)
    yield from (f"- ค่า `{name}`: {_value(value)}" for name, value in provision.values.items())
    yield from map(_item, provision.items)
    if provision.membership:
        yield f"- อยู่ในรายการ: {provision.membership.in_list} ({place(provision.membership.cite)})"
        yield f"- ไม่อยู่ในรายการ: {provision.membership.not_in_list}"
    yield from (f"- หมายเหตุ: {note}" for note in provision.notes)
    yield from (f"- ข้อสังเกต `{name}`: {knowledge.oddities[name].says}" for name in provision.oddities)
    if provision.near:
        yield f"- ที่กล่าวไว้ใกล้เคียง: {', '.join(f'`{name}`' for name in provision.near)}"
    if provision.rule:
        yield f"- กฎที่ใช้ตัดสิน: `{provision.rule}`"


def _folded(text: str) -> Iterator[str]:
    """A text in lines of at most WIDTH where its words allow, so that official names stay readable in a diff."""
    line = ""
    for piece in _JOINT.split(text):
        if line and len(line) + len(piece) > WIDTH:
            yield line.rstrip()
            line = ""
        line += piece
    yield line


def _cell(subject: str, aspect: str, knowledge: Knowledge) -> str:
    return f"{knowledge.subjects[subject].name} · {knowledge.aspects[aspect].name}"


def _placed(cite: Cite, part: Part, knowledge: Knowledge) -> str:
    """The place, with its section unless the heading above names it already."""
    assert cite.document is not None
    return place(cite, section=cite.section not in (part.heading, knowledge.documents[cite.document].title))


def _bound(program: Program, knowledge: Knowledge) -> str:
    binds = program.rule.binds
    if binds is None or binds.fact is None:
        return ""
    fact = knowledge.facts[binds.fact]
    return f" (เมื่อทราบ{fact.label} และไม่ใช่ {' หรือ '.join(fact.choice(c).label for c in binds.in_)} กฎนี้ไม่ตอบ)"


def _value(value: Value) -> str:
    written = value.value
    if hasattr(written, "isoformat"):
        shown = show_date(written)
    else:
        shown = written if isinstance(written, str) else show_number(written)
    return f"{shown}{f' {value.unit}' if value.unit else ''} ({place(value.cite)})"


def _item(item: Item) -> str:
    number = f"({item.number}) " if item.number else ""
    note = f" {item.note}" if item.note else ""
    oddity = f" · ข้อสังเกต `{item.oddity}`" if item.oddity else ""
    return f"- {number}{item.label}{note} ({place(item.cite)}){oddity}"


def _rule(program: Program, knowledge: Knowledge) -> Iterator[str]:
    rule = program.rule
    yield f"### กฎ ({RULE_KINDS[rule.kind]}): {rule.title}"
    yield ""
    yield f"`{rule.rule}` · {_cell(rule.subject, rule.aspect, knowledge)} · {place(rule.cite, section=True)}"
    yield ""
    if rule.binds:
        yield f"- ใช้กับ: {rule.binds.text}" + _bound(program, knowledge)
    yield from rule_lines(program)
    yield from (f"- หมายเหตุ: {note}" for note in rule.notes)
    yield from (f"- ข้อสังเกต `{name}`: {knowledge.oddities[name].says}" for name in rule.oddities)
    yield from (f"- ตามด้วยกฎ `{name}`" for name in rule.followed_by)


def _oddity(oddity: Oddity, part: Part, knowledge: Knowledge) -> Iterator[str]:
    yield f"### ข้อสังเกต ({ODDITY_KINDS[oddity.kind]}): `{oddity.id}`"
    yield ""
    yield oddity.says
    yield ""
    yield f"- {_placed(oddity.cite, part, knowledge)}"
    yield from (f"- ที่มาอื่น: {place(cite)}" for cite in oddity.also)
    if oddity.printed:
        yield f"- ที่พิมพ์ไว้: {oddity.printed}"
    yield f"- น่าจะอ่านว่า: {oddity.reading or 'ไม่มีการอ่านที่ชัดเจน'}"
