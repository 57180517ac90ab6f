"""Ranks provisions, rules and oddities for a question, with calibrated probabilities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.understanding.linear import Floats, Linear, train_linear
from bot.understanding.phrases import PhraseIndex
from bot.understanding.second_look import Example, SecondLook, train_second_look
from bot.understanding.signals import NAMES, Catalogue, Evidence, FirstLook, Letters, global_signals, signals
from bot.understanding.text import comparable
from bot.understanding.units import Unit

CANDIDATES = 15
SHOWN = 10
BEST = 5
FOLDS = 5
ENOUGH_HELD = 1200  # phrasings held apart that suffice to fit the second look
MOST_EXAMPLES = 3000
OUT_SHARE = 0.15
Integers = npt.NDArray[np.int64]


@dataclass
class Ranking:
    """The best units with the probability that each is the right one, and what led there."""

    units: list[tuple[str, float]]
    subjects: dict[str, float]
    aspects: dict[str, float]
    scope: float


@dataclass
class Ranker:
    """The fitted ranking. Rows come from the one vectoriser of the understanding."""

    catalogue: Catalogue
    statements: Any
    first: FirstLook
    second: SecondLook

    def rank(self, row: Any, evidence: Evidence) -> Ranking:
        """Rank all units for one question."""
        first = self.first
        scores = first.score(row, self.catalogue, self.statements)
        table, overall = signals(scores, 0, evidence, self.catalogue), global_signals(scores, 0, evidence)
        chosen = candidates(scores.first_look()[0], table)
        chances, none = self.second.weigh(table[chosen], overall)
        order = np.argsort(-chances, kind="stable")[:SHOWN]
        units = [(self.catalogue.units[chosen[n]].id, round(float(chances[n]), 4)) for n in order]
        return Ranking(
            units, _best(first.subjects, scores.subjects), _best(first.aspects, scores.aspects), 1 - none
        )


def candidates(first_look: Floats, table: Floats) -> Integers:
    """The units that get a second look: the best of the first, with those named by item lifted."""
    lifted = first_look + table[:, NAMES.index("item")] + 0.5 * table[:, NAMES.index("named")]
    lifted = lifted + table[:, NAMES.index("inputs_given")]
    return np.argsort(-lifted, kind="stable")[:CANDIDATES]


def _best(model: Linear, decisions: Floats) -> dict[str, float]:
    chances = model.probabilities(decisions)[0]
    order = np.argsort(-chances, kind="stable")[:BEST]
    return {model.labels[n]: round(float(chances[n]), 4) for n in order}


def train_ranker(
    units: list[Unit],
    out_of_scope: list[str],
    vectorise: Callable[[list[str]], Any],
    evidence_of: Callable[[str], Evidence],
    confused: dict[str, list[str]],
) -> Ranker:
    """Fit the first look on all phrasings, and the second on signals of phrasings left out of the first."""
    training = _Training(units, out_of_scope, vectorise, confused)
    examples: list[Example] = []
    calibration: list[tuple[Letters, Integers]] = []
    for fold in range(min(3, ceil(FOLDS * ENOUGH_HELD / len(training.texts)))):
        held = training.fold == fold
        first = training.fit(~held)
        scores = training.score(first, held)
        calibration.append((scores, training.owner[held]))
        examples += training.examples(scores, held, evidence_of)
    second = train_second_look(_balanced(examples))
    first = training.fit(np.ones(len(training.texts), bool))
    training.calibrate(first, calibration)
    return Ranker(training.catalogue, training.statements, first, second)


def _balanced(examples: list[Example]) -> list[Example]:
    """Weigh the questions on other matters so that they make up their share."""
    out = [example for example in examples if example.right is None]
    weight = OUT_SHARE / (1 - OUT_SHARE) * (len(examples) - len(out)) / max(1, len(out))
    for example in out:
        example.weight = weight
    return examples


class _Training:
    """The rows of all phrasings, who owns them (-1: nobody), and the fold of each."""

    def __init__(
        self,
        units: list[Unit],
        out: list[str],
        vectorise: Callable[[list[str]], Any],
        confused: dict[str, list[str]],
    ) -> None:
        subjects = sorted({unit.subject for unit in units if unit.subject})
        aspects = sorted({unit.aspect for unit in units if unit.aspect})
        self.catalogue = Catalogue(units, subjects, aspects, confused)
        pairs = [(number, text) for number, unit in enumerate(units) for text in unit.phrasings]
        self.texts = [text for _, text in pairs] + out
        self.owner = np.array([number for number, _ in pairs] + [-1] * len(out))
        self.rows = vectorise([comparable(text) for text in self.texts])
        self.statements = vectorise([comparable(unit.statement) for unit in units]).T.tocsr()
        self.fold = self._folds(np.random.default_rng(0))

    def _folds(self, random: np.random.Generator) -> Integers:
        """Deal each owner's rows over the folds; a unit with one phrasing, or made ones, stays in training."""
        fold = np.full(len(self.owner), FOLDS)
        for owner in np.unique(self.owner):
            rows = np.flatnonzero(self.owner == owner)
            if owner >= 0 and (len(rows) < 2 or self.catalogue.units[owner].bare):
                continue
            fold[random.permutation(rows)] = (np.arange(len(rows)) + random.integers(FOLDS)) % FOLDS
        return fold

    def fit(self, chosen: npt.NDArray[np.bool_]) -> FirstLook:
        inside = np.flatnonzero(chosen & (self.owner >= 0))
        owned = [self.catalogue.units[n] for n in self.owner[inside]]
        phrases = PhraseIndex(self.rows[inside], self.owner[inside], len(self.catalogue.units))
        own = train_linear(self.rows[inside], [f"{owner:05}" for owner in self.owner[inside]])
        subject_rows = [n for n, unit in zip(inside, owned, strict=True) if unit.subject]
        aspect_rows = [n for n, unit in zip(inside, owned, strict=True) if unit.aspect]
        subjects = train_linear(self.rows[subject_rows], [unit.subject for unit in owned if unit.subject])
        aspects = train_linear(self.rows[aspect_rows], [unit.aspect for unit in owned if unit.aspect])
        every = np.flatnonzero(chosen)
        scope = train_linear(self.rows[every], ["out" if self.owner[n] < 0 else "in" for n in every])
        return FirstLook(phrases, own, subjects, aspects, scope)

    def score(self, first: FirstLook, held: npt.NDArray[np.bool_]) -> Letters:
        rows = self.rows[np.flatnonzero(held)]
        return first.score(rows, self.catalogue, self.statements)

    def examples(
        self, scores: Letters, held: npt.NDArray[np.bool_], evidence_of: Callable[[str], Evidence]
    ) -> list[Example]:
        found = []
        looks = scores.first_look()
        numbers = np.flatnonzero(held)
        kept = np.random.default_rng(0).permutation(len(numbers))[:MOST_EXAMPLES]
        for row, number in zip(kept, numbers[kept], strict=True):
            evidence, owner = evidence_of(self.texts[number]), int(self.owner[number])
            table = signals(scores, row, evidence, self.catalogue)
            chosen = candidates(looks[row], table)
            if owner >= 0 and owner not in chosen:
                chosen = np.append(chosen[:-1], owner)
            right = None if owner < 0 else int(np.flatnonzero(chosen == owner)[0])
            found.append(Example(table[chosen], global_signals(scores, row, evidence), right))
        return found

    def calibrate(self, first: FirstLook, held: list[tuple[Letters, Integers]]) -> None:
        """Fit the temperatures of subjects and aspects on what was held out."""
        owners = np.concatenate([owner for _, owner in held])
        for model, decisions, places in (
            (first.subjects, np.concatenate([s.subjects for s, _ in held]), self.catalogue.subject_of),
            (first.aspects, np.concatenate([s.aspects for s, _ in held]), self.catalogue.aspect_of),
        ):
            labelled = (owners >= 0) & (places[owners] >= 0)
            model.calibrate(decisions[labelled], places[owners[labelled]])
