"""Fact values: read from YAML, JSON and the command line, shown in Thai."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from rule_builder import fact

from knowledge.model import Choice, Fact
from rules.model import Between
from rules.values import BadValue, encode_value, read_value, show_date, show_number, show_value

YEARS = fact("years", "duration")
PUPILS = fact("pupils", "integer", unit="คน", range=(0, 5_000))
MONEY = fact("money", "money", unit="บาท")
DAY = fact("day", "date")
DEGREE = Fact("degree", "choice", "d", "d?", choices=[Choice("ba", "ปริญญาตรี"), Choice("ma", "ปริญญาโท")])
CREDITS = Fact("credits", "set", "c", "c?", choices=[Choice("x", "กลุ่มหนึ่ง"), Choice("y", "กลุ่มสอง")])
YES = fact("yes", "bool")


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (YEARS, {"years": 5, "months": 6}, 66),
        (YEARS, {"months": 11}, 11),
        (YEARS, "5y", 60),
        (YEARS, "66m", 66),
        (YEARS, 66, 66),
        (PUPILS, "1,200", 1_200),
        (PUPILS, Decimal("12.0"), 12),
        (PUPILS, {"from": 10, "to": 20}, Between(10, 20)),
        (PUPILS, {"to": 20}, Between(None, 20)),
        (YEARS, {"from": "4y", "to": "6y"}, Between(48, 72)),
        (MONEY, "15,600.50", Decimal("15600.50")),
        (DAY, "2026-02-28", dt.date(2026, 2, 28)),
        (DEGREE, "ma", "ma"),
        (CREDITS, "x, y", frozenset({"x", "y"})),
        (CREDITS, ["x"], frozenset({"x"})),
        (CREDITS, [], frozenset()),
        (YES, "ใช่", True),
        (YES, "no", False),
        (YES, True, True),
    ],
)
def test_reads(kind: Fact, raw: Any, value: Any) -> None:
    found = read_value(kind, raw)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "raw", "message"),
    [
        (PUPILS, "many", "pupils: expected a number, got 'many'"),
        (PUPILS, 1.5, "pupils: expected a whole number, got 1.5"),
        (PUPILS, True, "pupils: expected a number, got True"),
        (PUPILS, 5_001, "pupils: expected 0 to 5000, got 5001"),
        (PUPILS, "NaN", "pupils: expected a number, got 'NaN'"),
        (DAY, "2569-02-30", "day: expected a date YYYY-MM-DD (CE), got '2569-02-30'"),
        (DEGREE, "phd", "degree: expected one of ba, ma, got 'phd'"),
        (CREDITS, "x,z", "credits: expected one of x, y, got 'z'"),
        (YES, "perhaps", "yes: expected true or false, got 'perhaps'"),
        (YEARS, {"weeks": 3}, "years: expected years and months, got {'weeks': 3}"),
        (DEGREE, {"from": "ba"}, "degree: expected a choice, got {'from': 'ba'}"),
    ],
)
def test_refuses(kind: Fact, raw: Any, message: str) -> None:
    with pytest.raises(BadValue) as fault:
        read_value(kind, raw)
    assert str(fault.value) == message


@pytest.mark.parametrize("kind", [YEARS, PUPILS, MONEY])
@pytest.mark.parametrize("raw", [7, {"from": 3, "to": 9}, {"from": 3}])
def test_an_encoded_value_is_read_back(kind: Fact, raw: Any) -> None:
    value = read_value(kind, raw)
    assert read_value(kind, encode_value(value)) == value


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (YEARS, 66, "5 ปี 6 เดือน"),
        (YEARS, 60, "5 ปี"),
        (YEARS, 7, "7 เดือน"),
        (YEARS, 0, "0 ปี"),
        (PUPILS, 1_200, "1,200 คน"),
        (MONEY, Decimal("15600"), "15,600 บาท"),
        (DAY, dt.date(2027, 5, 1), "1 พฤษภาคม 2570"),
        (DEGREE, "ma", "ปริญญาโท"),
        (CREDITS, frozenset({"y", "x"}), "กลุ่มหนึ่ง, กลุ่มสอง"),
        (CREDITS, frozenset(), "ไม่มี"),
        (YES, False, "ไม่ใช่"),
        (YEARS, Between(None, 71), "ไม่ถึง 6 ปี"),
        (YEARS, Between(48, 71), "4 ปี แต่ไม่ถึง 6 ปี"),
        (YEARS, Between(48, None), "4 ปีขึ้นไป"),
        (MONEY, Between(Decimal(1), Decimal(2)), "1 บาท ถึง 2 บาท"),
    ],
)
def test_shows(kind: Fact, value: Any, shown: str) -> None:
    assert show_value(kind, value) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Fraction(22), "22"), (Fraction(11, 2), "5.5"), (Fraction(1, 3), "1/3 (ประมาณ 0.33)"), (1_000_000, "1,000,000"),
        (Fraction(12_345, 8), "1,543.125"),
    ],
)  # fmt: skip
def test_numbers_are_exact(number: Any, shown: str) -> None:
    assert show_number(number) == shown


def test_dates_have_the_buddhist_year() -> None:
    assert show_date(dt.date(2024, 2, 29)) == "29 กุมภาพันธ์ 2567"
