"""Messages of the HTTP contract, built from provisions and results. Every answer and verdict carries its citations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.rendering.provisions import provision_text
from bot.rendering.results import result_text
from bot.rendering.sources import citations, source_line
from knowledge.model import Cite, Item, Knowledge, Oddity, Provision
from rules.result import Result
from rules.values import encode_value, show_date, show_number

Message = dict[str, Any]
NO_DECISION = "value"
MOST_REMARKS = 2


def message(
    knowledge: Knowledge,
    text: str,
    status: str,
    cites: Iterable[Cite] = (),
    *,
    oddities: Iterable[str] = (),
    notes: Iterable[str] = (),
    binds: str | None = None,
    verdict: dict[str, Any] | None = None,
    choices: Iterable[dict[str, str]] = (),
) -> Message:
    """One message, complete by its text alone: the first remarks stand in it, the source comes last.

    `oddities` and `notes` are in the order of how closely they touch the answer; all of them are in `notes`.
    """
    cites = list(cites)
    remarks = list(dict.fromkeys([*(knowledge.oddities[name].says for name in dict.fromkeys(oddities)), *notes]))
    parts = [text, *(f"ข้อสังเกต: {remark}" for remark in remarks[:MOST_REMARKS])]
    if len(remarks) > MOST_REMARKS:
        parts.append(f"(มีข้อสังเกตอีก {len(remarks) - MOST_REMARKS} ข้อ)")
    if cites:
        parts.append(source_line(knowledge, cites) + (f" (ใช้กับ{binds})" if binds else ""))
    return {
        "text": "\n".join(parts),
        "status": status,
        "citations": citations(knowledge, cites),
        "verdict": verdict,
        "choices": list(choices),
        "notes": [*remarks, *age_notes(knowledge, cites)],
    }


def age_notes(knowledge: Knowledge, cites: Iterable[Cite]) -> list[str]:
    """How old each cited document is."""
    found = []
    for name in dict.fromkeys(cite.document for cite in cites if cite.document):
        document = knowledge.documents[name]
        if document.date:
            found.append(
                f"ตามเอกสาร {document.short_title} ({document.date_note or 'ลงวันที่ ' + show_date(document.date)})"
            )
    return found


def provision_message(
    knowledge: Knowledge, provision: Provision, items: list[Item], choices: Iterable[dict[str, str]]
) -> Message:
    """A provision's answer; `items` are those that were asked about by name."""
    if provision.silent:
        return silent_message(knowledge, provision, choices)
    cites = [item.cite for item in items] + [provision.cite, *provision.also]
    if items and provision.membership:
        cites.append(provision.membership.cite)
    named = [item.oddity for item in items if item.oddity]
    oddities = named if items and named else ([] if items else provision.oddities)
    text = provision_text(provision, items)
    return message(
        knowledge,
        text,
        "answer",
        cites,
        oddities=oddities,
        notes=provision.notes,
        binds=provision.binds,
        choices=choices,
    )


def silent_message(knowledge: Knowledge, provision: Provision, choices: Iterable[dict[str, str]]) -> Message:
    """A cell that the document leaves empty, with what is stated nearby."""
    near = [knowledge.provisions[name] for name in provision.near]
    stated = [f"- {p.says}" for p in near]
    text = "\n".join([provision.says] + (["เอกสารกล่าวถึงเรื่องใกล้เคียงไว้ดังนี้", *stated] if stated else []))
    cites = [*(p.cite for p in near), *provision.also] or [provision.cite]
    return message(
        knowledge, text, "not_covered", cites, oddities=provision.oddities, notes=provision.notes, choices=choices
    )


def oddity_message(knowledge: Knowledge, oddity: Oddity) -> Message:
    """An oddity that was asked about itself."""
    parts = [oddity.says]
    if oddity.printed:
        parts.append(f"ในเอกสาร: {oddity.printed}")
    if oddity.reading:
        parts.append(f"น่าจะอ่านว่า: {oddity.reading}")
    return message(knowledge, "\n".join(parts), "answer", [oddity.cite, *oddity.also])


def result_message(
    knowledge: Knowledge, result: Result, extra_oddities: Iterable[str] = (), choices: Iterable[dict[str, str]] = ()
) -> Message:
    """The message of a consult that has an outcome."""
    follow = [f for f in result.follow if f.openings]
    cites = [*result.cites, *(cite for f in follow for cite in brief_cites(f))]
    binds = result.rule.binds.text if result.rule.binds and result.unbound is None else None
    bound = result.unbound is None
    status = "not_covered" if result.decision == "silent" else "verdict" if _decision(result) else "answer"
    return message(
        knowledge,
        result_text(result, knowledge.facts),
        status,
        cites,
        oddities=[*extra_oddities, *result.oddities] if bound else [],
        notes=result.rule.notes if bound else [],
        binds=binds,
        verdict=verdict_of(knowledge, result),
        choices=choices,
    )


def brief_cites(result: Result) -> list[Cite]:
    """The places of what the brief telling of a followed calendar shows: each window and its first event."""
    return [cite for o in result.openings for cite in [o.window.cite, *(d.cite for d in o.then[:1])]]


def verdict_of(knowledge: Knowledge, result: Result) -> dict[str, Any]:
    """The contract's verdict. A computed value judges nobody: its `decision` is null (docs/decisions/)."""
    decision = _decision(result)
    return {
        "rule": result.rule.rule,
        "title": result.rule.title,
        "decision": decision,
        "criteria": [
            {
                "id": c.id,
                "label": c.label,
                "status": c.status.value,
                "given": c.given,
                "required": c.required,
                "citation": citations(knowledge, [c.cite])[0],
            }
            for c in result.criteria
        ],
        "missing": [*result.missing, *result.declined],
        "value": _value(knowledge, result),
        "facts": {name: encode_value(value) for name, value in result.facts.items()},
        "road": [
            [
                {
                    "criterion": c.criterion,
                    "kind": c.kind,
                    "says": c.says,
                    "earliest": c.earliest and c.earliest.isoformat(),
                }
                for c in changes
            ]
            for changes in result.road
        ],
    }


def _decision(result: Result) -> str | None:
    """Yes or no for a decision, and for a date that lies in a window or not; a computed value is neither."""
    if result.decision == NO_DECISION and (result.filed or result.outside):
        return "eligible" if result.filed else "not_eligible"
    return None if result.decision == NO_DECISION else result.decision


def _value(knowledge: Knowledge, result: Result) -> dict[str, Any] | None:
    if result.outputs:
        shown = [{"id": o.id, "label": o.label, "value": _exact(o.value), "unit": o.unit} for o in result.outputs]
        working = [{"label": s.label, "working": s.working, "unit": s.unit} for s in result.working]
        return {"outputs": shown, "working": working}
    dated = result.dates + [d for o in result.openings for d in o.then]
    if dated:
        return {
            "dates": [
                {"id": d.id, "label": d.label, "date": d.date.isoformat(), "other": d.other and d.other.isoformat()}
                for d in dated
            ],
            "windows": [
                {"id": o.window.id, "label": o.window.label, "from": o.opens.isoformat(), "to": o.closes.isoformat()}
                for o in result.openings
            ],
        }
    return None


def _exact(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else show_number(value)


__all__ = ["Message", "message", "oddity_message", "provision_message", "result_message", "verdict_of"]
