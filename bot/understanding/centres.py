"""Sums of the rows that share a label."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from bot.understanding.vectoriser import Floats


def centres_of(rows: Any, labels: npt.NDArray[np.int64], count: int) -> tuple[Any, Floats]:
    """The sum of each label's sparse rows, and the length of each sum. Labels are numbers below `count`."""
    ones = np.ones(len(labels), np.float32)
    member = csr_matrix((ones, (labels, np.arange(len(labels)))), shape=(count, len(labels)))
    centres = member @ rows
    return centres, np.sqrt(np.asarray(centres.multiply(centres).sum(axis=1), np.float32)).ravel()
