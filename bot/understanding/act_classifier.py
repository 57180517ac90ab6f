"""Tells the act of a message by its letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.understanding.columns import Columns
from bot.understanding.linear import Labels, train_linear
from bot.understanding.vectoriser import Features


@dataclass
class ActClassifier:
    """The acts and one dense column of weights for each."""

    columns: Columns
    labels: Labels

    def probabilities(self, features: Features) -> dict[str, float]:
        """The probability of each act."""
        decisions = self.columns.product(features)["acts"] + self.labels.intercepts
        return dict(zip(self.labels.names, map(float, self.labels.probabilities(decisions)), strict=True))


def train_acts(examples: list[tuple[str, str]], vectorise: Callable[[list[str]], Any]) -> ActClassifier:
    """Fit on messages and the act of each; the temperature on one fifth that was left out at first."""
    rows = vectorise([text for text, _ in examples])
    names = [act for _, act in examples]
    held = np.random.default_rng(0).permutation(len(names)) % 5 == 0
    inside, outside = np.flatnonzero(~held), np.flatnonzero(held)
    trial, table = train_linear(rows[inside], [names[n] for n in inside])
    known = [n for n in outside if names[n] in trial.names]
    decisions = (rows[known] @ table).toarray() + trial.intercepts
    trial.calibrate(decisions, np.array([trial.names.index(names[n]) for n in known]))
    labels, table = train_linear(rows, names)
    labels.temperature = trial.temperature
    return ActClassifier(Columns({"acts": table}, frequent=table.shape[0]), labels)
