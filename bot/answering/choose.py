"""From an understanding and the talk so far to the unit to answer, or to clarify, or to silence.

A unit is a provision, a rule or an oddity (`oddity:<id>`). Scores are calibrated probabilities that a unit is right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from bot.answering.state import State
from knowledge.model import Knowledge

ANSWER_FROM = 0.40
CLARIFY_FROM = 0.18
NAMED_FROM = 0.1  # when the text names the subject itself
CLOSE = 0.3
ALONE_FROM = 0.25
MOST_CHOICES = 4
SCOPE_FROM = 0.35
ASPECT_SURE = 0.5
CONTEXT_WEIGHT = 0.5
CASES_AMONG = 4
BESIDE_FROM = 0.2
CASE_CLOSE = 0.4


@dataclass(frozen=True)
class Choice:
    """What to do: answer `units[0]`, clarify among `units`, say that a cell is empty, or that nothing covers it."""

    act: Literal["answer", "clarify", "empty_cell", "not_covered"]
    units: tuple[str, ...] = ()
    subject: str | None = None
    aspect: str | None = None


def choose(
    knowledge: Knowledge,
    understanding: dict[str, Any],
    state: State,
    decided: Callable[[str], bool],
) -> Choice:
    """Pick what answers the message. `decided` tells whether the text gives all with which a rule has an outcome."""
    units = [(u["id"], float(u["score"])) for u in understanding["units"]]
    subjects = mentioned(understanding, "subject")
    units = _with_context(knowledge, understanding, state, units, subjects)
    if not units:
        return Choice("not_covered")
    best, score = _case(knowledge, units, decided) or units[0]
    empty = _empty_cell(knowledge, understanding, subjects, score)
    if empty:
        return empty
    in_scope = float(understanding["scope"]) >= SCOPE_FROM
    if score >= ANSWER_FROM and (in_scope or score >= 0.7):
        return Choice("answer", (best, *_beside(knowledge, best, units, subjects)))
    named = cell_of(knowledge, best)[0] in subjects
    if score >= (NAMED_FROM if named else CLARIFY_FROM) and (in_scope or subjects):
        close = tuple(name for name, s in units if s >= score * CLOSE)[:MOST_CHOICES]
        return Choice("answer", close) if len(close) == 1 and score >= ALONE_FROM else Choice("clarify", close)
    return Choice(
        "not_covered", tuple(name for name, _ in units[:3]) if subjects else (), subjects[0] if subjects else None
    )


def _case(
    knowledge: Knowledge, units: list[tuple[str, float]], decided: Callable[[str], bool]
) -> tuple[str, float] | None:
    """A rule among the close candidates that the text decides: a whole case was told, so the case is meant.

    It takes the place of the best, and is sure enough to be answered.
    """
    top = units[0][1]
    for name, score in units[:CASES_AMONG]:
        if name in knowledge.rule_units and score >= max(top * CASE_CLOSE, CLARIFY_FROM / 2) and decided(name):
            return name, max(score, ANSWER_FROM)
    return None


def _beside(knowledge: Knowledge, best: str, units: list[tuple[str, float]], subjects: list[str]) -> list[str]:
    """A second provision that the same message asks for: another subject named with the same aspect, or another
    aspect of the same subject that is nearly as likely."""
    subject, aspect = cell_of(knowledge, best)
    if best not in knowledge.provisions:
        return []
    for other in subjects:
        if other != subject:
            twin = [p.id for p in knowledge.of_subject(other) if p.aspect == aspect and not p.silent]
            if twin and subject in subjects:
                return twin[:1]
    for name, score in units[1:2]:
        provision = knowledge.provisions.get(name)
        if provision and provision.subject == subject and not provision.silent and score >= BESIDE_FROM:
            return [name]
    return []


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
    knowledge: Knowledge,
    understanding: dict[str, Any],
    state: State,
    units: list[tuple[str, float]],
    subjects: list[str],
) -> list[tuple[str, float]]:
    """An elliptical follow-up takes what it leaves out, subject or aspect, from the talk."""
    aspects = {name: float(score) for name, score in understanding["aspects"].items()}
    if subjects and max(aspects.values(), default=0) < ASPECT_SURE and state.aspect:
        wanted = {(subjects[0], state.aspect): 1.0}
    elif not subjects and state.subject:
        wanted = {(state.subject, name): score for name, score in aspects.items() if score >= ASPECT_SURE}
    else:
        return units
    scores = dict(units)
    for unit in [*knowledge.provisions, *knowledge.rule_units]:
        fit = wanted.get(cell_of(knowledge, unit))  # type: ignore[arg-type]
        if fit:
            scores[unit] = max(scores.get(unit, 0), CONTEXT_WEIGHT * fit + 0.5 * scores.get(unit, 0))
    return sorted(scores.items(), key=lambda pair: -pair[1])


def _empty_cell(
    knowledge: Knowledge, understanding: dict[str, Any], subjects: list[str], score: float
) -> Choice | None:
    """A known subject asked for a known aspect about which the documents have nothing."""
    if not subjects or score >= CLARIFY_FROM:
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
