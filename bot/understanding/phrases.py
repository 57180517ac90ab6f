"""Likeness of a question to the example phrasings of each unit."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from bot.understanding.centres import centres_of
from bot.understanding.vectoriser import Floats


class PhraseIndex:
    """Rows of example phrasings, grouped by unit. Every unit must have at least one row."""

    def __init__(self, rows: Any, units: npt.NDArray[np.int64], count: int) -> None:
        self.order = np.argsort(units, kind="stable")
        self.sizes = np.bincount(units, minlength=count).astype(np.float32)
        if (self.sizes == 0).any():
            raise ValueError(f"unit {int(np.argmin(self.sizes))} has no phrasing")
        self.starts = np.searchsorted(units[self.order], np.arange(count))
        _, self.norms = centres_of(rows, units, count)

    def scores(self, likeness: Floats) -> tuple[Floats, Floats, Floats]:
        """Cosine with each unit's centre, with its nearest phrasing, and a mean that favours near ones.

        `likeness` is the cosine of the question with each phrasing, in the order `order`.
        """
        centre = np.add.reduceat(likeness, self.starts) / self.norms
        nearest = np.maximum.reduceat(likeness, self.starts)
        squares = likeness * likeness
        soft = np.sqrt(np.sqrt(np.add.reduceat(squares * squares, self.starts) / self.sizes))
        return centre, nearest, soft
