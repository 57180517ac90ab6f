"""The durable-rules evaluator: forward-chains from the statuses of conditions to conclusions, and through formulas.

The only importer of durable. What is known of its edges shapes this file:
- one small ruleset per rule (packs of at most `MOST_RULES`), a fresh sid per consult, always deleted afterwards;
- no timers: `Host._run` does nothing (its timer threads crash beside callers);
- facts are positive literals only: `+node` (surely met) and `-node` (surely unmet). What is derived as neither is
  unknown, so no rule needs negation;
- each ruleset runs one action as soon as it is registered: durable frees two pointers of a state that only an action
  sets, so a ruleset whose first state is deleted before any action ran crashes the process;
- an error inside an action is kept and raised here, since durable would swallow it.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Any

from durable.engine import Host

from rules.arithmetic import compute, operand_names
from rules.conditions import Leaf, Node, Status
from rules.model import FactValue, Formula
from rules.program import Program

MOST_RULES = 100
MOST_ANTECEDENTS = 12
PRIME = "prime"
Definition = dict[str, Any]


@dataclass
class _Run:
    """One consult: what was asserted or concluded so far, exact values, and the first error of an action."""

    asserted: set[str] = field(default_factory=set)
    values: dict[str, Any] = field(default_factory=dict)
    error: BaseException | None = None


class _Host(Host):  # type: ignore[misc]
    def _run(self) -> None:
        """No timers."""


class DurableEngine:
    """Compiles each program once, keeps no facts between consults. Safe to call from several threads."""

    def __init__(self) -> None:
        self._host = _Host()
        self._runs: dict[str, _Run] = {}
        self._sids = itertools.count()
        self._packs: dict[str, list[tuple[str, frozenset[str]]]] = {}
        self._kept: list[object] = []  # what the keys of _packs name by id(), which must not be given to another
        self._lock = threading.Lock()

    def conclude(self, program: Program, statuses: Mapping[str, Status]) -> dict[str, Status]:
        """The status of every root from the statuses of the leaves, by forward chaining."""
        facts = [f"+{n}" for n, s in statuses.items() if s is Status.MET]
        facts += [f"-{n}" for n, s in statuses.items() if s is Status.UNMET]
        run = _Run()
        with self._lock:
            for name, used in self._compiled(program):
                self._execute(name, [fact for fact in facts if fact in used], run)
        return {name: _status(f"root:{name}", run.asserted) for name in program.roots}

    def calculate(self, formula: Formula, given: Mapping[str, FactValue]) -> dict[str, Fraction]:
        """The value of every step of a formula; durable decides the order in which they become computable."""
        run = _Run(values=dict(given))
        with self._lock:
            name, used = self._compiled_formula(formula)
            known = [f"={known}" for known in [*given, *formula.constants, "1"]]
            self._execute(name, [fact for fact in known if fact in used], run)
        return {step.id: run.values[step.id] for step in formula.steps if step.id in run.values}

    def _execute(self, ruleset: str, facts: Sequence[str], run: _Run) -> None:
        if not facts:
            return
        sid = str(next(self._sids))
        self._runs[sid] = run
        try:
            self._host.assert_facts(ruleset, [{"sid": sid, "id": i, "k": fact} for i, fact in enumerate(facts)])
        finally:
            del self._runs[sid]
            self._host.delete_state(ruleset, sid)
        if run.error:
            raise run.error

    def _compiled(self, program: Program) -> list[tuple[str, frozenset[str]]]:
        key = f"{program.rule.rule}#{id(program)}"
        if key not in self._packs:
            self._packs[key] = [self._register(f"{key}#{i}", pack) for i, pack in enumerate(_packs(program))]
            self._kept.append(program)
        return self._packs[key]

    def _compiled_formula(self, formula: Formula) -> tuple[str, frozenset[str]]:
        key = f"{formula.rule}#{id(formula)}"
        if key not in self._packs:
            rules = [(_step_antecedents(formula, i), f"={step.id}", step.id) for i, step in enumerate(formula.steps)]
            self._packs[key] = [self._register(key, rules, formula)]
            self._kept.append(formula)
        return self._packs[key][0]

    def _register(
        self,
        name: str,
        rules: Sequence[tuple[Sequence[str], str, str | None]],
        formula: Formula | None = None,
    ) -> tuple[str, frozenset[str]]:
        rules = [([PRIME], "primed", None), *rules]
        used = frozenset(literal for antecedents, _, _ in rules for literal in antecedents)
        definition: Definition = {}
        for i, (antecedents, conclusion, step) in enumerate(rules):
            action = self._action(conclusion, conclusion in used, formula, step)
            definition[f"r{i}"] = {
                "all": [{f"m_{j}": {"k": lit}} for j, lit in enumerate(antecedents)],
                "run": action,
            }
        self._host.set_rulesets({name: definition})
        self._execute(name, [PRIME], _Run())
        return name, used

    def _action(
        self, conclusion: str, chained: bool, formula: Formula | None, step: str | None
    ) -> Callable[[Any], None]:
        steps = {s.id: s for s in formula.steps} if formula else {}

        def act(closure: Any) -> None:
            run = self._runs.get(str(closure.s.sid))
            if run is None or conclusion in run.asserted:
                return
            try:
                run.asserted.add(conclusion)
                if formula and step:
                    run.values[step] = compute(formula, steps[step], run.values).value
                if chained:
                    closure.assert_fact({"id": conclusion, "k": conclusion})
            except BaseException as fault:
                run.error = run.error or fault
                raise

        return act


def _status(name: str, asserted: set[str]) -> Status:
    if f"+{name}" in asserted:
        return Status.MET
    return Status.UNMET if f"-{name}" in asserted else Status.UNKNOWN


def _step_antecedents(formula: Formula, index: int) -> list[str]:
    names = dict.fromkeys(operand_names(formula.steps[index]))
    return [f"={name}" for name in names] or ["=1"]


_Rule = tuple[Sequence[str], str, str | None]


def _packs(program: Program) -> Iterator[list[_Rule]]:
    """The rules of all roots in packs of at most MOST_RULES; a root is never split."""
    pack: list[_Rule] = []
    for name, root in program.roots.items():
        rules = [*_chain(root, f"root:{name}")]
        if pack and len(pack) + len(rules) > MOST_RULES:
            yield pack
            pack = []
        pack += rules
    if pack:
        yield pack


def _chain(node: Node, name: str) -> Iterator[_Rule]:
    """Rules that conclude `+name` and `-name` from the literals of the node's children."""
    if isinstance(node, Leaf):
        yield from (([f"{sign}{node.id}"], f"{sign}{name}", None) for sign in "+-")
        return
    children = []
    for i, child in enumerate(node.children):
        child_name = child.id if isinstance(child, Leaf) else f"{name}.{i}"
        if not isinstance(child, Leaf):
            yield from _chain(child, child_name)
        children.append(child_name)
    if node.kind == "not":
        yield from (([f"{sign}{children[0]}"], f"{other}{name}", None) for sign, other in ("+-", "-+"))
        return
    needed = {"all": len(children), "any": 1}.get(node.kind, node.count)
    yield from _at_least(children, needed, "+", name)
    yield from _at_least(children, len(children) - needed + 1, "-", name)


def _at_least(children: Sequence[str], needed: int, sign: str, name: str) -> Iterator[_Rule]:
    """`sign name` when at least `needed` of the children carry the sign; long conjunctions are chained."""
    for i, chosen in enumerate(combinations(children, needed)):
        literals = [f"{sign}{child}" for child in chosen]
        part = 0
        while len(literals) > MOST_ANTECEDENTS:
            link = f"{sign}{name}:{i}:{part}"
            yield literals[:MOST_ANTECEDENTS], link, None
            literals, part = [link, *literals[MOST_ANTECEDENTS:]], part + 1
        yield literals, f"{sign}{name}", None
