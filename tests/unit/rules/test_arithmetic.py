"""Formulas: exact numbers, working shown, nothing rounded unless the source rounds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from rule_builder import CITE, rule

from rules.arithmetic import BadFormula, check_formula
from rules.engines.durable import DurableEngine
from rules.engines.plain import calculate
from rules.model import Formula


def formula(*steps: dict[str, Any], **constants: Any) -> Formula:
    given = {name: {"value": value, "cite": CITE} for name, value in constants.items()}
    parts = [{"label": step["id"], **step} for step in steps]
    found = rule("formula", inputs=["x", "y"], constants=given, steps=parts, result=steps[-1]["id"])
    assert isinstance(found, Formula)
    return found


def run(made: Formula, **given: Any) -> list[Any]:
    check_formula(made)
    done = calculate(made, given)
    assert DurableEngine().calculate(made, given) == {step.id: step.value for step in done}
    return done


@pytest.mark.parametrize(
    ("step", "value", "working"),
    [
        ({"add": ["x", "y"]}, 26, "22 + 4 = 26"),
        ({"subtract": ["x", "y"]}, 18, "22 - 4 = 18"),
        ({"multiply": ["x", "y"]}, 88, "22 × 4 = 88"),
        ({"divide": ["x", "y"]}, Fraction(11, 2), "22 ÷ 4 = 5.5"),
        ({"floor_divide": ["x", "y"]}, 5, "22 ÷ 4 (นับเฉพาะจำนวนเต็ม) = 5"),
        ({"remainder": ["x", "y"]}, 2, "เศษของ 22 ÷ 4 = 2"),
        ({"min": ["x", "y"]}, 4, "ค่าน้อยที่สุดของ 22, 4 = 4"),
        ({"max": ["x", "y", "three"]}, 22, "ค่ามากที่สุดของ 22, 4, 3 = 22"),
        ({"divide": ["x", "three"]}, Fraction(22, 3), "22 ÷ 3 = 22/3 (ประมาณ 7.33)"),
        ({"if": {"value": "x", "at_least": "y"}, "then": 1, "else": 0}, 1, "22 ไม่น้อยกว่า 4: ใช่ = 1"),
        ({"if": {"value": "y", "more_than": "x"}, "then": 1, "else": 0}, 0, "4 มากกว่า 22: ไม่ใช่ = 0"),
        ({"if": {"value": "y", "is": "three"}, "then": "x", "else": "y"}, 4, "4 เท่ากับ 3: ไม่ใช่ = 4"),
    ],
)
def test_operations(step: dict[str, Any], value: Any, working: str) -> None:
    (done,) = run(formula({"id": "s", **step}, three=3), x=22, y=4)
    assert (done.value, done.working) == (value, working)


def test_steps_build_on_steps_and_stay_exact() -> None:
    made = formula(
        {"id": "third", "divide": ["x", "three"]}, {"id": "back", "multiply": ["third", "three"]},
        {"id": "same", "if": {"value": "back", "is": "x"}, "then": 1, "else": 0}, three=3,
    )  # fmt: skip
    assert [step.value for step in run(made, x=10, y=0)] == [Fraction(10, 3), 10, 1]


@pytest.mark.parametrize(
    ("x", "places", "rounded"),
    [
        ("2.345", 2, "2.35"),
        ("2.344", 2, "2.34"),
        ("2.5", 2, "2.5"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("1250", -2, "1300"),
        ("1249", -2, "1200"),
        ("0.4999999999999999999999999999999999", 0, "0"),
        ("99999999999999999999999999999999.5", 0, "1e32"),
    ],
)
def test_rounds_half_up_where_a_step_says_so(x: str, places: int, rounded: str) -> None:
    (done,) = run(formula({"id": "s", "round": ["x", places]}), x=Decimal(x), y=0)
    assert done.value == Fraction(rounded)


def test_constants_are_cited() -> None:
    made = formula({"id": "s", "multiply": ["x", "three"], "cite": {"lines": [9, 9]}}, three=3)
    (done,) = run(made, x=1, y=1)
    assert [cite.lines for cite in done.cites] == [(9, 9), (1, 1)]


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ({"add": ["x", "z"]}, "step s: expected an input, constant or earlier step, got 'z'"),
        ({"add": ["x", "s"]}, "step s: expected an input, constant or earlier step, got 's'"),
        ({"add": ["x", 5]}, "step s: expected numbers as constants with their lines, got ['x', 5]"),
        (
            {"if": {"value": "x", "is": "y"}, "then": 7, "else": 0},
            "step s: expected numbers as constants with their lines, got [7, 0]",
        ),
    ],
)
def test_refused(step: dict[str, Any], message: str) -> None:
    with pytest.raises(BadFormula) as fault:
        check_formula(formula({"id": "s", **step}))
    assert str(fault.value) == message


def test_the_result_must_be_a_step() -> None:
    made = formula({"id": "s", "add": ["x", "y"]})
    with pytest.raises(BadFormula, match="result: expected a step, got 'x'"):
        check_formula(msgspec.structs.replace(made, result="x"))


def test_a_division_by_zero_is_told_in_both_engines() -> None:
    made = formula({"id": "s", "divide": ["x", "y"]})
    with pytest.raises(BadFormula, match="step s: division by zero"):
        calculate(made, {"x": 1, "y": 0})
    with pytest.raises(BadFormula, match="step s: division by zero"):
        DurableEngine().calculate(made, {"x": 1, "y": 0})


@pytest.mark.parametrize(
    "step", [{"label": "s"}, {"add": ["x"], "subtract": ["x"]}, {"if": {"value": "x", "is": 1}, "then": 1}]
)
def test_a_step_has_one_whole_operation(step: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        formula({"id": "s", **step})
