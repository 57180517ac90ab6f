"""Measures a running bot: `python -m bot.run.bench --url URL [--turns N] [--at-once N]`.

The questions are the knowledge's own example phrasings, each in a conversation of its own, and one long conversation.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import itertools
import random
import statistics
import time

import httpx

from bot.settings import knowledge_dir
from knowledge.loader import load_knowledge


def main() -> None:
    """The command: prints latencies in milliseconds and turns per second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--turns", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=8)
    arguments = parser.parse_args()
    questions = _questions(arguments.turns)
    with httpx.Client(base_url=arguments.url, timeout=60, trust_env=False) as client:
        for question in questions[:20]:
            _ask(client, question)
        apart = [_ask(client, question)[0] for question in questions]
        together, seconds = _together(client, questions, arguments.at_once)
        long_talk = _long_talk(client, questions[:200])
    print(f"one at a time      p50 {_p(apart, 50):6.1f} ms   p99 {_p(apart, 99):6.1f} ms")
    rate = len(together) / seconds
    print(f"{arguments.at_once} at once          p50 {_p(together, 50):6.1f} ms   {rate:6.1f} turns/s")
    start, end = statistics.median(long_talk[1:21]), statistics.median(long_talk[-20:])
    print(f"one long talk      turns 2-21 {start:.1f} ms   last 20 of {len(long_talk)} {end:.1f} ms")


def _questions(count: int) -> list[str]:
    asks = load_knowledge(knowledge_dir(), asks=True).asks
    every = [text for phrasings in asks.values() for text in phrasings]
    random.Random(0).shuffle(every)
    return list(itertools.islice(itertools.cycle(every), count))


def _ask(client: httpx.Client, text: str, session: str | None = None) -> tuple[float, str]:
    """Milliseconds and the session."""
    began = time.perf_counter()
    response = client.post("/api/chat", json={"session": session, "text": text})
    spent = (time.perf_counter() - began) * 1000
    return spent, str(response.raise_for_status().json()["session"])


def _together(client: httpx.Client, questions: list[str], at_once: int) -> tuple[list[float], float]:
    began = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        spent = [milliseconds for milliseconds, _ in pool.map(lambda text: _ask(client, text), questions)]
    return spent, time.perf_counter() - began


def _long_talk(client: httpx.Client, questions: list[str]) -> list[float]:
    session, spent = None, []
    for question in questions:
        milliseconds, session = _ask(client, question, session)
        spent.append(milliseconds)
    return spent


def _p(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


if __name__ == "__main__":
    main()
