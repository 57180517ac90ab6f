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
NEVER = float("inf")
Outcome = tuple[Status, ...]
State = tuple[tuple[str, FactValue], ...]


def outcome(program: Program, given: Mapping[str, FactValue]) -> Outcome:
    """The statuses of the conclusions: equal tuples mean the same outcome."""
    roots = conclude(program, _statuses(program, given))
    return tuple(roots[name] for name in program.conclusions())


def settled(program: Program, given: Mapping[str, FactValue]) -> bool:
    """Whether no conclusion is open. A table is settled too when one row is met (its rows exclude each other)."""
    return _is_settled(program, outcome(program, given))


def _is_settled(program: Program, found: Outcome) -> bool:
    return Status.UNKNOWN not in found or (program.rule.kind == "table" and Status.MET in found)


def _statuses(program: Program, given: Mapping[str, FactValue]) -> dict[str, Status]:
    return {name: leaf_status(leaf, program.facts, given) for name, leaf in program.by_leaf.items()}


class Interview:
    """Ranks the facts that a rule still needs. Remembers what it worked out, per class of each fact."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._classes = {name: classes(program, name) for name in program.inputs}
        states = 1
        for values in self._classes.values():
            states *= len(values) + 1
        self.exact = states <= EXACT_STATES
        self._cost = lru_cache(maxsize=None)(self._search)
        self._outcome = lru_cache(maxsize=None)(lambda state: outcome(program, dict(state)))
        self._open = lru_cache(maxsize=None)(self._open_facts)
        self._ranked = lru_cache(maxsize=None)(self._rank)

    def ranked(self, given: Mapping[str, FactValue], declined: frozenset[str] = frozenset()) -> list[str]:
        """The missing facts whose answer can matter, most deciding first. Facts in `declined` are left out."""
        return list(self._ranked(self._state(given), declined))

    def _rank(self, state: State, declined: frozenset[str]) -> tuple[str, ...]:
        if self._settled(state):
            return ()
        useful = [n for n in self._open(state) if n not in declined and self.matters(n, dict(state))]
        now = [name for name in useful if self._timely(name, state, declined)]
        costs = {name: self._expected(name, state, declined) for name in now}
        return tuple(sorted(now, key=lambda name: costs[name])) + tuple(n for n in useful if n not in now)

    def matters(self, name: str, given: Mapping[str, FactValue]) -> bool:
        """Whether some answer to this fact, with the other open facts as they may be, changes the outcome."""
        if not self.exact:
            return True
        fixed = {k: v for k, v in self._state(given) if k != name}
        others = [other for other in self._open(self._state(given)) if other != name]
        for combination in combinations(self.program, others, fixed):
            found = {self._outcome(self._state({**combination, name: value})) for value in self._classes[name]}
            if len(found) > 1:
                return True
        return False

    def _settled(self, state: State) -> bool:
        return _is_settled(self.program, self._outcome(state))

    def _open_facts(self, state: State) -> tuple[str, ...]:
        """Facts that are not known (or only as a range) and stand in a condition that is open."""
        given = dict(state)
        statuses = _statuses(self.program, given)
        found: list[str] = []
        for name in self.program.conclusions():
            if status_of(self.program.roots[name], statuses) is Status.UNKNOWN:
                found += facts_of(self.program.roots[name])
        unsettled = [leaf for leaf in self.program.by_leaf.values() if statuses[leaf.id] is Status.UNKNOWN]
        wanted = {name for leaf in unsettled for name in (leaf.fact, leaf.by)}
        unsure = (name for name in dict.fromkeys(found) if name in wanted)
        return tuple(name for name in unsure if name not in given or isinstance(given[name], Between))

    def _timely(self, name: str, state: State, declined: frozenset[str]) -> bool:
        """Whether the fact that must come before this one is known, or will not be."""
        first = self.program.facts[name].after
        return first is None or first not in self.program.facts or first in dict(state) or first in declined

    def _state(self, given: Mapping[str, FactValue]) -> State:
        known = {k: representative(self.program, k, v) for k, v in given.items() if k in self.program.facts}
        return tuple(sorted(known.items(), key=lambda pair: pair[0]))

    def _expected(self, name: str, state: State, declined: frozenset[str]) -> float:
        rest = tuple(pair for pair in state if pair[0] != name)
        return self._cost(rest, name, declined) if self.exact else self._one_step(name, rest)

    def _weights(self, name: str) -> list[float]:
        usually = self.program.facts[name].usually
        values = self._classes[name]
        if usually is None or len(values) < 2:
            return [1 / len(values)] * len(values)
        return [USUAL if value is usually else 1 - USUAL for value in values]

    def _after(self, state: State, name: str, value: FactValue) -> State:
        return tuple(sorted([*state, (name, value)], key=lambda pair: pair[0]))

    def _search(self, state: State, first: str, declined: frozenset[str]) -> float:
        """Expected questions when `first` is asked now, then the best each time; NEVER if it settles nothing."""
        cost, useful = 1.0, False
        for value, weight in zip(self._classes[first], self._weights(first), strict=True):
            after = self._after(state, first, value)
            if self._settled(after):
                useful = True
                continue
            nexts = [n for n in self._open(after) if n not in declined and self._timely(n, after, declined)]
            finite = [c for c in (self._cost(after, name, declined) for name in nexts) if c != NEVER]
            useful = useful or bool(finite)
            cost += weight * (min(finite) if finite else 0)
        return cost if useful else NEVER

    def _one_step(self, name: str, state: State) -> float:
        left = 0.0
        for value, weight in zip(self._classes[name], self._weights(name), strict=True):
            after = self._after(state, name, value)
            if not self._settled(after):
                left += weight * len(self._open(after))
        return 1 + left
