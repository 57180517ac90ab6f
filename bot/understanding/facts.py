"""Binds what a text states to the facts that the rules ask for. Nothing is bound on a guess."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.understanding.forms import match_form, name_forms
from bot.understanding.lookup import Lookup, Match
from bot.understanding.mentions import Mention
from knowledge.model import Fact, Knowledge
from knowledge.thai.numbers import UNITS
from knowledge.thai.quantity import Quantity

FARTHEST = 24  # characters between a cue word and its number
NO_UNIT_FARTHEST = 3
CUE_AFTER = 3  # a cue behind the number counts as this much farther away
PERCENT_UNITS = frozenset({"%", "ร้อยละ", "เปอร์เซ็นต์"})
MONTHS = 12
NUMERIC = frozenset({"integer", "decimal", "money"})
_NEGATION = re.compile(r"(?:ไม่ได้|ไม่มี|ยังไม่|ไม่เคย|มิได้|ไม่ใช่|ไม่|ขาด)\s?(?:ได้|มี|ถึง|เป็น|เคย|จบ)?\s?$")
_QUESTION = re.compile(
    r"\s?(?:แล้ว|ขึ้นไป)?\s?(?:ใช่\s?(?:ไหม|มั้ย|ป่ะ|ปะ|หรือ|มะ)|ไหม|มั้ย|หรือเปล่า|หรือไม่|หรือยัง|รึยัง|รึเปล่า|ป่ะ|ปะ|เหรอ|หรอ|จริง)"
)
_TARGET = re.compile(  # what a person asks for is not what a person has
    r"(?:ขอ|ยื่น|เลื่อน|ทำ|สอบ|สมัคร|อยากได้|อยาก|ถึงจะ|เปลี่ยน|ขึ้น|ไป)(?:ขอ)?(?:เลื่อน|เป็น|ได้|เอา)*(?:มี)?(?:วิทยฐานะ|ตำแหน่ง)?\s?$"
)
_CLAIM = re.compile(r"(?:อย่างน้อย|ไม่น้อยกว่า|ไม่ต่ำกว่า|ไม่เกิน|ต้อง|ต้องมี|ต้องครบ|กำหนด|มากกว่า|เกิน)\s?$")


@dataclass(frozen=True)
class StatedFact:
    """A fact with its encoded value and the words that state it."""

    fact: str
    value: Any
    text: str

    def payload(self) -> dict[str, Any]:
        """The fact as plain JSON."""
        return {"fact": self.fact, "value": self.value, "text": self.text}


@dataclass(frozen=True)
class _Pair:
    """A quantity beside a cue word of a fact that it could be the value of."""

    distance: int
    cue_length: int
    fact: str
    quantity: int
    cue: Match


class FactBinder:
    """Knows the cue words, the phrases and the choices of all facts."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._facts = knowledge.facts
        self._cues = _Phrases((form, fact.id) for fact in knowledge.facts.values() for form in name_forms(fact.words))
        self._says = _Phrases(
            (form, (fact.id, truth))
            for fact in knowledge.facts.values()
            for truth, words in ((True, fact.true_words), (False, fact.false_words))
            for form in name_forms(words)
        )
        self.units = frozenset(f.unit for f in knowledge.facts.values() if f.unit and f.unit not in UNITS)

    def bind(self, text: str, quantities: list[Quantity], mentions: list[Mention]) -> list[StatedFact]:
        """Give the facts that a normalised text states, each at most once, in the order of the knowledge."""
        found = [*self._numbers(text, quantities), *self._truths(text), *self._choices(text, mentions)]
        order = {fact: place for place, fact in enumerate(self._facts)}
        return sorted(found, key=lambda stated: order[stated.fact])

    def _numbers(self, text: str, quantities: list[Quantity]) -> Iterator[StatedFact]:
        """Join each quantity with the fact of the nearest cue; a tie between two facts joins nothing."""
        stated = [n for n, quantity in enumerate(quantities) if not in_question(text, quantity)]
        pairs = sorted(self._pairs(text, quantities, stated), key=lambda p: (p.distance, -p.cue_length))
        used_quantities: set[int] = set()
        used_facts: set[str] = set()
        for pair in pairs:
            if pair.quantity in used_quantities or pair.fact in used_facts:
                continue
            used_quantities.add(pair.quantity)
            rivals = {p.fact for p in pairs if p.quantity == pair.quantity and _equal(p, pair)} - used_facts
            if len(rivals) > 1:
                continue
            used_facts.add(pair.fact)
            quantity = quantities[pair.quantity]
            yield StatedFact(pair.fact, encode(self._facts[pair.fact], quantity), quantity.text)

    def _pairs(self, text: str, quantities: list[Quantity], stated: list[int]) -> Iterator[_Pair]:
        for cue, fact_ids in self._cues.find(text):
            for number in stated:
                quantity = quantities[number]
                distance = _distance(cue, quantity)
                if any(_between(cue, quantity, other) for other in quantities):
                    continue
                for fact_id in fact_ids:
                    if distance <= FARTHEST and fits(self._facts[fact_id], quantity, distance):
                        yield _Pair(distance, len(cue.form), fact_id, number, cue)

    def _truths(self, text: str) -> Iterator[StatedFact]:
        said: dict[str, set[bool]] = defaultdict(set)
        words: dict[str, str] = {}
        for match, meanings in self._says.find(text):
            if _QUESTION.match(text, match.end):
                continue
            negated = bool(_NEGATION.search(text[: match.start][-12:]))
            for fact, truth in meanings:
                said[fact].add(truth != negated)
                words[fact] = text[match.start : match.end]
        yield from (StatedFact(fact, values.pop(), words[fact]) for fact, values in said.items() if len(values) == 1)

    def _choices(self, text: str, mentions: list[Mention]) -> Iterator[StatedFact]:
        """Bind the choices named; one name that several facts know is bound to none unless a cue decides."""
        named: dict[str, dict[str, Mention]] = defaultdict(dict)
        shared: dict[tuple[int, int], set[str]] = defaultdict(set)
        for mention in mentions:
            if mention.kind == "choice" and not _denied_or_wanted(text[: mention.start][-24:]):
                fact, choice = mention.id.split("=", 1)
                named[fact][choice] = mention
                shared[mention.start, mention.end].add(fact)
        cued = {fact for _, facts in self._cues.find(text) for fact in facts}
        for fact, choices in named.items():
            rivals = set().union(*(shared[m.start, m.end] for m in choices.values())) - {fact}
            if rivals and not (fact in cued and not rivals & cued):
                continue
            if self._facts[fact].words and fact not in cued:
                continue
            first = min(choices.values(), key=lambda m: m.start)
            if self._facts[fact].type == "set":
                yield StatedFact(fact, list(choices), text[first.start : max(m.end for m in choices.values())])
            elif len(choices) == 1:
                yield StatedFact(fact, next(iter(choices)), first.text)


class _Phrases:
    """Phrases and what they stand for."""

    def __init__(self, phrases: Any) -> None:
        self._meanings: dict[str, list[Any]] = defaultdict(list)
        for form, meaning in phrases:
            if meaning not in self._meanings[form]:
                self._meanings[form].append(meaning)
        self._lookup = Lookup(self._meanings)

    def find(self, text: str) -> list[tuple[Match, list[Any]]]:
        return [(match, self._meanings[match.form]) for match in self._lookup.find(text, match_form(text))]


def fits(fact: Fact, quantity: Quantity, distance: int = 0) -> bool:
    """Tell whether a quantity can be the value of a fact: its type, its unit and its range."""
    if fact.type == "duration" and quantity.type == "duration":
        return _in_range(fact, float(quantity.value))
    if fact.type == "date" and quantity.type == "date":
        return quantity.unit is None
    if fact.type == "integer" and fact.unit == "ปี" and quantity.type == "duration":
        return _in_range(fact, float(quantity.value) // MONTHS)
    if fact.type not in NUMERIC or quantity.type not in ("number", "percent"):
        return False
    unit = "บาท" if fact.type == "money" else fact.unit
    unit = UNITS.get(unit or "", unit)
    if quantity.type == "percent" and unit not in PERCENT_UNITS:
        return False
    if quantity.type == "number" and quantity.unit is None and distance > NO_UNIT_FARTHEST:
        return False
    same = quantity.unit is None or quantity.unit == unit or (quantity.type == "percent" and unit in PERCENT_UNITS)
    whole = fact.type != "integer" or isinstance(quantity.value, int)
    return same and whole and _in_range(fact, float(quantity.value))


def encode(fact: Fact, quantity: Quantity) -> Any:
    """Write a quantity as the value of a fact: int for whole numbers and months, else a string."""
    if fact.type == "integer" and quantity.type == "duration":
        return int(quantity.value) // MONTHS
    return str(quantity.value) if fact.type in ("decimal", "money") else quantity.value


def _in_range(fact: Fact, value: float) -> bool:
    return fact.range is None or fact.range[0] <= value <= fact.range[1]


def _distance(cue: Match, quantity: Quantity) -> int:
    if cue.end <= quantity.start:
        return quantity.start - cue.end
    if quantity.end <= cue.start:
        return cue.start - quantity.end + CUE_AFTER
    return 0


def _between(cue: Match, quantity: Quantity, other: Quantity) -> bool:
    low, high = min(cue.end, quantity.end), max(cue.start, quantity.start)
    return other is not quantity and low <= other.start and other.end <= high


def _equal(one: _Pair, other: _Pair) -> bool:
    return (one.distance, one.cue_length) == (other.distance, other.cue_length)


def _denied_or_wanted(before: str) -> bool:
    return bool(_NEGATION.search(before) or _TARGET.search(before))


def in_question(text: str, quantity: Quantity) -> bool:
    """Tell a figure that is asked about or claimed to be the rule from one that a person states of a case."""
    return bool(_QUESTION.match(text, quantity.end) or _CLAIM.search(text[: quantity.start][-12:]))
