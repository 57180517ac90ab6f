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
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax
from sklearn.svm import LinearSVC

Floats = npt.NDArray[np.float32]
NEAREST = 2000
RANDOM = 300
TOLERANCE = 0.5
SMALLEST_WEIGHT = 0.01


@dataclass
class Linear:
    """Labels and one column of weights for each."""

    labels: list[str]
    weights: Any  # csr_matrix, features x labels
    intercepts: Floats
    temperature: float = 4.0

    def decide(self, rows: Any) -> Floats:
        """Distance of each row to each label's border, positive inside: rows x labels."""
        return np.asarray((rows @ self.weights).todense(), dtype=np.float32) + self.intercepts

    def probabilities(self, decisions: Floats) -> Floats:
        """Calibrated probabilities of the labels."""
        return np.asarray(softmax(self.temperature * decisions, axis=1), dtype=np.float32)

    def calibrate(self, decisions: Floats, right: npt.NDArray[np.int64]) -> None:
        """Fit the temperature on decisions for rows that were not trained on."""

        def loss(temperature: float) -> float:
            chosen = log_softmax(temperature * decisions, axis=1)[np.arange(len(right)), right]
            return -float(chosen.mean())

        self.temperature = float(minimize_scalar(loss, bounds=(0.5, 20.0), method="bounded").x)


def train_linear(rows: Any, names: list[str], seed: int = 0, cost: float = 1.0) -> Linear:
    """Train on sparse rows and the label of each. Deterministic."""
    labels = sorted(set(names))
    place = {label: number for number, label in enumerate(labels)}
    known = np.array([place[name] for name in names])
    likeness = _likeness(rows, known, len(labels))
    random = np.random.default_rng(seed)
    rows64 = rows.astype(np.float64)
    columns, intercepts = [], []
    for number in range(len(labels)):
        chosen = _rows_for(number, known, likeness[:, number], random)
        model = LinearSVC(C=cost, tol=TOLERANCE, random_state=seed).fit(
            rows64[chosen], known[chosen] == number
        )
        weights = model.coef_[0].astype(np.float32)
        weights[np.abs(weights) < SMALLEST_WEIGHT] = 0
        columns.append(csr_matrix(weights))
        intercepts.append(model.intercept_[0])
    return Linear(labels, _stack(columns), np.array(intercepts, dtype=np.float32))


def _stack(columns: list[Any]) -> Any:
    from scipy.sparse import vstack

    return vstack(columns).T.tocsr()


def _likeness(rows: Any, known: npt.NDArray[np.int64], count: int) -> Floats:
    """Cosine of each row with the centre of each label."""
    member = csr_matrix(
        (np.ones(len(known), np.float32), (known, np.arange(len(known)))), shape=(count, len(known))
    )
    centres = member @ rows
    norms = np.sqrt(np.asarray(centres.multiply(centres).sum(axis=1))).ravel()
    cosines: Floats = np.asarray((rows @ centres.T).todense(), dtype=np.float32) / np.maximum(norms, 1e-9)
    return cosines


def _rows_for(
    label: int, known: npt.NDArray[np.int64], likeness: Floats, random: np.random.Generator
) -> npt.NDArray[np.int64]:
    total = len(known)
    if total <= NEAREST + RANDOM:
        return np.arange(total)
    nearest = np.argpartition(-likeness, NEAREST)[:NEAREST]
    chosen: npt.NDArray[np.int64] = np.concatenate(
        [np.flatnonzero(known == label), nearest, random.integers(0, total, RANDOM)]
    )
    return np.array(np.unique(chosen), dtype=np.int64)
