"""What the operator reads: one sentence, Thai and English."""

from __future__ import annotations

import sys


class Stop(Exception):
    """Ends the program with a sentence that says what to do."""


def say(thai: str, english: str) -> None:
    """Print to the terminal at once."""
    print(f"{thai} / {english}", flush=True)


def stop(thai: str, english: str) -> Stop:
    """The error to raise."""
    return Stop(f"{thai} / {english}")


def complain(error: Stop) -> None:
    """Print the sentence of the error."""
    print(error, file=sys.stderr, flush=True)
