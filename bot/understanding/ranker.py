"""Ranks provisions, rules and oddities for a question, with calibrated probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.understanding.catalogue import Catalogue
from bot.understanding.letters import FirstLook
from bot.understanding.linear import Integers, Labels
from bot.understanding.second_look import SecondLook
from bot.understanding.signals import NAMES, Evidence, global_signals, signals
from bot.understanding.vectoriser import Features, Floats

CANDIDATES = 15
SHOWN = 10
BEST = 5
_ITEM, _NAMED, _INPUTS = (NAMES.index(name) for name in ("item", "named", "inputs_given"))


@dataclass
class Ranking:
    """The best units with the probability that each is the right one, and what led there."""

    units: list[tuple[str, float]]
    subjects: dict[str, float]
    aspects: dict[str, float]
    scope: float


@dataclass
class Ranker:
    """The fitted ranking. Features come from the one vectoriser of the understanding."""

    catalogue: Catalogue
    first: FirstLook
    second: SecondLook

    def rank(self, features: Features, evidence: Evidence) -> Ranking:
        """Rank all units for one question."""
        first = self.first
        scores = first.score(features, self.catalogue)
        table = signals(scores, evidence, self.catalogue)
        chosen = candidates(scores.first_look(), table)
        chances, none = self.second.weigh(table[:, chosen].T, global_signals(scores, evidence))
        order = np.argsort(-chances, kind="stable")[:SHOWN]
        units = [(self.catalogue.units[chosen[n]].id, round(float(chances[n]), 4)) for n in order]
        return Ranking(units, _best(first.subjects, scores.subjects), _best(first.aspects, scores.aspects), 1 - none)


def candidates(first_look: Floats, table: Floats) -> Integers:
    """The units that get a second look: the best of the first, with those named by item lifted."""
    lifted = first_look + table[_ITEM] + 0.5 * table[_NAMED] + table[_INPUTS]
    return highest(lifted, CANDIDATES)


def highest(values: Floats, count: int) -> Integers:
    """The places of the highest values, the highest first."""
    places = np.sort(np.argpartition(-values, min(count, len(values) - 1))[:count])
    return np.asarray(places[np.argsort(-values[places], kind="stable")])


def _best(labels: Labels, decisions: Floats) -> dict[str, float]:
    chances = labels.probabilities(decisions)
    return {labels.names[n]: round(float(chances[n]), 4) for n in highest(chances, BEST)}
