"""From an understanding and the talk so far to the unit to answer, or to clarify, or to silence.

A unit is a provision, a rule or an oddity (`oddity:<id>`). Scores are calibrated probabilities that a unit is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from bot.answering.state import State
from knowledge.model import Knowledge

ANSWER_FROM = 0.40
CLARIFY_FROM = 0.18
CLOSE = 0.3
MOST_CHOICES = 4
SCOPE_FROM = 0.35
ASPECT_SURE = 0.5
CONTEXT_WEIGHT = 0.5


@dataclass(frozen=True)
class Choice:
    """What to do: answer `units[0]`, clarify among `units`, say that a cell is empty, or that nothing covers it."""

    act: Literal["answer", "clarify", "empty_cell", "not_covered"]
    units: tuple[str, ...] = ()
    subject: str | None = None
    aspect: str | None = None


def choose(knowledge: Knowledge, understanding: dict[str, Any], state: State) -> Choice:
    """Pick what answers the message."""
    units = [(u["id"], float(u["score"])) for u in understanding["units"]]
    subjects = mentioned(understanding, "subject")
    if not subjects and state.subject:
        units = _with_context(knowledge, understanding, state, units)
    if not units:
        return Choice("not_covered")
    best, score = units[0]
    empty = _empty_cell(knowledge, understanding, subjects, score)
    if empty:
        return empty
    in_scope = float(understanding["scope"]) >= SCOPE_FROM
    if score >= ANSWER_FROM and (in_scope or score >= 0.7):
        return Choice("answer", (best,))
    if score >= CLARIFY_FROM and (in_scope or subjects):
        return Choice("clarify", tuple(name for name, s in units if s >= score * CLOSE)[:MOST_CHOICES])
    return Choice(
        "not_covered", tuple(name for name, _ in units[:3]) if subjects else (), subjects[0] if subjects else None
    )


def mentioned(understanding: dict[str, Any], kind: str) -> list[str]:
    """Ids mentioned of a kind, surest first."""
    found = [m for m in understanding["mentions"] if m["kind"] == kind]
    return list(dict.fromkeys(m["id"] for m in sorted(found, key=lambda m: -float(m["score"]))))


def cell_of(knowledge: Knowledge, unit: str) -> tuple[str | None, str | None]:
    """Subject and aspect of a unit."""
    if unit in knowledge.provisions:
        provision = knowledge.provisions[unit]
        return provision.subject, provision.aspect
    if unit in knowledge.rule_units:
        rule = knowledge.rule_units[unit]
        return rule.subject, rule.aspect
    return None, None


def _with_context(
    knowledge: Knowledge, understanding: dict[str, Any], state: State, units: list[tuple[str, float]]
) -> list[tuple[str, float]]:
    """An elliptical follow-up: units on the subject of the talk gain by how well they fit the aspect asked for."""
    aspects = understanding["aspects"]
    scores = dict(units)
    every = [*knowledge.provisions, *knowledge.rule_units]
    for unit in every:
        subject, aspect = cell_of(knowledge, unit)
        if subject == state.subject and float(aspects.get(aspect, 0)) >= ASPECT_SURE:
            scores[unit] = max(scores.get(unit, 0), CONTEXT_WEIGHT * float(aspects[aspect]) + 0.5 * scores.get(unit, 0))
    return sorted(scores.items(), key=lambda pair: -pair[1])


def _empty_cell(
    knowledge: Knowledge, understanding: dict[str, Any], subjects: list[str], score: float
) -> Choice | None:
    """A known subject asked for a known aspect about which the documents have nothing."""
    if not subjects or score >= ANSWER_FROM:
        return None
    aspects = mentioned(understanding, "aspect")
    ranked = understanding["aspects"]
    sure = [a for a in aspects if float(ranked.get(a, 0)) >= ASPECT_SURE]
    if not sure:
        return None
    subject, aspect = subjects[0], sure[0]
    every = [*knowledge.provisions, *knowledge.rule_units]
    if any(cell_of(knowledge, unit) == (subject, aspect) for unit in every):
        return None
    return Choice("empty_cell", (), subject, aspect)
