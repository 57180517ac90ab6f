"""Figures and quotes in a text, however they are written."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from knowledge.citations import figures, states


@pytest.mark.parametrize(
    ("text", "value", "stands"),
    [
        ("ไม่น้อยกว่า ๖ ปี", 6, True),
        ("ไม่น้อยกว่า 6 ปี", 6, True),
        ("ไม่น้อยกว่าหกปี", 6, True),
        ("ไม่น้อยกว่า ๑๖ ปี", 6, False),
        ("อัตรา ๑๕,๖๐๐ บาท/เดือน", 15_600, True),
        ("อัตรา ๑๕,๖๐๐ บาท/เดือน", 600, False),
        ("ยี่สิบสองรายการ", 22, True),
        ("ระหว่างวันที่ ๑- ๓๐ เมษายน", 30, True),
        ("ร้อยละ ๖๕.๕", Decimal("65.5"), True),
        ("ร้อยละ ๖๕.๕", Decimal("65"), False),
        ("ตั้งแต่วันที่ ๒๔ มิถุนายน ๒๕๕๙", dt.date(2016, 6, 24), True),
        ("ตั้งแต่วันที่ ๒๔ มิถุนายน ๒๕๕๙", dt.date(2016, 6, 25), False),
        ("ตั้งแต่วันที่ ๒๔ มิถุนายน ๒๕๕๙", dt.date(2017, 6, 24), False),
        ("ครูชำนาญ การ พิเศษ", "ชำนาญการ", True),
        ("ครูชำนาญการ", "ชำนาญการพิเศษ", False),
    ],
)
def test_states(text: str, value: Any, stands: bool) -> None:
    assert states(text, value) is stands


def test_figures() -> None:
    assert figures("ข้อ ๓ อายุ 7-12 ปี สองเล่ม 1,200 บาท") == {Fraction(n) for n in (3, 7, 12, 2, 1_200)}
