"""Which fact to ask next: the one with which the fewest questions are expected until the outcome is fixed.

An exact search over the classes of each fact (rules/classes.py), remembered per rule. A fact that cannot change the
outcome is never asked. Where a rule is too wide for the exact search, one step is looked ahead.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rules.classes import classes, combinations, representative
from rules.conditions import Status, facts_of, leaf_status
from rules.engines.plain import conclude, status_of
from rules.model import Between, FactValue
from rules.program import Program

EXACT_STATES = 6_000
USUAL = 0.9


def outcome(program: Program, given: Mapping[str, FactValue]) -> tuple[Status, ...]:
    """The statuses of the conclusions: equal tuples mean the same outcome."""
    statuses = {name: leaf_status(leaf, program.facts, given) for name, leaf in program.by_leaf.items()}
    roots = conclude(program, statuses)
    return tuple(roots[name] for name in program.conclusions())


def settled(program: Program, given: Mapping[str, FactValue]) -> bool:
    """Whether no conclusion is open. A table is settled too when one row is met (its rows exclude each other)."""
    found = outcome(program, given)
    return Status.UNKNOWN not in found or (program.rule.kind == "table" and Status.MET in found)


class Interview:
    """Ranks the facts that a rule still needs."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._classes = {name: classes(program, name) for name in program.inputs}
        states = 1
        for values in self._classes.values():
            states *= len(values) + 1
        self.exact = states <= EXACT_STATES
        self._cost = lru_cache(maxsize=None)(self._search)

    def ranked(self, given: Mapping[str, FactValue], declined: frozenset[str] = frozenset()) -> list[str]:
        """The missing facts whose answer can matter, most deciding first. Facts in `declined` are left out."""
        if settled(self.program, given):
            return []
        open_facts = [name for name in self._live(given) if name not in declined]
        useful = [name for name in open_facts if self.matters(name, given)]
        if len(useful) < 2:
            return useful
        costs = {name: self._expected(name, given, declined) for name in useful}
        return sorted(useful, key=lambda name: costs[name])

    def _live(self, given: Mapping[str, FactValue]) -> list[str]:
        """Facts that are not known (or only as a range) and stand in a condition that is open."""
        statuses = {n: leaf_status(leaf, self.program.facts, given) for n, leaf in self.program.by_leaf.items()}
        found: list[str] = []
        for name in self.program.conclusions():
            if status_of(self.program.roots[name], statuses) is Status.UNKNOWN:
                found += facts_of(self.program.roots[name])
        unknown = {f for n, leaf in self.program.by_leaf.items() if statuses[n] is Status.UNKNOWN for f in (leaf.fact, leaf.by)}
        unsure = [f for f in dict.fromkeys(found) if f in unknown and (f not in given or isinstance(given[f], Between))]
        return unsure

    def matters(self, name: str, given: Mapping[str, FactValue]) -> bool:
        """Whether some answer to this fact, with the other open facts as they may be, changes the outcome."""
        if not self.exact:
            return True
        fixed = {k: v for k, v in given.items() if k != name}
        others = [other for other in self._live(given) if other != name]
        for combination in combinations(self.program, others, fixed):
            found = {outcome(self.program, {**combination, name: value}) for value in self._classes[name]}
            if len(found) > 1:
                return True
        return False

    def _expected(self, name: str, given: Mapping[str, FactValue], declined: frozenset[str]) -> float:
        rest = {k: v for k, v in given.items() if k != name}
        if self.exact:
            return self._cost(self._state(rest), name, declined)
        return self._one_step(name, rest)

    def _state(self, given: Mapping[str, FactValue]) -> tuple[tuple[str, FactValue], ...]:
        known = {k: representative(self.program, k, v) for k, v in given.items() if k in self.program.facts}
        return tuple(sorted(known.items(), key=lambda pair: pair[0]))

    def _weights(self, name: str) -> list[float]:
        usually = self.program.facts[name].usually
        values = self._classes[name]
        if usually is None or len(values) < 2:
            return [1 / len(values)] * len(values)
        return [USUAL if value is usually else 1 - USUAL for value in values]

    def _search(self, state: tuple[tuple[str, FactValue], ...], first: str, declined: frozenset[str]) -> float:
        """Expected questions when `first` is asked now and the best fact after each answer; inf if it settles nothing."""
        given = dict(state)
        cost, useful = 1.0, False
        outcomes = set()
        for value, weight in zip(self._classes[first], self._weights(first), strict=True):
            after = {**given, first: value}
            outcomes.add(outcome(self.program, after))
            if settled(self.program, after):
                useful = True
                continue
            nexts = [n for n in self._live(after) if n not in declined and n != first]
            costs = [self._cost(self._state(after), name, declined) for name in nexts]
            finite = [c for c in costs if c != float("inf")]
            useful = useful or bool(finite)
            cost += weight * (min(finite) if finite else 0)
        return cost if useful else float("inf")

    def _one_step(self, name: str, given: Mapping[str, FactValue]) -> float:
        left = 0.0
        for value, weight in zip(self._classes[name], self._weights(name), strict=True):
            after = {**given, name: value}
            if not settled(self.program, after):
                left += weight * len(self._live(after))
        return 1 + left
