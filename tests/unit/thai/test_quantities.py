"""Numbers, percentages, lengths of time and dates in Thai text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.thai.dates import common_era
from knowledge.thai.normalise import normalise
from knowledge.thai.numbers import spoken_value
from knowledge.thai.quantities import find_quantities

TODAY = date(2026, 11, 20)


def read(text: str) -> list[tuple[str, object, str | None]]:
    return [(q.type, q.value, q.unit) for q in find_quantities(normalise(text), TODAY)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("สิบเอ็ด", 11), ("ยี่สิบ", 20), ("หนึ่งร้อยห้า", 105), ("ร้อยสอง", 102), ("พันสอง", 1_200), ("สองพันห้า", 2_500),
        ("พันสองร้อยสามสิบ", 1_230), ("พันเอ็ด", 1_001), ("หมื่นแปด", 18_000),
        ("สามแสนสี่หมื่น", 340_000), ("แสนครึ่ง", 150_000),
        ("ล้านสอง", 1_200_000), ("สองล้านห้าแสน", 2_500_000), ("4 แสน", 400_000), ("1.5 ล้าน", 1_500_000),
        ("3 หมื่น 5 พัน", 35_000), ("12,345", 12_345),
    ],
)  # fmt: skip
def test_number_words(words: str, value: int) -> None:
    assert spoken_value(words) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("เรามีเด็ก ๔๒๑ คน", [("number", 421, "คน")]),
        ("ครูสิบสองคนกับโรงเรียนเจ็ดแห่ง", [("number", 12, "คน"), ("number", 7, "แห่ง")]),
        ("ในสังกัด 9 โรงเรียน", [("number", 9, "แห่ง")]),
        ("สอนอาทิตย์ละ 16 ชม.", [("number", 16, "ชั่วโมง")]),
        ("เก็บได้ 2.5 หน่วยกิต", [("number", "2.5", "หน่วยกิต")]),
        ("เงินเดือน 2 หมื่น 4 พันบาท", [("number", 24_000, "บาท")]),
        ("18,750.25 บาท", [("number", "18750.25", "บาท")]),
        ("2 ชั่วโมงครึ่ง", [("number", "2.5", "ชั่วโมง")]),
        ("ได้ร้อยละ 72", [("percent", 72, "%")]),
        ("ร้อยละเจ็ดสิบห้า", [("percent", 75, "%")]),
        ("68.5%", [("percent", "68.5", "%")]),
        ("แปดสิบเปอร์เซ็นต์", [("percent", 80, "%")]),
        ("ภายใน 15 วัน", [("number", 15, "วัน")]),
        ("เก้า", [("number", 9, None)]),
        ("555 คน", [("number", 555, "คน")]),
    ],
)
def test_numbers_and_their_units(text: str, expected: list[object]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ห้ามสามารถหกล้ม", "ความสัมพันธ์เรียบร้อยดี", "คิดเป็นร้อยละ", "ตาม ข้อ 7", "อยู่ คศ.3", "มาตรา 49", "ก.พ.7",
        "5555 ขำ", "555", "โทร 089-123-4567", "ร้อยเอกมา", "เก้าอี้หัก", "ศูนย์พัฒนาเด็กเล็ก",
    ],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("5 ปี 6 เดือน", 66), ("๓ปี๒เดือน", 38), ("สามปีกับอีก", 36), ("ปีครึ่ง", 18), ("สอนมาปีครึ่งแล้ว", 18),
        ("สี่ปีครึ่ง", 54), ("2 ปีกว่า", 24),
        ("ปีกว่า", 12), ("ครึ่งปี", 6), ("2.5 ปี", 30), ("สิบเอ็ดเดือน", 11),
        ("7 ปี 3 เดือน 20 วัน", 87), ("6 ปีและ 1 เดือน", 73), ("หกปี", 72),
    ],
)  # fmt: skip
def test_durations_in_whole_months(text: str, months: int) -> None:
    assert read(text) == [("duration", months, None)]


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("1 เม.ย. 67", "2024-04-01", None),
        ("๑๕ ตุลาคม ๒๕๖๘", "2025-10-15", None),
        ("วันที่ 3 เดือนมิถุนายน พ.ศ. 2560", "2017-06-03", None),
        ("1/4/60", "2017-04-01", None),
        ("07-10-2565", "2022-10-07", None),
        ("2024-02-29", "2024-02-29", None),
        ("9 ม.ค. 2019", "2019-01-09", None),
        ("30 เมย", "2026-04-30", None),
        ("15 มีนา ปีหน้า", "2027-03-15", None),
        ("30 กันยาปีที่แล้ว", "2025-09-30", None),
        ("เม.ย. 2566", "2023-04-01", "month"),
        ("ต้นเดือนตุลา", "2026-10-01", "month"),
        ("กลางพฤษภา 68", "2025-05-15", "month"),
        ("สิ้นเดือนกุมภาพันธ์ 2567", "2024-02-29", "month"),
        ("เมษาปีหน้า", "2027-04-01", "month"),
        ("ปี 2561", "2018-01-01", "year"),
        ("พรุ่งนี้", "2026-11-21", None),
    ],
)
def test_dates(text: str, iso: str, precision: str | None) -> None:
    assert read(text) == [("date", iso, precision)]


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert all(kind != "date" for kind, _, _ in read("31/2/60"))


def test_the_name_of_a_commission_is_no_month() -> None:
    assert read("หนังสือ ก.ค. ที่ส่งมา") == []


def test_month_then_count_is_not_a_year() -> None:
    assert read("1 เมษายน 12 คน") == [("date", "2026-04-01", None), ("number", 12, "คน")]


@pytest.mark.parametrize(
    ("year", "digits", "expected"), [(67, 2, 2024), (2567, 4, 2024), (2024, 4, 2024), (0, 2, 1957)]
)
def test_common_era(year: int, digits: int, expected: int) -> None:
    assert common_era(year, digits) == expected


def test_several_in_one_sentence_in_reading_order() -> None:
    text = "บรรจุ 1 ต.ค. 58 สอนมา 6 ปี 2 เดือน นักเรียน 357 คน ผ่านร้อยละ 70"
    assert read(text) == [
        ("date", "2015-10-01", None),
        ("duration", 74, None),
        ("number", 357, "คน"),
        ("percent", 70, "%"),
    ]


@given(st.text(alphabet="0123456789๑๒๓ .,/-%ปีเดือนครึ่งกว่าพันร้อยแสนหกห้าเมษา.ย", max_size=40))
def test_spans_lie_in_the_text_and_apart(text: str) -> None:
    clean = normalise(text)
    found = find_quantities(clean, TODAY)
    assert all(clean[q.start : q.end] == q.text and q.text for q in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
