"""The form of a question that is compared with example phrasings."""

from __future__ import annotations

import re

from knowledge.thai.normalise import normalise

_PARTICLES = re.compile(
    r"นะ(?:คะ|ค่ะ|ครับ|คับ)|(?:ค่ะ|ครับ|คับ|คร้าบ|ฮะ|จ๊ะ|จ้ะ|จ้า|อ่ะ|อะ(?!ไร)|เนี่ย)(?![ัิ-ฺ็-๎าำะ])|คะ(?!แ?นน|เน)|5{3,}\+?"
)
_DOTTED = re.compile(r"(?<=[ก-ฮ])\.\s?")
_SPACE = re.compile(r"\s+")


def comparable(text: str) -> str:
    """Normalise a text and drop what carries no matter: polite particles, laughter, white space, case."""
    return strip_normalised(normalise(text))


def strip_normalised(text: str) -> str:
    """Do the same to a text that is normalised already."""
    stripped = _SPACE.sub("", _PARTICLES.sub("", text).lower())
    return stripped or _SPACE.sub("", text.lower())
