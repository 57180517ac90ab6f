"""Numbers in Thai text: digits, words, and the two mixed, with the unit that follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from knowledge.thai.quantity import Quantity, plain

ONES = {
    "ศูนย์": 0, "หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3,
    "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9,
}  # fmt: skip
SCALES = {"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000, "ล้าน": 1_000_000}
LEAST_SPOKEN_SCALE = 1_000  # "พันสอง" is 1,200, but "ร้อยสอง" is 102

# a unit -> what people write for it
_UNIT_WORDS = {
    "คน": "คน ราย ท่าน นร. นร", "ภาคเรียน": "ภาคเรียน ภาคการศึกษา เทอม",
    "แห่ง": "แห่ง โรงเรียน โรง รร.", "ห้อง": "ห้องเรียน ห้อง", "ชั่วโมง": "ชั่วโมง ชม. ชม",
    "บาท": "บาท ฿", "หน่วยกิต": "หน่วยกิต หน่วยกิจ นก.", "คะแนน": "คะแนน แต้ม", "ครั้ง": "ครั้ง หน รอบ",
    "วันทำการ": "วันทำการ", "วัน": "วัน", "สัปดาห์": "สัปดาห์ อาทิตย์", "นาที": "นาที", "ปี": "ปี", "เดือน": "เดือน",
    "เรื่อง": "เรื่อง", "ฉบับ": "ฉบับ", "เล่ม": "เล่ม", "ชุด": "ชุด", "แผ่น": "แผ่น", "หน้า": "หน้า", "ข้อ": "ข้อ",
    "รายการ": "รายการ", "กลุ่ม": "กลุ่ม", "วิชา": "วิชา", "อัตรา": "อัตรา", "ตำแหน่ง": "ตำแหน่ง", "หน่วยงาน": "หน่วยงาน",
    "หมู่บ้าน": "หมู่บ้าน", "ครัวเรือน": "ครัวเรือน ครอบครัว หลังคาเรือน", "เท่า": "เท่า", "ตัวชี้วัด": "ตัวชี้วัด",
    "มาตรฐาน": "มาตรฐาน", "ด้าน": "ด้าน", "%": "เปอร์เซ็นต์ เปอร์เซนต์ เปอร์เซ็น เปอร์เซน เปอเซ็น เปอ %",
}  # fmt: skip
UNITS = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}

_DIGITS = r"(?<![\d.,/])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<![\d.,/])\d+(?:\.\d+)?"
# each number word, and what must not stand around it: สามารถ, ห้าม, หกล้ม, เก้าอี้, เรียบร้อย, สัมพันธ์ are no numbers
_WORD = (
    "ศูนย์(?!กลาง|การ|พัฒนา|เด็ก|เยาว)|หนึ่ง|เอ็ด|สอง(?!แถว)|ยี่(?=สิบ)|สาม(?!าร|ัญ|ี|ก๊ก)|สี่(?!แยก)|ห้า(?!ม|ง)"
    "|หก(?!ล้ม|กะ)|เจ็ด|แปด(?!เปื้อน)|เก้า(?!อี้)"
)
_SCALE = (
    "สิบ(?!เอก|โท|ตรี)|(?<!เรียบ)ร้อย(?!ละ|เอก|โท|ตรี|กรอง|เรียง)"
    "|(?<!สัม)(?<!ผูก)(?<!จักร)พัน(?!ธ|ผูก|เอก|โท|ตรี|จ่า)|หมื่น|แสน(?!ดี|สบาย)|ล้าน(?!า)"
)
_PART = re.compile(rf"(?P<digits>{_DIGITS})|(?P<word>{_WORD})|(?P<scale>{_SCALE})|(?P<half>ครึ่ง)")
_ONE = rf"(?:(?:{_DIGITS}|{_WORD})\s?(?:{_SCALE})|{_DIGITS}|{_WORD}|{_SCALE})"
_MORE = rf"(?:\s?(?:{_WORD}|{_SCALE})|\s(?=[\d,.]+\s?(?:{_SCALE}))(?:{_DIGITS}))*"
_NUMBER = re.compile(rf"{_ONE}{_MORE}(?:(?:(?<=พัน)|(?<=หมื่น)|(?<=แสน)|(?<=ล้าน))ครึ่ง)?")
_LABEL_BEFORE = re.compile(
    r"(?:ข้อ|ข้อที่|มาตรา|(?<![ก-ฮ])ม\.|หมวด|คศ\.?|[กท]\.\s?พ\.|(?<![ก-ฮะ-์])ว\.?|ที่|ลำดับ|บรรทัด"
    r"|[ปม]\.|ภาค|เทอม|ซี|โทร\.?|เบอร์|[A-Za-z])\s?$"
)
_NEXT_NUMBER = re.compile(rf"\s?(?:{_DIGITS})")
_CLASS_BEFORE = re.compile(r"(?:ชั้น|ประถม|มัธยม)\s?$")  # a label too, unless a unit follows: ประถม 12 ห้อง
_LAUGHTER = re.compile(r"5{3,}\+?")
_PHONE = re.compile(r"0\d{1,2}[- ]?\d{3}[- ]?\d{3,4}")
_THAI_LETTER = re.compile("[\u0e01-\u0e4e]")
_PERCENT_BEFORE = re.compile(r"(?:ร้อยละ|ร้อย ละ)\s?$")


@dataclass(frozen=True)
class Number:
    """A bare number and its place."""

    value: Fraction
    start: int
    end: int
    digits: bool


def numbers(text: str) -> Iterator[Number]:
    """Find the numbers of a normalised text, in digits, in words or mixed, without judging them."""
    for match in _NUMBER.finditer(text):
        value, digits = _amount(match.group())
        yield Number(value, match.start(), match.end(), digits)


def spoken_value(text: str) -> Fraction | None:
    """Give the value of a text that is one number and nothing else, or None."""
    text = text.strip()
    match = _NUMBER.fullmatch(text)
    return _amount(text)[0] if match else None


def _amount(text: str) -> tuple[Fraction, bool]:
    """Add up the parts of a number; a lone digit after a scale of a thousand or more is the next place."""
    total = section = Fraction(0)
    pending: Fraction | None = None
    smallest, digits = 0, False
    for part in _PART.finditer(text):
        if part["scale"]:
            scale = SCALES[part["scale"]]
            amount = Fraction(1) if pending is None else pending
            if scale == 1_000_000:
                total, section = (total + section + (pending or 0) or Fraction(1)) * scale, Fraction(0)
            else:
                section += amount * scale
            pending, smallest = None, scale
        elif part["half"]:
            pending = Fraction(smallest, 2)
        elif part["word"]:
            one = Fraction(ONES[part["word"]])
            spoken = smallest >= LEAST_SPOKEN_SCALE and part["word"] != "เอ็ด" and part.end() == len(text)
            pending = one * smallest / 10 if spoken else one
        else:
            pending, digits = Fraction(part["digits"].replace(",", "")), True
    return total + section + (pending or 0), digits


def unit_after(text: str, end: int, extra: frozenset[str] = frozenset()) -> tuple[str, int] | None:
    """Read the unit that follows a number: its canonical name and the offset behind it."""
    start = end + (text[end : end + 1] == " ")
    names = (name for name in (*extra, *UNITS) if text.startswith(name, start))
    name = max(names, key=len, default=None)
    if name is None or _labels_next(text, start + len(name), extra):
        return None
    return UNITS.get(name, name), start + len(name)


def _labels_next(text: str, end: int, extra: frozenset[str]) -> bool:
    """Tell a unit word that names the number behind it: in น้ำหนัก 10 คะแนน 6 the 6 is the score."""
    behind = _NEXT_NUMBER.match(text, end)
    return behind is not None and unit_after(text, behind.end(), extra) is None


def number_quantities(
    text: str, taken: list[tuple[int, int]], units: frozenset[str] = frozenset()
) -> Iterator[Quantity]:
    """Find numbers and percentages outside the spans that dates and durations already took."""
    taken = taken + [match.span() for match in _PHONE.finditer(text)]
    for number in numbers(text):
        if any(number.start < end and start < number.end for start, end in taken):
            continue
        unit = unit_after(text, number.end, units)
        percent = _PERCENT_BEFORE.search(text, 0, number.start)
        if not (percent or _stands(text, number, unit)):
            continue
        value, start, end = number.value, number.start, unit[1] if unit else number.end
        if unit and text.startswith("ครึ่ง", end) and unit[0] not in ("%", "ข้อ"):
            value, end = value + Fraction(1, 2), end + len("ครึ่ง")
        if percent or (unit and unit[0] == "%"):
            start = percent.start() if percent else start
            yield Quantity("percent", plain(value), "%", text[start:end], start, end)
        else:
            yield Quantity("number", plain(value), unit[0] if unit else None, text[start:end], start, end)


def _stands(text: str, number: Number, unit: tuple[str, int] | None) -> bool:
    """Tell a stated number from a clause number, a laugh, or a piece of another word."""
    before, after = text[: number.start], text[number.end : number.end + 1]
    if _LABEL_BEFORE.search(before[-12:]) or (unit is None and _CLASS_BEFORE.search(before[-12:])):
        return False
    if number.digits:
        return not (_LAUGHTER.fullmatch(text[number.start : number.end]) and unit is None)
    several = len(list(_PART.finditer(text, number.start, number.end))) > 1
    alone = not _THAI_LETTER.match(after) and not _THAI_LETTER.match(before[-1:])
    return alone or unit is not None or (several and not _THAI_LETTER.match(after))
