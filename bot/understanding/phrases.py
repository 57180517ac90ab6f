"""Likeness of a question to the example phrasings of each unit."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from bot.understanding.linear import Floats

SHARPNESS = 4


class PhraseIndex:
    """Rows of example phrasings, grouped by unit. Every unit must have at least one row."""

    def __init__(self, rows: Any, units: npt.NDArray[np.int64], count: int) -> None:
        order = np.argsort(units, kind="stable")
        grouped = units[order]
        self.starts = np.searchsorted(grouped, np.arange(count))
        self.sizes = np.diff(np.append(self.starts, len(grouped))).astype(np.float32)
        if (self.sizes == 0).any():
            raise ValueError(f"unit {int(np.argmin(self.sizes))} has no phrasing")
        self.columns = rows[order].T.tocsr()
        self.norms = self._centre_norms(rows[order])

    def _centre_norms(self, rows: Any) -> Floats:
        ends = np.append(self.starts[1:], rows.shape[0])
        sums = (rows[start:end].sum(axis=0) for start, end in zip(self.starts, ends, strict=True))
        return np.array([np.linalg.norm(total) for total in sums], dtype=np.float32)

    def scores(self, questions: Any) -> tuple[Floats, Floats, Floats]:
        """Cosine with each unit's centre, with its nearest phrasing, and a mean that favours near ones."""
        likeness = np.asarray((questions @ self.columns).todense(), dtype=np.float32)
        centre = np.add.reduceat(likeness, self.starts, axis=1) / self.norms
        nearest = np.maximum.reduceat(likeness, self.starts, axis=1)
        soft = (np.add.reduceat(likeness**SHARPNESS, self.starts, axis=1) / self.sizes) ** (1 / SHARPNESS)
        return centre, nearest, soft
