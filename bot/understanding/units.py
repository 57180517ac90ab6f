"""What a question can be about: provisions, rules and oddities, in one form for the ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.model import Knowledge

NAMES_IN_STATEMENT = 4
ODDITY = "oddity:"


@dataclass(frozen=True)
class Unit:
    """One thing that can be answered. `statement` is text to be compared with a question."""

    id: str
    kind: Literal["provision", "silent", "rule", "oddity"]
    subject: str | None
    aspect: str | None
    statement: str
    inputs: frozenset[str]
    phrasings: tuple[str, ...]
    bare: bool  # has no phrasing of its own, only made ones


def units_of(knowledge: Knowledge) -> list[Unit]:
    """All units of a knowledge that was loaded with its asks, in a fixed order."""
    return [*_provisions(knowledge), *_rules(knowledge), *_oddities(knowledge)]


def _provisions(knowledge: Knowledge) -> Iterator[Unit]:
    for provision in knowledge.provisions.values():
        kind: Literal["silent", "provision"] = "silent" if provision.silent else "provision"
        labels = [item.label for item in provision.items]
        text = " ".join([provision.says, *labels])
        yield _unit(knowledge, provision.id, kind, provision.subject, provision.aspect, text)


def _rules(knowledge: Knowledge) -> Iterator[Unit]:
    for rule in knowledge.rule_units.values():
        labels = [knowledge.facts[fact].label for fact in rule.inputs if fact in knowledge.facts]
        text = " ".join([rule.title, *labels])
        yield _unit(knowledge, rule.id, "rule", rule.subject, rule.aspect, text, frozenset(rule.inputs))


def _oddities(knowledge: Knowledge) -> Iterator[Unit]:
    touched = {oddity: provision for provision in knowledge.provisions.values() for oddity in provision.oddities}
    for oddity in knowledge.oddities.values():
        if ODDITY + oddity.id not in knowledge.asks:
            continue
        provision = touched.get(oddity.id)
        text = " ".join(part for part in (oddity.says, oddity.printed, oddity.reading) if part)
        yield _unit(knowledge, ODDITY + oddity.id, "oddity", provision.subject if provision else None, None, text)


def _unit(
    knowledge: Knowledge,
    unit_id: str,
    kind: Literal["provision", "silent", "rule", "oddity"],
    subject_id: str | None,
    aspect_id: str | None,
    text: str,
    inputs: frozenset[str] = frozenset(),
) -> Unit:
    subject = knowledge.subjects.get(subject_id or "")
    aspect = knowledge.aspects.get(aspect_id or "")
    names = [subject.name, *subject.aliases][:NAMES_IN_STATEMENT] if subject else []
    words = [aspect.name, *aspect.words] if aspect else []
    asks = tuple(knowledge.asks.get(unit_id, ()))
    made = tuple(name + " " + word for name in names for word in words[:NAMES_IN_STATEMENT]) or (text,)
    statement = " ".join([*names, *words[:1], text])
    return Unit(unit_id, kind, subject_id, aspect_id, statement, inputs, asks or made, not asks)
