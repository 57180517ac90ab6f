"""Fits the ranking: the first look on all phrasings, the second on phrasings left out of the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix

from bot.understanding.catalogue import Catalogue
from bot.understanding.columns import Columns
from bot.understanding.letters import FirstLook, Letters
from bot.understanding.linear import Integers, train_linear
from bot.understanding.phrases import PhraseIndex
from bot.understanding.ranker import Ranker, candidates
from bot.understanding.second_look import Example, train_second_look
from bot.understanding.signals import Evidence, global_signals, signals
from bot.understanding.units import Unit
from bot.understanding.vectoriser import Features

FOLDS = 5
ENOUGH_HELD = 1200  # phrasings held apart that suffice to fit the second look
MOST_EXAMPLES = 3000
OUT_SHARE = 0.15
PROCESSES = 2
WORTH_PROCESSES = 2000  # phrasings from which on starting processes pays
Mask = npt.NDArray[np.bool_]
Scored = list[tuple[Letters, int]]  # questions held apart, with the number of the right unit (-1: none)


def train_ranker(
    units: list[Unit],
    out_of_scope: list[str],
    vectorise: Callable[[list[str]], Any],
    evidence_of: Callable[[str], Evidence],
    confused: dict[str, list[str]],
) -> Ranker:
    """Fit the ranking on sparse rows, which `vectorise` gives for the units' texts. Deterministic."""
    training = _Training(units, out_of_scope, vectorise, confused)
    folds = min(3, ceil(FOLDS * ENOUGH_HELD / len(training.texts)))
    held = [training.fold == fold for fold in range(folds)]
    everything = np.ones(len(training.texts), bool)
    *partial, first = training.fit_all([*(~mask for mask in held), everything])
    scored: Scored = []
    examples: list[Example] = []
    for look, mask in zip(partial, held, strict=True):
        for number, scores in training.score(look, mask):
            owner = int(training.owner[number])
            scored.append((scores, owner))
            examples.append(training.example(scores, owner, evidence_of(training.texts[number])))
    training.calibrate(first, scored)
    return Ranker(training.catalogue, first, train_second_look(_balanced(examples)))


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
        self.rows = vectorise(self.texts)
        self.statements = vectorise([unit.statement for unit in units])
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

    def fit_all(self, masks: list[Mask]) -> list[FirstLook]:
        """Fit a first look on each choice of phrasings, with several processes where that pays."""
        tasks = [task for mask in masks for task in self._tasks(mask)]
        processes = PROCESSES if len(self.texts) >= WORTH_PROCESSES else 1
        fitted = iter(Parallel(n_jobs=processes)(delayed(train_linear)(*task) for task in tasks))
        return [self._first_look(mask, *(next(fitted) for _ in range(4))) for mask in masks]

    def _tasks(self, mask: Mask) -> Iterator[tuple[Any, list[str]]]:
        """Rows and labels of the classifiers of units, subjects, aspects and scope."""
        inside, every = np.flatnonzero(mask & (self.owner >= 0)), np.flatnonzero(mask)
        owned = [self.catalogue.units[n] for n in self.owner[inside]]
        with_subject = [n for n, unit in zip(inside, owned, strict=True) if unit.subject]
        with_aspect = [n for n, unit in zip(inside, owned, strict=True) if unit.aspect]
        yield self.rows[inside], [f"{owner:05}" for owner in self.owner[inside]]
        yield self.rows[with_subject], [unit.subject for unit in owned if unit.subject]
        yield self.rows[with_aspect], [unit.aspect for unit in owned if unit.aspect]
        yield self.rows[every], ["out" if self.owner[n] < 0 else "in" for n in every]

    def _first_look(self, mask: Mask, own: Any, subjects: Any, aspects: Any, scope: Any) -> FirstLook:
        inside = np.flatnonzero(mask & (self.owner >= 0))
        phrases = PhraseIndex(self.rows[inside], self.owner[inside], len(self.catalogue.units))
        classifiers = {"own": own, "subjects": subjects, "aspects": aspects, "scope": scope}
        tables = {name: table for name, (_, table) in classifiers.items()}
        tables |= {"phrases": self.rows[inside[phrases.order]].T, "statements": self.statements.T}
        return FirstLook(Columns(tables), phrases, **{name: labels for name, (labels, _) in classifiers.items()})

    def score(self, first: FirstLook, held: Mask) -> Iterator[tuple[int, Letters]]:
        """Score a sample of the phrasings held apart; gives their numbers too."""
        numbers = np.random.default_rng(0).permutation(np.flatnonzero(held))[:MOST_EXAMPLES]
        for number in numbers:
            row: csr_matrix = self.rows[number]
            features = Features(row.indices.astype(np.int64), row.data)
            yield int(number), first.score(features, self.catalogue)

    def example(self, scores: Letters, owner: int, evidence: Evidence) -> Example:
        """What the second look sees of a question, the right unit always among the candidates."""
        table = signals(scores, evidence, self.catalogue)
        chosen = candidates(scores.first_look(), table)
        if owner >= 0 and owner not in chosen:
            chosen = np.append(chosen[:-1], owner)
        right = None if owner < 0 else int(np.flatnonzero(chosen == owner)[0])
        return Example(table[:, chosen].T, global_signals(scores, evidence), right)

    def calibrate(self, first: FirstLook, scored: Scored) -> None:
        """Fit the temperatures of subjects and aspects on what was held out."""
        owners = np.array([owner for _, owner in scored])
        for labels, decisions, places in (
            (first.subjects, np.stack([scores.subjects for scores, _ in scored]), self.catalogue.subject_of),
            (first.aspects, np.stack([scores.aspects for scores, _ in scored]), self.catalogue.aspect_of),
        ):
            labelled = (owners >= 0) & (places[owners] >= 0)
            labels.calibrate(decisions[labelled], places[owners[labelled]])
