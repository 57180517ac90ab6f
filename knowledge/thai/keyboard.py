"""Mends a line that was typed with the keyboard left on English."""

from __future__ import annotations

import re
from functools import lru_cache

_THAI = re.compile("[\u0e00-\u0e7f]")
_LATIN_WORD = re.compile(r"[A-Za-z]")
_STARTS_BROKEN = re.compile("(?:^|\\s)[\u0e30-\u0e3a\u0e45-\u0e4e]")
LEAST_LENGTH = 5
LEAST_COVER = 0.75
LONGEST_WORD = 20


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    from pythainlp.corpus import thai_words

    return frozenset(word for word in thai_words() if len(word) >= 2)


def mend_keyboard(text: str) -> str:
    """Give the Thai text behind a line typed in the wrong layout, or the text itself.

    The gate is narrow: the line holds no Thai at all, and what comes out is made of dictionary words.
    """
    if _THAI.search(text) or not _LATIN_WORD.search(text) or len(text) < LEAST_LENGTH:
        return text
    from pythainlp.util import eng_to_thai

    thai = str(eng_to_thai(text))
    if _STARTS_BROKEN.search(thai) or _cover(thai) < LEAST_COVER:
        return text
    return thai


def _cover(thai: str) -> float:
    """Share of the characters, white space aside, that the best split into dictionary words covers."""
    words, best = _words(), [0] * (len(thai) + 1)
    for end in range(1, len(thai) + 1):
        best[end] = best[end - 1]
        for start in range(max(0, end - LONGEST_WORD), end - 1):
            if thai[start:end] in words:
                best[end] = max(best[end], best[start] + end - start)
    return best[-1] / max(1, sum(not char.isspace() for char in thai))
