"""The durable-rules evaluator apart from the real rules: random conditions, long groups, threads, fresh processes."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from rule_builder import decision, fact, facts, leaf, random_tree, written

from rules.conditions import Status
from rules.engines import plain
from rules.engines.durable import DurableEngine

NAMES = [f"c{i}" for i in range(8)]
KNOWN = facts(*(fact(name, "bool") for name in NAMES))
FRESH_ENGINES = """
from rule_builder import decision, fact, facts, leaf
from rules.conditions import Status
from rules.engines.durable import DurableEngine
known = facts(fact("a", "bool"), fact("b", "bool"))
program = decision(known, {"all": [leaf(n, n, **{"is": True}) for n in "ab"]})
for _ in range(20):
    found = DurableEngine().conclude(program, {"a": Status.MET, "b": Status.UNKNOWN})
    assert found == {"decision": Status.UNKNOWN}, found
print("alive")
"""


def test_random_conditions() -> None:
    rng, engine = Random(11), DurableEngine()
    for _ in range(60):
        program = decision(KNOWN, written(random_tree(rng, NAMES[: rng.randint(1, 8)])))
        for _ in range(30):
            statuses = {name: rng.choice(list(Status)) for name in program.by_leaf}
            assert engine.conclude(program, statuses) == plain.conclude(program, statuses)


@pytest.mark.parametrize("kind", ["all", "any"])
def test_groups_longer_than_one_ruleset_takes(kind: str) -> None:
    names = [f"f{i}" for i in range(40)]
    known = facts(*(fact(name, "bool") for name in names))
    program = decision(known, {kind: [leaf(name, name, **{"is": True}) for name in names]})
    engine, met = DurableEngine(), dict.fromkeys(names, Status.MET)
    for change in ({}, {"f39": Status.UNMET}, {"f39": Status.UNKNOWN}, dict.fromkeys(names, Status.UNMET)):
        statuses = {**met, **change}
        assert engine.conclude(program, statuses) == plain.conclude(program, statuses)


def test_threads_do_not_mix_their_facts() -> None:
    program = decision(KNOWN, {"all": [leaf(name, name, **{"is": True}) for name in NAMES]})
    engine = DurableEngine()

    def consult(seed: int) -> bool:
        rng = Random(seed)
        statuses = {name: rng.choice([Status.MET, Status.MET, Status.MET, Status.UNMET]) for name in NAMES}
        return engine.conclude(program, statuses) == plain.conclude(program, statuses)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(consult, range(2_000)))


def test_a_ruleset_whose_first_consult_runs_no_action_does_not_crash_the_process() -> None:
    """durable-rules frees uninitialised pointers there; MALLOC_PERTURB_ makes that certain instead of likely."""
    tests = Path(__file__).resolve().parents[2]
    environment = {"MALLOC_PERTURB_": "165", "PYTHONPATH": f"{tests}:{tests.parent}"}
    done = subprocess.run(
        [sys.executable, "-c", FRESH_ENGINES], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr
