"""What speaks for each unit, given a question: the numbers that the second look weighs."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from bot.understanding.catalogue import Catalogue
from bot.understanding.letters import Letters
from bot.understanding.mentions import Mention
from bot.understanding.vectoriser import Floats

_PERSONAL = re.compile("ผม|หนู|ดิฉัน|ฉัน|เรา|ของพี่|แฟน|เพื่อน|ได้ไหม|ได้มั้ย|ได้หรือยัง|ได้ยัง|ได้ป่ะ|มีสิทธิ|ครบหรือยัง|เข้าเกณฑ์|ผ่านไหม|ผ่านมั้ย")

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


def signals(scores: Letters, evidence: Evidence, catalogue: Catalogue) -> Floats:
    """The signals of all units for one question: NAMES x units."""
    signals = np.zeros((len(NAMES), len(catalogue.units)), np.float32)
    table = dict(zip(NAMES, signals, strict=True))
    _letter_signals(table, scores, catalogue)
    _mention_signals(table, evidence, catalogue)
    _fact_signals(table, evidence, catalogue)
    for name, flag in catalogue.flags.items():
        table[name][:] = flag
    return signals


def _letter_signals(table: dict[str, Floats], scores: Letters, catalogue: Catalogue) -> None:
    for name in ("own", "subject", "aspect", "centre", "nearest", "statement"):
        values = getattr(scores, name)
        table[name][:] = values
        table[f"{name}_behind"][:] = values - values.max()
    table["soft"][:] = scores.soft
    table["aspect_in_subject"][:] = scores.aspect - catalogue.best_in_subject(scores.aspect)
    np.minimum(scores.subject, scores.aspect, out=table["both"])
    table["bare_statement"][:] = catalogue.flags["bare"] * scores.statement


def _mention_signals(table: dict[str, Floats], evidence: Evidence, catalogue: Catalogue) -> None:
    named = _Named(evidence, catalogue)
    if named.exact or named.near:
        share = catalogue.by_subject(named.exact)
        exact, near = share > 0, catalogue.by_subject(named.near) > 0
        table["named"][:], table["named_share"][:] = exact, share
        table["named_nearly"][:] = near & ~exact
        table["other_named"][:] = bool(named.exact) & ~exact & ~near
        table["confusable_named"][:] = (catalogue.by_subject(named.confusable) > 0) & ~exact
    if named.aspects:
        table["aspect_word"][:] = catalogue.by_aspect(named.aspects)
        table["other_aspect_word"][:] = 1 - table["aspect_word"]
    if named.items:
        table["item"][list(named.items)] = 1
        table["other_item"][:] = 1 - table["item"]


class _Named:
    """The mentions of a question by kind; of a subject, the share of the text that its name takes."""

    def __init__(self, evidence: Evidence, catalogue: Catalogue) -> None:
        length = max(1, len(evidence.text))
        self.exact: dict[str, float] = {}
        self.near: dict[str, float] = {}
        self.confusable: dict[str, float] = {}
        self.aspects: dict[str, float] = {}
        self.items: set[int] = set()
        for mention in evidence.mentions:
            if mention.kind == "subject":
                kept = self.exact if mention.score == 1 else self.near
                kept[mention.id] = max(kept.get(mention.id, 0.0), (mention.end - mention.start) / length)
                self.confusable.update(dict.fromkeys(catalogue.confused.get(mention.id, ()), 1.0))
            elif mention.kind == "aspect":
                self.aspects[mention.id] = 1.0
            elif mention.kind == "item" and (unit := mention.id.split("#", 1)[0]) in catalogue.index:
                self.items.add(catalogue.index[unit])


def _fact_signals(table: dict[str, Floats], evidence: Evidence, catalogue: Catalogue) -> None:
    if _PERSONAL.search(evidence.text):
        table["personal_rule"][:] = catalogue.flags["is_rule"]
    given, rules = evidence.facts, catalogue.with_inputs
    if not given:
        return
    shared = catalogue.inputs_among(given)
    table["facts_beside"][:] = min(len(given), 3)
    table["facts_beside"][rules] = 0
    table["inputs_given"][rules] = shared / len(given)
    table["no_input_given"][rules] = shared == 0
    table["facts_rule"][rules] = np.minimum(shared, 3)


def global_signals(scores: Letters, evidence: Evidence) -> Floats:
    """What speaks for and against the question being on a matter of the documents at all: GLOBALS."""
    kinds = {(mention.kind, mention.score == 1) for mention in evidence.mentions}
    values = [
        1.0, scores.out, scores.subjects.max(), scores.aspects.max(), scores.centre.max(),
        scores.nearest.max(), scores.soft.max(), scores.statement.max(),
        ("subject", True) in kinds, ("subject", False) in kinds,
        ("item", True) in kinds, ("aspect", True) in kinds,
        min(len(evidence.facts), 3), np.log1p(len(evidence.text)),
    ]  # fmt: skip
    return np.array(values, np.float32)
