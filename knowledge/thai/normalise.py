"""One way to clean Thai text, for training, serving, the knowledge and its checks.

NFC is used and never NFKC, which would split SARA AM. PyThaiNLP's own cleaning runs after a mend of
marks that stand behind a stray space, since it would delete such marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

THAI = "\u0e00-\u0e7f"
MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
LETTERS = "A-Za-z\u0e01-\u0e2e"

_MARK_AFTER_SPACE = re.compile(rf"(?<=[\u0e01-\u0e2e{MARKS}])[ \t\u00a0]+(?=[{MARKS}])")
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACE = re.compile(r"\s+")
_LETTER_RUN = re.compile(
    rf"(?<=[{LETTERS}{MARKS}\u0e30-\u0e45])([{LETTERS}])\1{{2,}}"  # drawn out at the end: มากกก
    rf"|([{LETTERS}])\2{{2,}}(?=[{LETTERS}\u0e30-\u0e45])|([{LETTERS}])\3{{3,}}"
)
_DOUBLE_END = re.compile(r"([ะาๆ])\1+")
_SIGN_RUN = re.compile(r"([!?~])\1+|\.{4,}|…")
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"})


@dataclass(frozen=True)
class Squashed:
    """Text without white space, with the place of each character in the text that it came from."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a span of the squashed text into the span of the original text that covers it."""
        return self.offsets[start], self.offsets[end - 1] + 1


@lru_cache(maxsize=1)
def _library() -> Callable[[str], str]:
    from pythainlp.util.normalize import normalize

    library: Callable[[str], str] = normalize
    return library


def _shorten(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)


def _once(text: str) -> str:
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_DIGITS).translate(_QUOTES)
    text = _MARK_AFTER_SPACE.sub("", text)
    text = _library()(text)
    text = _LETTER_RUN.sub(_shorten, text)
    text = _DOUBLE_END.sub(r"\1", text)
    text = _SIGN_RUN.sub(lambda match: match.group(1) or "...", text)
    return _SPACE.sub(" ", text).strip()


def normalise(text: str) -> str:
    """Clean a text: marks in order, Arabic digits, single spaces, no invisible or drawn-out characters.

    Idempotent. Digits are never shortened ("555" stays), nor a run of three letters that stands
    alone, since that may be an abbreviation ("สสส.", "www").
    """
    for _ in range(8):
        cleaned = _once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def squash(text: str) -> str:
    """Normalise a text and drop all of its white space: the form in which texts are compared."""
    return _SPACE.sub("", normalise(text))


def squash_with_offsets(normalised: str) -> Squashed:
    """Drop the white space of an already normalised text and remember where each character stood."""
    offsets = tuple(index for index, char in enumerate(normalised) if not char.isspace())
    return Squashed("".join(normalised[index] for index in offsets), offsets)
