"""The understanding as a whole: train once, load, and read messages."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import joblib
import numpy as np

from bot.understanding.act_classifier import ActClassifier, train_acts
from bot.understanding.acts import ASK, INFORM, OUT, Act, act_files, fixed_act, without_opening
from bot.understanding.errors import ModelError
from bot.understanding.facts import FactBinder, StatedFact, in_question
from bot.understanding.mentions import Mention, Mentions
from bot.understanding.polarity import asks, polarity
from bot.understanding.ranker import Ranker
from bot.understanding.signals import Evidence
from bot.understanding.text import comparable, strip_normalised
from bot.understanding.training import train_ranker
from bot.understanding.units import units_of
from bot.understanding.vectoriser import Features, Vectoriser, fit_vectoriser
from knowledge.model import Knowledge
from knowledge.thai.keyboard import mend_keyboard
from knowledge.thai.normalise import normalise
from knowledge.thai.quantities import find_quantities
from knowledge.thai.quantity import Quantity

VERSION = 2
META, MODEL = "understanding.json", "understanding.joblib"
ASKS_FOR_ACTS = 1500
SPECIAL_ACT = 0.5  # least probability of an act other than asking
STATING = 0.05  # the same for telling, where the text states facts and asks nothing


@dataclass
class Model:
    """What is fitted and stored."""

    vectoriser: Vectoriser
    acts: ActClassifier
    ranker: Ranker


class Understander:
    """Reads messages with a fitted model and the vocabulary of a knowledge."""

    def __init__(self, knowledge: Knowledge, model: Model) -> None:
        self._reader = Reader(knowledge)
        self._model = model

    @classmethod
    def train(cls, knowledge: Knowledge, directory: Path) -> Understander:
        """Fit on a knowledge that was loaded with its asks, and write the model into `directory`."""
        model = train_model(knowledge, Reader(knowledge))
        directory.mkdir(parents=True, exist_ok=True)
        joblib.dump(model, directory / MODEL, compress=("zlib", 1))  # what Rasa packs then packs fast
        meta = {
            "version": VERSION,
            "knowledge": knowledge.fingerprint,
            "units": len(model.ranker.catalogue.units),
        }
        (directory / META).write_text(json.dumps(meta), encoding="utf-8")
        return cls(knowledge, model)

    @classmethod
    def load(cls, knowledge: Knowledge, directory: Path) -> Understander:
        """Read a stored model. Raises ModelError if there is none or it does not fit the knowledge."""
        try:
            meta = json.loads((directory / META).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"No model in {directory} ({error}). Train first.") from error
        if meta.get("version") != VERSION:
            raise ModelError(f"The model has version {meta.get('version')}, expected {VERSION}. Train again.")
        if knowledge.fingerprint and meta.get("knowledge") != knowledge.fingerprint:
            raise ModelError("The model was trained on other knowledge. Train again.")
        return cls(knowledge, joblib.load(directory / MODEL))

    def understand(self, text: str, today: date | None = None) -> dict[str, Any]:
        """Read one message: see docs/architecture.md. `today` is used for dates that name no year."""
        read = self._reader.read(text, today or date.today())
        matter = without_opening(read.text)
        features = self._model.vectoriser.features(strip_normalised(matter))
        ranking = self._model.ranker.rank(features, read.evidence())
        act = self._act(read, matter, features, ranking.scope)
        return {
            "text": read.text,
            "act": act.payload(),
            "mentions": [mention.payload() for mention in read.mentions],
            "facts": [fact.payload() for fact in read.facts],
            "quantities": [
                {"type": q.type, "value": q.value, "unit": q.unit, "text": q.text, "claimed": in_question(read.text, q)}
                for q in read.quantities
            ],
            "polarity": polarity(read.text),
            "units": [{"id": unit, "score": score} for unit, score in ranking.units],
            "subjects": ranking.subjects,
            "aspects": ranking.aspects,
            "scope": round(ranking.scope, 4),
        }

    def _act(self, read: Read, matter: str, features: Features, scope: float) -> Act:
        """The act: a fixed message, a bare value, or what the classifier says; scope settles ask and out."""
        if not matter:
            return Act(OUT, 1.0)
        if fixed := fixed_act(read.text) or fixed_act(matter):
            return fixed
        if read.is_bare_value():
            return Act(INFORM, 1.0)
        by_name = self._model.acts.probabilities(features)
        if read.only_states() and by_name.get(INFORM, 0.0) >= STATING:
            return Act(INFORM, max(by_name[INFORM], SPECIAL_ACT))
        asking = by_name.pop(ASK, 0.0) + by_name.pop(OUT, 0.0)
        name = max(by_name, key=lambda label: (by_name[label], label))
        if by_name[name] > max(asking, SPECIAL_ACT * (1 - asking)):
            return Act(name, by_name[name])
        return Act(ASK, asking * scope) if scope >= 0.5 else Act(OUT, asking * (1 - scope))


@dataclass(frozen=True)
class Read:
    """What is read off a message without a fitted model."""

    text: str
    mentions: list[Mention]
    quantities: list[Quantity]
    facts: list[StatedFact]

    def evidence(self) -> Evidence:
        """What the ranking wants to know of it."""
        return Evidence(self.text, self.mentions, frozenset(fact.fact for fact in self.facts))

    def only_states(self) -> bool:
        """Tell a message that states facts and has neither a question word nor the name of an aspect."""
        aspect = any(mention.kind == "aspect" for mention in self.mentions)
        return bool(self.facts) and not aspect and not asks(self.text)

    def is_bare_value(self) -> bool:
        """Tell a message that is a number, a date or a choice and nothing else."""
        choices = [(mention.start, mention.end) for mention in self.mentions if mention.kind == "choice"]
        spans = [(quantity.start, quantity.end) for quantity in self.quantities] + choices
        covered = {place for start, end in spans for place in range(start, end)}
        rest = "".join(char for place, char in enumerate(self.text) if place not in covered)
        return bool(spans) and not strip_normalised(rest).strip(" .,!")


class Reader:
    """Finds mentions, quantities and facts."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._mentions = Mentions(knowledge)
        self._binder = FactBinder(knowledge)

    def read(self, text: str, today: date) -> Read:
        """Read a message as typed."""
        clean = normalise(text)
        if (mended := mend_keyboard(clean)) != clean:
            clean = normalise(mended)
        mentions = self._mentions.find(clean)
        quantities = find_quantities(clean, today, self._binder.units)
        return Read(clean, mentions, quantities, self._binder.bind(clean, quantities, mentions))


def train_model(knowledge: Knowledge, reader: Reader) -> Model:
    """Fit the vectoriser, the acts and the ranking. Deterministic."""
    units = units_of(knowledge)
    asks = [text for unit in units if not unit.bare for text in unit.phrasings]
    examples = [(text, file.act) for file in act_files() for text in (*file.examples, *file.exact)]
    out = [text for text, act in examples if act == OUT]
    everything = [*asks, *(unit.statement for unit in units), *(text for text, _ in examples)]
    letters = {text: comparable(text) for text in everything}
    vectoriser = fit_vectoriser([letters[text] for text in everything])

    def vectorise(texts: list[str]) -> Any:
        return vectoriser.rows([letters.get(text) or comparable(text) for text in texts])

    some = np.random.default_rng(0).permutation(len(asks))[:ASKS_FOR_ACTS]
    examples += [(asks[number], ASK) for number in sorted(some)]
    acts = train_acts(examples, vectorise)
    confused = {subject.id: list(subject.confused_with) for subject in knowledge.subjects.values()}
    return Model(vectoriser, acts, train_ranker(units, out, vectorise, _evidence_of(reader), confused))


def _evidence_of(reader: Reader) -> Callable[[str], Evidence]:
    training_day = date(2026, 1, 1)  # only the year of yearless dates hangs on it
    return lambda text: reader.read(text, training_day).evidence()
