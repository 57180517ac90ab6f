"""The form in which names are looked up: no spaces, no dots of abbreviations, no brackets, no case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.thai.normalise import Squashed, normalise

_DROPPED = frozenset(" \t\n.\"'()[]-,:;?!")
_BRACKETS = re.compile(r"\(([^()]*)\)")
COMBINING = re.compile("[ะ-ฺๅ็-๎]")
LEADING_VOWELS = "เแโใไ"
_LETTER = re.compile("[ก-๎A-Za-z]")
_CONSONANTS = re.compile("[ก-ฮ]+")
_BEFORE = re.compile("(?:มี|จบ|วุฒิ|ถือ|ใช้|กับ|หรือ|และ|เป็น|ได้|ว่า|ของ|คือ|ใบ|ให้|ถ้า|แล้ว|แบบ|ที่|จาก|ตำแหน่ง|ระดับ|ทั้ง|หนู|ผม|สังกัด)$")
_AFTER = re.compile(
    "คือ|มี|จบ|ต้อง|นับ|ถือ|กับ|หรือ|และ|ด้วย|ครับ|ค่ะ|คะ|นี่|นี้|ล่ะ|อยู่|ขอ|ยื่น|สมัคร|ย่อ|หมาย|จัด|สอบ|รวม|ต่าง|มา|จะ|ควร|คน|กี่"
    "|ว่า|ของ|ที่|ทำ|ออก|ให้|สอน|สูง|ยัง|อะไร|ได้|ไม่|ใช|เป็น|แล"
)
_STRICT_LENGTH = 2
_SHORT_LENGTH = 4


def match_form(text: str) -> Squashed:
    """Give the form of a normalised text in which names are looked up, with offsets into the text."""
    kept = [index for index, char in enumerate(text) if char not in _DROPPED or _decimal_point(text, index)]
    return Squashed("".join(text[index].lower() for index in kept), tuple(kept))


def name_forms(names: Iterable[str]) -> Iterator[str]:
    """Give the forms under which a thing of these names may be met; a name in brackets counts too."""
    for name in names:
        clean = normalise(name)
        whole = match_form(clean).text
        parts = [_BRACKETS.sub(" ", clean), *_BRACKETS.findall(clean)]
        yield from dict.fromkeys(form for form in (whole, *(match_form(part).text for part in parts)) if len(form) >= 2)


def is_short(form: str) -> bool:
    """Tell a form that could stand inside another word by chance: few letters or an abbreviation."""
    return len(form) <= _STRICT_LENGTH or (len(form) <= _SHORT_LENGTH and bool(_CONSONANTS.fullmatch(form)))


def stands_alone(text: str, start: int, end: int, form: str) -> bool:
    """Tell whether a match at `text[start:end]` (normalised text) is a word of its own."""
    before, after = text[:start], text[end:]
    if COMBINING.match(after) or (before and before[-1] in LEADING_VOWELS):
        return False
    if form.isascii() and (_touches_latin(before[-1:]) or _touches_latin(after[:1])):
        return False
    if not is_short(form):
        return True
    free_before = not _LETTER.match(before[-1:]) or bool(_BEFORE.search(before[-8:]))
    free_after = not _LETTER.match(after[:1]) or bool(_AFTER.match(after[:6]))
    if len(form) <= _STRICT_LENGTH and "." not in text[start:end]:
        return free_before and not _LETTER.match(after[:1])
    return free_before and free_after


def _touches_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _decimal_point(text: str, index: int) -> bool:
    return text[index] in ".," and text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit()
