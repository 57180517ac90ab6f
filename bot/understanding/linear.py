"""One linear classifier per label, each trained against its nearest negatives only.

With all negatives the cost grows with rows x labels; the nearest few thousand give the same accuracy
in a fraction of the time, and training stays linear in the number of labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csc_matrix
from scipy.special import log_softmax
from sklearn import config_context
from sklearn.svm import LinearSVC

from bot.understanding.centres import centres_of
from bot.understanding.vectoriser import Floats

NEAREST = 2000
RANDOM = 300
TOLERANCE = 0.5
SMALLEST_WEIGHT = 0.01
AT_ONCE = 128  # labels whose centres are held densely at a time
Integers = npt.NDArray[np.int64]


@dataclass
class Labels:
    """The labels of a classifier and what turns its products into decisions and probabilities."""

    names: list[str]
    intercepts: Floats
    temperature: float = 4.0

    def probabilities(self, decisions: Floats) -> Floats:
        """Calibrated probabilities of the labels, from the decisions for one text."""
        return np.asarray(softmax(self.temperature * decisions), np.float32)

    def calibrate(self, decisions: Floats, right: Integers) -> None:
        """Fit the temperature on decisions, rows x labels, for rows that were not trained on."""

        def loss(temperature: float) -> float:
            chosen = log_softmax(temperature * decisions, axis=1)[np.arange(len(right)), right]
            return -float(chosen.mean())

        self.temperature = float(minimize_scalar(loss, bounds=(0.5, 20.0), method="bounded").x)


def softmax(scores: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Probabilities in proportion to the exponentials of some scores."""
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def train_linear(rows: Any, names: list[str], seed: int = 0, cost: float = 1.0) -> tuple[Labels, Any]:
    """Train on sparse rows and the label of each; gives a csc_matrix too, features x labels. Deterministic.

    The decision for a row, positive inside a label's border, is row @ weights + intercepts.
    """
    labels = sorted(set(names))
    place = {label: number for number, label in enumerate(labels)}
    known = np.array([place[name] for name in names])
    likeness = _likeness(rows, known, len(labels))
    random = np.random.default_rng(seed)
    rows64 = rows.astype(np.float64)
    kept, weights, intercepts = [], [], []
    with config_context(assume_finite=True):
        for number in range(len(labels)):
            chosen = _rows_for(number, known, likeness[number], random)
            model = LinearSVC(C=cost, tol=TOLERANCE, random_state=seed)
            model.fit(rows64[chosen], known[chosen] == number)
            kept.append(np.flatnonzero(np.abs(model.coef_[0]) >= SMALLEST_WEIGHT).astype(np.int32))
            weights.append(model.coef_[0][kept[-1]].astype(np.float32))
            intercepts.append(model.intercept_[0])
    ends = np.cumsum([0, *map(len, kept)])
    table = csc_matrix((np.concatenate(weights), np.concatenate(kept), ends), (rows.shape[1], len(labels)))
    return Labels(labels, np.array(intercepts, np.float32)), table


def _likeness(rows: Any, known: Integers, count: int) -> Floats:
    """Cosine of the centre of each label with each row."""
    centres, norms = centres_of(rows, known, count)
    cosines = np.empty((count, len(known)), np.float32)
    for start in range(0, count, AT_ONCE):
        dense = np.ascontiguousarray(centres[start : start + AT_ONCE].toarray().T)
        cosines[start : start + AT_ONCE] = (rows @ dense).T
    cosines /= np.maximum(norms, 1e-9)[:, None]
    return cosines


def _rows_for(label: int, known: Integers, likeness: Floats, random: np.random.Generator) -> Integers:
    total = len(known)
    if total <= NEAREST + RANDOM:
        return np.arange(total)
    nearest = np.argpartition(-likeness, NEAREST)[:NEAREST]
    chosen = [np.flatnonzero(known == label), nearest, random.integers(0, total, RANDOM)]
    return np.array(np.unique(np.concatenate(chosen)), np.int64)
