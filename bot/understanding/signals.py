"""What speaks for each unit, given a question: the numbers that the second look weighs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bot.understanding.linear import Floats, Linear
from bot.understanding.mentions import Mention
from bot.understanding.phrases import PhraseIndex
from bot.understanding.units import Unit

_PERSONAL = re.compile(
    "ผม|หนู|ดิฉัน|ฉัน|เรา|ของพี่|แฟน|เพื่อน|ได้ไหม|ได้มั้ย|ได้หรือยัง|ได้ยัง|ได้ป่ะ|มีสิทธิ|ครบหรือยัง|เข้าเกณฑ์|ผ่านไหม|ผ่านมั้ย"
)

NAMES = (
    "own", "own_behind", "subject", "subject_behind", "aspect", "aspect_behind", "aspect_in_subject", "both",
    "centre", "centre_behind", "nearest", "nearest_behind", "soft", "statement", "statement_behind", "bare_statement",
    "named", "named_share", "named_nearly", "other_named", "confusable_named",
    "aspect_word", "other_aspect_word", "item", "other_item",
    "inputs_given", "no_input_given", "facts_beside", "personal_rule", "facts_rule",
    "is_silent", "is_rule", "is_oddity", "bare",
)  # fmt: skip
GLOBALS = (
    "constant", "out", "subject", "aspect", "centre", "nearest", "soft", "statement",
    "named", "named_nearly", "item", "aspect_word", "facts", "length",
)  # fmt: skip


@dataclass
class Evidence:
    """What was found in one question besides its letters."""

    text: str
    mentions: list[Mention]
    facts: frozenset[str]


@dataclass
class Catalogue:
    """The units and, for each, where its subject and aspect stand among the labels."""

    units: list[Unit]
    subject_labels: list[str]
    aspect_labels: list[str]
    confused: dict[str, list[str]]
    index: dict[str, int] = field(init=False)
    subject_of: Any = field(init=False)
    aspect_of: Any = field(init=False)
    flags: dict[str, Floats] = field(init=False)
    with_inputs: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.index = {unit.id: number for number, unit in enumerate(self.units)}
        subjects = {label: number for number, label in enumerate(self.subject_labels)}
        aspects = {label: number for number, label in enumerate(self.aspect_labels)}
        self.subject_of = np.array([subjects.get(unit.subject or "", -1) for unit in self.units])
        self.aspect_of = np.array([aspects.get(unit.aspect or "", -1) for unit in self.units])
        self.with_inputs = [number for number, unit in enumerate(self.units) if unit.inputs]
        kinds = {"is_silent": "silent", "is_rule": "rule", "is_oddity": "oddity"}
        self.flags = {n: np.array([u.kind == k for u in self.units], np.float32) for n, k in kinds.items()}
        self.flags["bare"] = np.array([unit.bare for unit in self.units], np.float32)


@dataclass
class Letters:
    """Scores from letters alone, each rows x units, and the decisions behind them."""

    own: Floats  # the unit's own classifier
    subject: Floats
    aspect: Floats
    centre: Floats
    nearest: Floats
    soft: Floats
    statement: Floats
    out: Floats  # rows: how much the question looks like one on other matters
    subjects: Floats  # rows x subject labels
    aspects: Floats  # rows x aspect labels

    def first_look(self) -> Floats:
        """The cheap score that picks the candidates."""
        return self.own + self.subject + self.aspect + 2 * self.centre + self.statement


@dataclass
class FirstLook:
    """Everything that is fitted on phrasings. The labels of `own` are the numbers of the units."""

    phrases: PhraseIndex
    own: Linear
    subjects: Linear
    aspects: Linear
    scope: Linear

    def score(self, rows: Any, catalogue: Catalogue, statements: Any) -> Letters:
        """Score sparse question rows against all units."""
        by_subject, by_aspect = self.subjects.decide(rows), self.aspects.decide(rows)
        centre, nearest, soft = self.phrases.scores(rows)
        likeness = np.asarray((rows @ statements).todense(), dtype=np.float32)
        out = self.scope.decide(rows)[:, self.scope.labels.index("out")]
        subject, aspect = _spread(by_subject, catalogue.subject_of), _spread(by_aspect, catalogue.aspect_of)
        own = self.own.decide(rows)
        return Letters(own, subject, aspect, centre, nearest, soft, likeness, out, by_subject, by_aspect)


def _spread(decisions: Floats, labels: Any) -> Floats:
    """Give each unit the score of its label; a unit without one gets the row's median."""
    spread = decisions[:, labels]
    missing = labels < 0
    if missing.any():
        spread[:, missing] = np.median(decisions, axis=1, keepdims=True)
    return spread


def signals(scores: Letters, row: int, evidence: Evidence, catalogue: Catalogue) -> Floats:
    """The signals of all units for one question: units x NAMES."""
    count = len(catalogue.units)
    table = {name: np.zeros(count, np.float32) for name in NAMES}
    _letter_signals(table, scores, row, catalogue)
    _mention_signals(table, evidence, catalogue)
    _fact_signals(table, evidence, catalogue)
    table.update(catalogue.flags)
    return np.stack([table[name] for name in NAMES], axis=1)


def _letter_signals(table: dict[str, Floats], scores: Letters, row: int, catalogue: Catalogue) -> None:
    for name in ("own", "subject", "aspect", "centre", "nearest", "statement"):
        values = getattr(scores, name)[row]
        table[name] = values
        table[f"{name}_behind"] = values - values.max()
    table["soft"] = scores.soft[row]
    aspect = scores.aspect[row]
    best = np.full(len(scores.subjects[row]) + 1, -np.inf, np.float32)
    np.maximum.at(best, catalogue.subject_of, aspect)
    table["aspect_in_subject"] = aspect - best[catalogue.subject_of]
    table["both"] = np.minimum(scores.subject[row], aspect)
    table["bare_statement"] = catalogue.flags["bare"] * scores.statement[row]


def _mention_signals(table: dict[str, Floats], evidence: Evidence, catalogue: Catalogue) -> None:
    named = _Named(evidence, catalogue)
    share = _by_label(named.exact, catalogue.subject_labels)[catalogue.subject_of]
    near = _by_label(named.near, catalogue.subject_labels)[catalogue.subject_of] > 0
    confusable = (
        _by_label(dict.fromkeys(named.confusable, 1.0), catalogue.subject_labels)[catalogue.subject_of] > 0
    )
    exact = share > 0
    table["named"], table["named_share"] = exact.astype(np.float32), share
    table["named_nearly"] = (near & ~exact).astype(np.float32)
    table["other_named"] = (bool(named.exact) & ~exact & ~near).astype(np.float32)
    table["confusable_named"] = (confusable & ~exact).astype(np.float32)
    word = _by_label(dict.fromkeys(named.aspects, 1.0), catalogue.aspect_labels)[catalogue.aspect_of]
    table["aspect_word"], table["other_aspect_word"] = word, bool(named.aspects) * (1 - word)
    table["item"][list(named.items)] = 1
    table["other_item"] = bool(named.items) * (1 - table["item"])


def _by_label(values: dict[str, float], labels: list[str]) -> Floats:
    """The value of each label, with a zero at the end for units that have no label."""
    return np.array([*(values.get(label, 0.0) for label in labels), 0.0], np.float32)


class _Named:
    """The mentions of a question by kind; of a subject, the share of the text that its name takes."""

    def __init__(self, evidence: Evidence, catalogue: Catalogue) -> None:
        length = max(1, len(evidence.text))
        self.exact: dict[str, float] = {}
        self.near: dict[str, float] = {}
        self.confusable: set[str] = set()
        self.aspects: set[str] = set()
        self.items: set[int] = set()
        for mention in evidence.mentions:
            if mention.kind == "subject":
                kept = self.exact if mention.score == 1 else self.near
                kept[mention.id] = max(kept.get(mention.id, 0.0), (mention.end - mention.start) / length)
                self.confusable.update(catalogue.confused.get(mention.id, ()))
            elif mention.kind == "aspect":
                self.aspects.add(mention.id)
            elif mention.kind == "item" and (unit := mention.id.split("#", 1)[0]) in catalogue.index:
                self.items.add(catalogue.index[unit])


def _fact_signals(table: dict[str, Floats], evidence: Evidence, catalogue: Catalogue) -> None:
    if _PERSONAL.search(evidence.text):
        table["personal_rule"] = catalogue.flags["is_rule"]
    given = evidence.facts
    if not given:
        return
    table["facts_beside"] = np.full(len(catalogue.units), min(len(given), 3), np.float32)
    for number in catalogue.with_inputs:
        shared = len(given & catalogue.units[number].inputs)
        table["facts_beside"][number] = 0
        table["inputs_given"][number] = shared / len(given)
        table["no_input_given"][number] = shared == 0
        table["facts_rule"][number] = min(shared, 3)


def global_signals(scores: Letters, row: int, evidence: Evidence) -> Floats:
    """What speaks for and against the question being on a matter of the documents at all: GLOBALS."""
    kinds = {(mention.kind, mention.score == 1) for mention in evidence.mentions}
    values = [
        1.0, scores.out[row], scores.subjects[row].max(), scores.aspects[row].max(), scores.centre[row].max(),
        scores.nearest[row].max(), scores.soft[row].max(), scores.statement[row].max(),
        ("subject", True) in kinds, ("subject", False) in kinds,
        ("item", True) in kinds, ("aspect", True) in kinds,
        min(len(evidence.facts), 3), np.log1p(len(evidence.text)),
    ]  # fmt: skip
    return np.array(values, np.float32)
