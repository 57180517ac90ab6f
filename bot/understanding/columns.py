"""Sparse tables side by side, multiplied with the few features of one text in a single pass."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack

from bot.understanding.vectoriser import Features, Floats

FREQUENT = 64


class Columns:
    """Named tables over the same features. The rows of the most frequent features are kept dense."""

    def __init__(self, tables: dict[str, Any], frequent: int = FREQUENT) -> None:
        ends = np.cumsum([table.shape[1] for table in tables.values()])
        starts = np.append(0, ends[:-1])
        self._parts = {name: slice(*span) for name, *span in zip(tables, starts, ends, strict=True)}
        stacked = csr_matrix(hstack(list(tables.values())), dtype=np.float32)
        sizes = np.diff(stacked.indptr)
        chosen = np.argsort(-sizes, kind="stable")[:frequent]
        self._dense = stacked[chosen].toarray()
        self._dense_row = np.full(len(sizes), -1)
        self._dense_row[chosen] = np.arange(len(chosen))
        stacked.data[np.repeat(self._dense_row >= 0, sizes)] = 0
        stacked.eliminate_zeros()
        self._rare = stacked

    def product(self, features: Features) -> dict[str, Floats]:
        """For each table, the sum of the features' rows, each times the feature's weight."""
        rows = self._dense_row[features.places]
        dense = rows >= 0
        total = features.values[dense] @ self._dense[rows[dense]]
        if self._rare.nnz:
            total += self._rare[features.places[~dense]].T @ features.values[~dense]
        return {name: total[part] for name, part in self._parts.items()}
