"""The units, arranged so that a question's evidence reaches them by number."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bot.understanding.units import Unit
from bot.understanding.vectoriser import Floats


@dataclass
class Catalogue:
    """The units and, for each, where its subject and aspect stand among the labels (-1: it has none)."""

    units: list[Unit]
    subject_labels: list[str]
    aspect_labels: list[str]
    confused: dict[str, list[str]]
    index: dict[str, int] = field(init=False)
    subject_place: dict[str, int] = field(init=False)
    aspect_place: dict[str, int] = field(init=False)
    subject_of: Any = field(init=False)
    aspect_of: Any = field(init=False)
    flags: dict[str, Floats] = field(init=False)
    subject_order: Any = field(init=False)  # units, those of one subject together
    subject_starts: Any = field(init=False)  # where each subject begins in that order
    subject_group: Any = field(init=False)  # the place of each unit's subject among those beginnings
    with_inputs: Any = field(init=False)
    rules_asking: dict[str, Any] = field(init=False)  # fact -> places in with_inputs

    def __post_init__(self) -> None:
        self.index = {unit.id: number for number, unit in enumerate(self.units)}
        self.subject_place = {label: number for number, label in enumerate(self.subject_labels)}
        self.aspect_place = {label: number for number, label in enumerate(self.aspect_labels)}
        self.subject_of = np.array([self.subject_place.get(unit.subject or "", -1) for unit in self.units])
        self.aspect_of = np.array([self.aspect_place.get(unit.aspect or "", -1) for unit in self.units])
        self.subject_order = np.argsort(self.subject_of, kind="stable")
        _, self.subject_starts, self.subject_group = np.unique(
            self.subject_of[self.subject_order], return_index=True, return_inverse=True
        )
        self.subject_group = self.subject_group[np.argsort(self.subject_order)]
        kinds = {"is_silent": "silent", "is_rule": "rule", "is_oddity": "oddity"}
        self.flags = {n: np.array([u.kind == k for u in self.units], np.float32) for n, k in kinds.items()}
        self.flags["bare"] = np.array([unit.bare for unit in self.units], np.float32)
        self.with_inputs = np.array([n for n, unit in enumerate(self.units) if unit.inputs], np.int64)
        asking = defaultdict(list)
        for place, number in enumerate(self.with_inputs):
            for fact in self.units[number].inputs:
                asking[fact].append(place)
        self.rules_asking = {fact: np.array(places) for fact, places in asking.items()}

    def inputs_among(self, facts: frozenset[str]) -> Floats:
        """How many of some facts each unit of `with_inputs` asks for."""
        shared = np.zeros(len(self.with_inputs), np.float32)
        for fact in facts & self.rules_asking.keys():
            shared[self.rules_asking[fact]] += 1
        return shared

    def best_in_subject(self, values: Floats) -> Floats:
        """Give each unit the greatest value among the units of its subject."""
        best = np.maximum.reduceat(values[self.subject_order], self.subject_starts)
        return np.asarray(best[self.subject_group])

    def by_subject(self, values: dict[str, float]) -> Floats:
        """Give each unit the value of its subject, else 0."""
        return _by_label(values, self.subject_place, self.subject_of)

    def by_aspect(self, values: dict[str, float]) -> Floats:
        """Give each unit the value of its aspect, else 0."""
        return _by_label(values, self.aspect_place, self.aspect_of)


def _by_label(values: dict[str, float], places: dict[str, int], of_unit: Any) -> Floats:
    found = np.zeros(len(places) + 1, np.float32)  # the last is for units that have no label
    for label, value in values.items():
        if label in places:
            found[places[label]] = value
    return np.asarray(found[of_unit])
