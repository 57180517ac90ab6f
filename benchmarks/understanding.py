"""The understanding by itself: training, size, loading, reading, and how often it is right.

    python -m benchmarks.understanding [--seeds 1] [--out FILE.json]

One phrasing of each unit is held apart at random, the rest are trained on; with several seeds, as often again with
others. Prints seconds of training and loading, megabytes of the stored model, p50 and p95 of `understand()`, and the
share of the phrasings held apart whose unit comes first, and among the first three.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from bot.known import load_known
from bot.understanding import Understander
from knowledge.model import Knowledge

TODAY = date(2026, 11, 20)
LEAST_PHRASINGS = 8  # of a unit, for one of them to be held apart
WARM = 20
Held = list[tuple[str, str]]


def hold_apart(knowledge: Knowledge, seed: int) -> Held:
    """Take one phrasing from each unit that has enough; gives them with the unit's id."""
    chosen, held = random.Random(seed), []
    for unit, phrasings in sorted(knowledge.asks.items()):
        if len(phrasings) >= LEAST_PHRASINGS:
            place = chosen.randrange(len(phrasings))
            held.append((phrasings[place], unit))
            knowledge.asks[unit] = phrasings[:place] + phrasings[place + 1 :]
    return held


def seconds(begun: float) -> float:
    """Seconds since a time."""
    return time.perf_counter() - begun


def measure(seed: int) -> dict[str, float]:
    """All figures of one training."""
    knowledge = load_known(asks=True).knowledge
    held = hold_apart(knowledge, seed)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        Understander.train(knowledge, Path(folder))
        trained = seconds(begun)
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        begun = time.perf_counter()
        understander = Understander.load(knowledge, Path(folder))
        loaded = seconds(begun)
    return {
        "units": len(knowledge.asks),
        "phrasings": sum(map(len, knowledge.asks.values())),
        "training_s": trained,
        "loading_s": loaded,
        "model_mb": size / 1e6,
        **read_all(understander, held),
    }


def read_all(understander: Understander, held: Held) -> dict[str, float]:
    """Read what was held apart, one message after the other."""
    for text, _ in held[:WARM]:
        understander.understand(text, TODAY)
    times: list[float] = []
    places: list[int] = []
    for text, unit in held:
        begun = time.perf_counter()
        units: list[dict[str, Any]] = understander.understand(text, TODAY)["units"]
        times.append(1e3 * seconds(begun))
        places.append([u["id"] for u in units].index(unit) if unit in [u["id"] for u in units] else len(units))
    return {
        "p50_ms": statistics.median(times),
        "p95_ms": statistics.quantiles(times, n=20)[-1],
        "first": statistics.mean(place < 1 for place in places),
        "first_three": statistics.mean(place < 3 for place in places),
    }


def main() -> None:
    """Measure each seed; print the figures and, of several, their mean."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    runs = [measure(seed) for seed in range(arguments.seeds)]
    print(f"{'':12}" + "".join(f"{f'seed {seed}':>10}" for seed in range(len(runs))) + f"{'mean':>10}")
    for name in runs[0]:
        values = [run[name] for run in runs]
        print(f"{name:12}" + "".join(f"{value:10.3f}" for value in [*values, statistics.mean(values)]))
    if arguments.out:
        arguments.out.write_text(json.dumps(runs, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
