"""Asking for a fact, and reading the reply: choices to tap, a hint of the form, "ไม่ทราบ" always accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.answering.state import Offer
from knowledge.model import Fact
from rules.classes import thresholds
from rules.model import Between
from rules.program import Program
from rules.values import BadValue, encode_value, read_value, show_value

DONT_KNOW = "ไม่ทราบ"
MOST_CHOICES = 12
MOST_BANDS = 6
NUMBERS = ("integer", "decimal", "money")
YEAR, MONTHS = "ปี", 12
PERCENT = ("%", "ร้อยละ", "เปอร์เซ็นต์")


def offers_for(program: Program, fact: Fact) -> list[Offer]:
    """The choices to show for a fact; bands between the rule's thresholds for numbers and durations."""
    if fact.type == "bool":
        return [Offer("ใช่", fact=fact.id, value=True), Offer("ไม่ใช่", fact=fact.id, value=False)]
    if fact.type in ("choice", "set"):
        several = fact.type == "set"
        return [
            Offer(c.label, fact=fact.id, value=[c.id] if several else c.id) for c in fact.choices[: MOST_CHOICES - 1]
        ]
    if fact.type in ("integer", "duration") and program.rule.kind == "decision":
        return _bands(program, fact)
    return []


def _bands(program: Program, fact: Fact) -> list[Offer]:
    limits = thresholds(program, fact.id)
    if not limits or len(limits) >= MOST_BANDS:
        return []
    starts = [None, *limits]
    ends = [*(limit - 1 for limit in limits), None]
    bands = [Between(start, end) for start, end in zip(starts, ends, strict=True)]
    return [Offer(show_value(fact, band), fact=fact.id, value=encode_value(band)) for band in bands]


def unbound(program: Program, known: Mapping[str, Any], said: dict[str, Any]) -> dict[str, list[Any]]:
    """Numbers of the text that no fact has taken, by the one fact of the rule that each can belong to.

    A number is given only where a single open fact of the rule fits it in type and unit: `{fact: [values]}`.
    """
    taken = {stated["text"] for stated in said["facts"]}
    found: dict[str, list[Any]] = {}
    for quantity in said["quantities"]:
        fitting = [f for name, f in program.facts.items() if name not in known and _fits(f, quantity)]
        if quantity["text"] in taken or quantity.get("claimed") or len(fitting) != 1:
            continue
        value = _valid(fitting[0], _plain(fitting[0], quantity))
        if value is not None:
            found.setdefault(fitting[0].id, []).append(value)
    return found


def single(fact: Fact, quantity: dict[str, Any]) -> Any:
    """The encoded value of one number for a fact, or None; a number without a unit is read in the fact's."""
    bare = quantity["type"] == "number" and quantity.get("unit") is None and fact.type in NUMBERS
    return _valid(fact, _plain(fact, quantity)) if bare or _fits(fact, quantity) else None


def _fits(fact: Fact, quantity: dict[str, Any]) -> bool:
    kind, unit = quantity["type"], quantity.get("unit")
    if fact.type in ("duration", "date"):
        return bool(kind == fact.type and (kind == "duration" or unit is None))
    if fact.type not in NUMBERS:
        return False
    if kind == "duration":
        return fact.unit == YEAR
    percent = fact.unit in PERCENT
    return bool((kind == "percent" and percent) or (kind == "number" and unit is not None and unit == fact.unit))


def _plain(fact: Fact, quantity: dict[str, Any]) -> Any:
    if quantity["type"] == "duration" and fact.type in NUMBERS:
        return int(quantity["value"]) // MONTHS
    return quantity["value"] if fact.type in ("duration", "date") else str(quantity["value"])


def question_text(fact: Fact) -> str:
    """The question with its hint."""
    return fact.question + (f" ({fact.hint})" if fact.hint else "")


def read_reply(fact: Fact, understanding: dict[str, Any]) -> Any:
    """The encoded value that a reply gives for the fact asked, or None when it gives none."""
    for stated in understanding["facts"]:
        if stated["fact"] == fact.id:
            return stated["value"]
    value = _READERS.get(fact.type, _no_value)(fact, understanding)
    return None if value is None else _valid(fact, value)


def _valid(fact: Fact, value: Any) -> Any:
    try:
        return encode_value(read_value(fact, value))
    except BadValue:
        return None


def _no_value(fact: Fact, understanding: dict[str, Any]) -> Any:
    return None


def _polarity(fact: Fact, understanding: dict[str, Any]) -> Any:
    return {"yes": True, "no": False}.get(understanding.get("polarity") or "")


def _choice(fact: Fact, understanding: dict[str, Any]) -> Any:
    chosen = [
        m["id"].split("=", 1)[1]
        for m in understanding["mentions"]
        if m["kind"] == "choice" and m["id"].startswith(fact.id + "=")
    ]
    if fact.type == "set":
        return list(dict.fromkeys(chosen)) or None
    return chosen[-1] if chosen else None


def _number(fact: Fact, understanding: dict[str, Any]) -> Any:
    kinds = ("number", "percent") if fact.unit != YEAR else ("number", "duration")
    found = [q for q in understanding["quantities"] if q["type"] in kinds]
    return _plain(fact, found[0]) if len(found) == 1 else None


def _duration(fact: Fact, understanding: dict[str, Any]) -> Any:
    found = [q for q in understanding["quantities"] if q["type"] == "duration"]
    if len(found) == 1:
        return found[0]["value"]
    plain = [q for q in understanding["quantities"] if q["type"] == "number"]
    if len(plain) == 1 and not found and not plain[0].get("unit"):
        return _years(plain[0]["value"])
    return None


def _years(value: Any) -> int | None:
    try:
        months = float(value) * 12
    except (TypeError, ValueError):
        return None
    return int(months) if months == int(months) else None


def _date(fact: Fact, understanding: dict[str, Any]) -> Any:
    found = [q["value"] for q in understanding["quantities"] if q["type"] == "date"]
    return found[0] if len(found) == 1 else None


def _periods(fact: Fact, understanding: dict[str, Any]) -> Any:
    """`<kind> <first day> ถึง <last day>` for each part between semicolons or line ends; all must be readable."""
    dates = [q for q in understanding["quantities"] if q["type"] == "date"]
    found: list[dict[str, str]] = []
    for part in re.split(r"[;\n]", understanding["text"]):
        named = [q for q in dates if q["text"] in part]
        if len(named) != 2:
            return None
        first, last = sorted(named, key=lambda q: part.index(q["text"]))
        kind = re.sub(r"(ตั้งแต่|ระหว่าง|วันที่|:|-)\s*$", "", part[: part.index(first["text"])].strip()).strip()
        found.append({"kind": kind or f"งานที่ {len(found) + 1}", "from": first["value"], "to": last["value"]})
    return found or None


_READERS = {
    "bool": _polarity, "choice": _choice, "set": _choice, "integer": _number, "decimal": _number, "money": _number,
    "duration": _duration, "periods": _periods, "date": _date,
}  # fmt: skip
