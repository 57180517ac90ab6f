"""What a message does: ask, inform, affirm, ask why, greet ... (see docs/architecture.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from bot.understanding.text import comparable, strip_normalised

FOLDER = Path(__file__).with_name("acts")
ASK, INFORM, OUT = "ask", "inform", "out_of_scope"
_MARKS = re.compile(r"[\s.!?,~…^_ๆ\"'()-]+|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]+")
_OPENING = re.compile(
    r"^(?:(?:สวัสดี|หวัดดี|ดีค่ะ|ดีครับ|ดีจ้า|ฮัลโหล|ฮาโหล|เฮลโหล|hello|hi|hey|อรุณสวัสดิ์)(?:ตอนเช้า|ตอนบ่าย|ยามเช้า|ทุกคน|แอดมิน|บอท|พี่|น้อง)?"
    r"|(?:ขอบคุณ|ขอบใจ|ขอโทษ|รบกวน(?:หน่อย)?|สอบถาม(?:หน่อย)?)(?:มาก)?)(?:นะ)?(?:คะ|ค่ะ|ครับ|คับ|จ้า|จ้ะ|ฮะ)?(?:ๆ)?[\s,.!]+",
    re.IGNORECASE,
)


class ActFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `acts/`: example messages, and fixed ones that mean nothing else (`exact`)."""

    act: str
    examples: list[str] = []
    exact: list[str] = []


@dataclass(frozen=True)
class Act:
    """An act with the confidence from 0 to 1 that it is the one meant."""

    name: str
    confidence: float

    def payload(self) -> dict[str, Any]:
        """The act as plain JSON."""
        return {"name": self.name, "confidence": round(self.confidence, 4)}


@lru_cache(maxsize=1)
def act_files(folder: Path = FOLDER) -> tuple[ActFile, ...]:
    """Read the acts. Raises msgspec.ValidationError with the path of what is wrong."""
    return tuple(
        msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), ActFile)
        for path in sorted(folder.glob("*.yml"))
    )


@lru_cache(maxsize=1)
def fixed_messages() -> dict[str, str]:
    """Messages that stand for one act whatever comes before: squashed message -> act."""
    return {bare(text): file.act for file in act_files() for text in file.exact}


def bare(text: str) -> str:
    """Strip a message of particles, marks and spaces, for comparing whole messages."""
    return _MARKS.sub("", comparable(text)) or _MARKS.sub("", text)


def fixed_act(normalised: str) -> Act | None:
    """The act of a message that is in the lexicon as a whole."""
    words = _MARKS.sub("", strip_normalised(normalised))
    name = fixed_messages().get(words)
    return Act(name, 1.0) if name else None


def without_opening(normalised: str) -> str:
    """Drop greetings and thanks in front of what a message is about; a mere greeting stays whole."""
    rest = normalised
    while (match := _OPENING.match(rest)) and len(rest) - match.end() >= 4:
        rest = rest[match.end() :]
    return rest
