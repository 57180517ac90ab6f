"""Turns of our bot, rules consulted and cited, beside a stock Rasa bot's canned turns: same machine, same run.

    python -m benchmarks.turns [--turns 300] [--out FILE.json]

Both are served as they are served to people; blocks of turns alternate between them, and ratios are ours / stock.
Prints p50 and p95 of a turn, turns a second with 8 talks at once, turn 200 of one talk against turn 2, training time
and memory of all processes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from benchmarks.stock import stock_bot, train_stock_bot, write_stock_bot
from bot.run.ports import free_port
from bot.run.supervisor import Supervisor
from bot.run.train import ensure_model

BLOCKS = 6
AT_ONCE = 8
LONG_TALK = 200
WARM = 20
Ask = Callable[[httpx.AsyncClient, str, int], Any]


def our_question(number: int) -> str:
    """A question that a rule decides, never the same figure twice in a row."""
    return f"โรงเรียนมีนักเรียน {121 + number * 37 % 2000} คน มีรองผู้อำนวยการได้กี่คน"


async def ask_ours(client: httpx.AsyncClient, url: str, number: int, session: str | None = None) -> str:
    """One turn; gives the session. Fails unless a rule was consulted and cited."""
    reply = await client.post(f"{url}/api/chat", json={"session": session, "text": our_question(number)})
    reply.raise_for_status()
    body = reply.json()
    assert any(m["verdict"] and m["citations"] for m in body["messages"]), body
    return str(body["session"])


async def ask_stock(client: httpx.AsyncClient, url: str, number: int, session: str | None = None) -> str:
    """One canned turn."""
    sender = session or f"s{number}-{time.perf_counter_ns()}"
    text = PHRASES[number % len(PHRASES)]
    reply = await client.post(url, json={"sender": sender, "message": text})
    reply.raise_for_status()
    assert reply.json(), "the stock bot said nothing"
    return sender


PHRASES: list[str] = []


async def latencies(ask: Any, url: str, turns: int) -> list[float]:
    """Seconds of each turn, one after the other, each in a talk of its own."""
    found = []
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
        for number in range(turns):
            begun = time.perf_counter()
            await ask(client, url, number)
            found.append(time.perf_counter() - begun)
    return found


async def throughput(ask: Any, url: str, turns: int) -> float:
    """Turns a second with AT_ONCE talks at once."""
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:

        async def talk(offset: int) -> None:
            session = None
            for number in range(turns // AT_ONCE):
                session = await ask(client, url, offset + number, session if number % 10 else None)

        begun = time.perf_counter()
        await asyncio.gather(*(talk(lane * 100) for lane in range(AT_ONCE)))
        return turns // AT_ONCE * AT_ONCE / (time.perf_counter() - begun)


async def long_talk(ask: Any, url: str) -> float:
    """Median seconds of the last ten of 200 turns of one talk, over turns 2-11."""
    session, found = None, []
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        for number in range(LONG_TALK):
            begun = time.perf_counter()
            session = await ask(client, url, number, session)
            found.append(time.perf_counter() - begun)
    return statistics.median(found[-10:]) / statistics.median(found[1:11])


def measure(ours: str, stock: str, turns: int) -> dict[str, Any]:
    """All figures; blocks of the two bots alternate."""
    run = asyncio.run
    for ask, url in ((ask_ours, ours), (ask_stock, stock)):
        run(latencies(ask, url, WARM))
    mine: list[float] = []
    theirs: list[float] = []
    my_rate: list[float] = []
    their_rate: list[float] = []
    for _ in range(BLOCKS):
        mine += run(latencies(ask_ours, ours, turns // BLOCKS))
        theirs += run(latencies(ask_stock, stock, turns // BLOCKS))
        my_rate.append(run(throughput(ask_ours, ours, turns // BLOCKS)))
        their_rate.append(run(throughput(ask_stock, stock, turns // BLOCKS)))
    return {
        "p50_ms": [1e3 * statistics.median(mine), 1e3 * statistics.median(theirs)],
        "p95_ms": [1e3 * statistics.quantiles(mine, n=20)[-1], 1e3 * statistics.quantiles(theirs, n=20)[-1]],
        "turns_per_s": [statistics.median(my_rate), statistics.median(their_rate)],
        "turn_200_over_turn_2": [run(long_talk(ask_ours, ours)), run(long_talk(ask_stock, stock))],
    }


def main() -> None:
    """Train both, serve both, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=300)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        ensure_model(force=True)
        ours_trained = time.perf_counter() - begun
        PHRASES.extend(write_stock_bot(Path(folder)))
        stock_trained = train_stock_bot(Path(folder))
        supervisor = Supervisor("127.0.0.1", free_port())
        with supervisor.running(), stock_bot(Path(folder), free_port()) as stock:
            figures = measure(supervisor.url, stock, arguments.turns)
    figures["training_s"] = [ours_trained, stock_trained]
    report(figures)
    if arguments.out:
        arguments.out.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def report(figures: dict[str, Any]) -> None:
    """A line a figure: ours, stock, ratio."""
    print(f"{'':24}{'ours':>10}{'stock':>10}{'ratio':>8}")
    for name, (ours, stock) in figures.items():
        print(f"{name:24}{ours:10.2f}{stock:10.2f}{ours / stock:8.2f}")


if __name__ == "__main__":
    main()
