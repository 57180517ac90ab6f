"""Dates in Thai text in every usual way of writing, as ISO dates of the common era."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from knowledge.thai.quantity import Quantity

BUDDHIST_ERA = 543
_NAMES = (
    ("มกราคม", "มกรา", "ม.ค.", "มค"), ("กุมภาพันธ์", "กุมภา", "ก.พ.", "กพ"), ("มีนาคม", "มีนา", "มี.ค.", "มีค"),
    ("เมษายน", "เมษา", "เม.ย.", "เมย"), ("พฤษภาคม", "พฤษภา", "พ.ค.", "พค"), ("มิถุนายน", "มิถุนา", "มิ.ย.", "มิย"),
    ("กรกฎาคม", "กรกฎา", "ก.ค.", "กค"), ("สิงหาคม", "สิงหา", "ส.ค.", "สค"), ("กันยายน", "กันยา", "ก.ย.", "กย"),
    ("ตุลาคม", "ตุลา", "ต.ค.", "ตค"), ("พฤศจิกายน", "พฤศจิกา", "พ.ย.", "พย"), ("ธันวาคม", "ธันวา", "ธ.ค.", "ธค"),
)  # fmt: skip
_MONTHS = {name.replace(".", ""): number for number, names in enumerate(_NAMES, 1) for name in names}
_LONG = "|".join(name for names in _NAMES for name in names[:2]).replace("มีนา|", "มีนา(?!ที)|")
_SHORT = "|".join(r"\.?\s?".join(names[2].rstrip(".").split(".")) + r"(?:\.|(?![ก-๎]))" for names in _NAMES)
_ERA = r"(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|ปี)?"
_COUNTED = r"\s?(?:ปี|เดือน|วัน|คน|บาท|แห่ง|ชั่วโมง|ห้อง)"  # then two digits behind a month are no year
_YEAR = rf"(?:\s?{_ERA}\s?(?P<year>(?:25|24|20|19)\d\d(?!\d)|\d\d(?![\d,.]|{_COUNTED})))?"
_RELATIVE = r"(?:\s?(?P<relative>ปีนี้|ปีหน้า|ปีถัดไป|ปีที่แล้ว|ปีก่อน|ปีกลาย))?"
_PART_OF_MONTH = r"(?:(?P<part>ต้น|กลาง|ปลาย|สิ้น)\s?)?"
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<![\d/.])(?P<day>\d{1,2})(?P<sep>[/.-])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?![\d/])"
)
_DAY_MONTH = re.compile(rf"(?<![\d.])(?P<day>[0-3]?\d)\s?(?:เดือน)?\s?(?P<name>{_LONG}|{_SHORT}){_YEAR}{_RELATIVE}")
_MONTH = re.compile(rf"{_PART_OF_MONTH}(?:เดือน)?\s?(?P<name>{_LONG}){_YEAR}{_RELATIVE}")
_SHORT_MONTH = re.compile(
    rf"{_PART_OF_MONTH}(?P<word>เดือน)?\s?(?<![ก-๎.])(?P<name>{_SHORT})\s?(?P<year>25\d\d|\d\d(?!\d))?{_RELATIVE}"
)
_YEAR_ONLY = re.compile(
    r"(?:ปี\s?(?:พ\.?\s?ศ\.?)?|พ\.?\s?ศ\.?)\s?(?P<year>(?:25|24)\d\d)(?!\d)"
    r"|(?<!\d)(?P<alone>25\d\d)(?!\d|\s?(?:คน|บาท|แห่ง|ราย))"
)
_DAY_WORDS = {"วันนี้": 0, "พรุ่งนี้": 1, "มะรืนนี้": 2, "มะรืน": 2, "เมื่อวานซืน": -2, "เมื่อวาน": -1}
_DAY_WORD = re.compile("|".join(_DAY_WORDS))
_SHIFT = {"ปีหน้า": 1, "ปีถัดไป": 1, "ปีที่แล้ว": -1, "ปีก่อน": -1, "ปีกลาย": -1}


def dates(text: str, today: date) -> Iterator[Quantity]:
    """Find dates; a year of two digits is Buddhist era, a missing year is the one of `today`.

    A date that names no day is its month's first day (for "กลาง" the 15th, for "ปลาย" and "สิ้น" the
    last) with unit `"month"`; a bare year is its first day with unit `"year"`.
    """
    taken: list[tuple[int, int]] = []
    for pattern in (_ISO, _NUMERIC, _DAY_MONTH, _MONTH, _SHORT_MONTH, _YEAR_ONLY, _DAY_WORD):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            read = _read(match, today)
            if read is None:
                continue
            start, end = _trim(text, match)
            taken.append((start, end))
            yield Quantity("date", read[0].isoformat(), read[1], text[start:end], start, end)


def common_era(year: int, digits: int) -> int:
    """Turn a written year into the common era: two digits and 2400 or more are Buddhist era."""
    if digits == 2:
        return 2500 + year - BUDDHIST_ERA
    return year - BUDDHIST_ERA if year >= 2400 else year


def _trim(text: str, match: re.Match[str]) -> tuple[int, int]:
    matched = match.group()
    start = match.start() + len(matched) - len(matched.lstrip())
    return start, match.end() - (len(matched) - len(matched.rstrip()))


def _read(match: re.Match[str], today: date) -> tuple[date, str | None] | None:
    """Build the date of a match and its precision; None when it is no date."""
    groups = match.groupdict()
    if match.re is _DAY_WORD:
        return today + timedelta(days=_DAY_WORDS[match.group()]), None
    sure = groups.get("word") or len(groups.get("year") or "") == 4 or groups.get("relative")
    if match.re is _SHORT_MONTH and not sure:  # "ก.พ." and "ก.ค." are also the names of commissions
        return None
    year = _year(groups, today)
    month = _month(groups)
    day = int(groups["day"]) if groups.get("day") else None
    if match.re is _YEAR_ONLY:
        return _safe(year, 1, 1, "year")
    if day is not None:
        return _safe(year, month, day, None)
    last = calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else 28
    first = {"กลาง": 15, "ปลาย": last, "สิ้น": last}.get(groups.get("part") or "", 1)
    return _safe(year, month, first, "month")


def _year(groups: dict[str, str | None], today: date) -> int:
    written = groups.get("year") or groups.get("alone")
    if written:
        return common_era(int(written), len(written))
    return today.year + _SHIFT.get(groups.get("relative") or "", 0)


def _month(groups: dict[str, str | None]) -> int:
    if groups.get("name"):
        return _MONTHS[re.sub(r"[.\s]", "", str(groups["name"]))]
    return int(groups.get("month") or 1)


def _safe(year: int, month: int, day: int, precision: str | None) -> tuple[date, str | None] | None:
    try:
        return date(year, month, day), precision
    except ValueError:
        return None
