"""Accuracy of the project's features and classifier on Thai utterances that nobody of the project wrote.

Data: the Thai part of Multilingual Task-Oriented Dialog (`train.tsv`, `test.tsv`: intent, tab, utterance).
It is read from where it lies and never copied here. Usage: python benchmarks/nlu_th.py [folder]
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.understanding.linear import train_linear
from bot.understanding.text import comparable

FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "eval" / "nlu-th"
THAI = [chr(code) for code in range(0x0E01, 0x0E2F)]
Rows = list[tuple[str, str]]


def read(path: Path) -> Rows:
    """The intent and utterance of each line."""
    return [(intent, text) for intent, text in (line.split("\t", 1) for line in path.read_text("utf-8").splitlines())]


def slipped(text: str, chance: random.Random, slips: int = 2) -> str:
    """The text with letters left out, doubled or replaced at random places."""
    for _ in range(slips):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(["", text[at] * 2, chance.choice(THAI)]) + text[at + 1 :] or text
    return text


def some(rows: Rows, count: int | None) -> Rows:
    """The first `count` rows of each intent after a fixed shuffle; all of them for None."""
    shuffled, by_intent = random.Random(0).sample(rows, len(rows)), defaultdict(list)
    for row in shuffled:
        by_intent[row[0]].append(row)
    return [row for group in by_intent.values() for row in group[:count]]


def accuracy(train: Rows, tests: list[Rows]) -> tuple[list[float], float]:
    """Accuracy on each test set, and the seconds of training."""
    start = time.perf_counter()
    vectoriser = TfidfVectorizer(
        analyzer="char", ngram_range=(1, 4), sublinear_tf=True, lowercase=False, dtype=np.float32
    )
    rows = vectoriser.fit_transform([comparable(text) for _, text in train])
    labels, weights = train_linear(rows, [intent for intent, _ in train])
    seconds = time.perf_counter() - start
    scores = []
    for test in tests:
        products = vectoriser.transform([comparable(text) for _, text in test]) @ weights
        chosen = [labels.names[place] for place in (products.toarray() + labels.intercepts).argmax(axis=1)]
        scores.append(sum(c == intent for c, (intent, _) in zip(chosen, test, strict=True)) / len(test))
    return scores, seconds


def main() -> None:
    """Print one line per size of the training set."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    train, test = read(folder / "train.tsv"), read(folder / "test.tsv")
    chance = random.Random(0)
    wrong = [(intent, slipped(text, chance)) for intent, text in test]
    for count in (10, 20, 50, None):
        (clean, with_slips), seconds = accuracy(some(train, count), [test, wrong])
        print(f"{count or 'all':>4} per intent: {clean:.3f}, with 2 slips {with_slips:.3f}, training {seconds:.1f} s")


if __name__ == "__main__":
    main()
