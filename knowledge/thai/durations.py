"""Lengths of time in Thai text, as whole months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from knowledge.thai.numbers import Number, numbers
from knowledge.thai.quantity import Quantity

MONTHS = {"ปี": 12, "ขวบ": 12, "เดือน": 1}
_MONTH_NAME = (
    r"มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา"
    r"|ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค"
)
_UNIT = re.compile(
    rf"\s?(?P<unit>ปี(?!\s?(?:พ\.?ศ|25\d\d|การศึกษา|งบประมาณ\s?\d))|ขวบ|เดือน(?!\s?(?:{_MONTH_NAME})))"
    r"(?P<half>ครึ่ง)?(?:กว่า|เศษ)?ๆ?"
)
_BARE = re.compile(
    r"(?<![0-9ก-ฮะ-์])(?:สัก|ได้|มา|ประมาณ|ราว|เกือบ|แค่)?\s?(?P<unit>ปี|เดือน)(?P<tail>ครึ่ง|กว่า)|(?P<halfyear>ครึ่งปี)"
)
_BARE_AFTER_WORD = re.compile(r"(?P<unit>ปี)(?P<tail>ครึ่ง|กว่า)")
_JOIN = re.compile(r"\s?(?:กับ|และ|กะ)?\s?")
_DAYS = re.compile(r"\s?(?:กับ|และ)?\s?\d+\s?วัน")


def durations(text: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    """Find lengths of time outside the spans already taken; days beside months are dropped, not rounded."""
    found = list(_counted(text, taken))
    yield from found
    spans = taken + [(quantity.start, quantity.end) for quantity in found]
    for match in (*_BARE.finditer(text), *_BARE_AFTER_WORD.finditer(text)):
        start = match.start("unit") if match["unit"] else match.start()
        if any(start < end and begin < match.end() for begin, end in spans):
            continue
        spans.append((start, match.end()))
        yield Quantity("duration", _bare_months(match), None, text[start : match.end()], start, match.end())


def _bare_months(match: re.Match[str]) -> int:
    if match["unit"] is None:
        return 6
    months = MONTHS[match["unit"]]
    return months * 3 // 2 if match["tail"] == "ครึ่ง" else months


def _counted(text: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    """Join years and the months that follow them into one length."""
    parts = [part for number in numbers(text) if (part := _part(text, number, taken))]
    index = 0
    while index < len(parts):
        start, end, months, unit = parts[index]
        if unit != "เดือน" and index + 1 < len(parts) and parts[index + 1][3] == "เดือน":
            following = parts[index + 1]
            if _JOIN.fullmatch(text, end, following[0]):
                end, months, index = following[1], months + following[2], index + 1
        if days := _DAYS.match(text, end):
            end = days.end()
        yield Quantity("duration", int(months), None, text[start:end], start, end)
        index += 1


def _part(text: str, number: Number, taken: list[tuple[int, int]]) -> tuple[int, int, Fraction, str] | None:
    if any(number.start < end and start < number.end for start, end in taken):
        return None
    match = _UNIT.match(text, number.end)
    if match is None or number.value >= 1_000:
        return None
    size = MONTHS[match["unit"]]
    months = number.value * size + (Fraction(size, 2) if match["half"] else 0)
    return number.start, match.end(), months, match["unit"]
