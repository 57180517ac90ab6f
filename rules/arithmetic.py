"""The operations of formulas, on exact fractions. No rounding unless a step says `round`."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any

from knowledge.errors import RabiabError
from knowledge.model import Cite
from rules.model import ARITHMETIC, Formula, Step
from rules.values import show_number


class BadFormula(RabiabError):
    """A formula names what does not exist, or divides by zero."""


@dataclass(frozen=True)
class Computed:
    """One step's exact value, and its working in Thai digits and signs: `22 ÷ 4 = 5 (ปัดลง)`."""

    id: str
    label: str
    value: Fraction
    unit: str | None
    working: str
    cites: tuple[Cite, ...]


_SIGNS = {"add": " + ", "subtract": " - ", "multiply": " × ", "divide": " ÷ "}
_OPERATIONS: dict[str, Callable[[Fraction, Fraction], Any]] = {
    "add": operator.add, "subtract": operator.sub, "multiply": operator.mul, "divide": operator.truediv,
    "floor_divide": operator.floordiv, "remainder": operator.mod, "min": min, "max": max,
}  # fmt: skip
_COMPARE = {
    "at_least": operator.ge, "more_than": operator.gt, "at_most": operator.le, "less_than": operator.lt,
    "is": operator.eq,
}  # fmt: skip
_COMPARE_TH = {
    "at_least": "ไม่น้อยกว่า",
    "more_than": "มากกว่า",
    "at_most": "ไม่เกิน",
    "less_than": "น้อยกว่า",
    "is": "เท่ากับ",
}


def operand_names(step: Step) -> list[str]:
    """The names (inputs, constants, earlier steps) that a step reads."""
    name, operands = step.operation()
    if name == "round":
        operands = operands[:1]
    if name == "if":
        assert step.if_ is not None
        operands = [step.if_.value, step.if_.comparison()[1], step.then, step.else_]
    return [part for part in operands if isinstance(part, str)]


def check_formula(formula: Formula) -> None:
    """Every operand exists before it is used; numbers other than 0 and 1 are constants. Raises BadFormula."""
    known = set(formula.inputs) | set(formula.constants)
    for step in formula.steps:
        for name in operand_names(step):
            if name not in known:
                raise BadFormula(f"step {step.id}: expected an input, constant or earlier step, got {name!r}")
        operation, operands = step.operation()
        literals = [step.then, step.else_] if operation == "if" else operands
        if operation != "round" and any(not isinstance(part, str) and part not in (0, 1) for part in literals):
            raise BadFormula(f"step {step.id}: expected numbers as constants with their lines, got {literals}")
        known.add(step.id)
    if formula.result not in {step.id for step in formula.steps}:
        raise BadFormula(f"result: expected a step, got {formula.result!r}")


def compute(formula: Formula, step: Step, given: Mapping[str, Any]) -> Computed:
    """One step, from the inputs and the earlier steps in `given`. Raises BadFormula on a division by zero."""

    def value(part: Any) -> Fraction:
        if isinstance(part, str):
            return exact(formula.constants[part].value if part in formula.constants else given[part])
        return exact(part)

    name, operands = step.operation()
    try:
        result, working = _apply(step, name, operands, value)
    except ZeroDivisionError:
        raise BadFormula(f"step {step.id}: division by zero") from None
    cites = [formula.constants[n].cite for n in operand_names(step) if n in formula.constants]
    if step.cite:
        cites.insert(0, step.cite)
    return Computed(step.id, step.label, result, step.unit, f"{working} = {show_number(result)}", tuple(cites))


def exact(number: int | Decimal | Fraction) -> Fraction:
    """The number as an exact fraction."""
    return Fraction(number)


def _apply(step: Step, name: str, operands: list[Any], value: Callable[[Any], Fraction]) -> tuple[Fraction, str]:
    if name == "if":
        assert step.if_ is not None
        op, other = step.if_.comparison()
        left, right = value(step.if_.value), value(other)
        holds = bool(_COMPARE[op](left, right))
        answer = "ใช่" if holds else "ไม่ใช่"
        return value(
            step.then if holds else step.else_
        ), f"{show_number(left)} {_COMPARE_TH[op]} {show_number(right)}: {answer}"
    if name == "round":
        number, places = value(operands[0]), int(operands[1])
        return _round(number, places), f"ปัด {show_number(number)} เป็นทศนิยม {places} ตำแหน่ง"
    numbers = [value(part) for part in operands]
    result = exact(reduce(_OPERATIONS[name], numbers))
    shown = [show_number(n) for n in numbers]
    if name in _SIGNS:
        return result, _SIGNS[name].join(shown)
    if name == "floor_divide":
        return result, f"{shown[0]} ÷ {shown[1]} (นับเฉพาะจำนวนเต็ม)"
    if name == "remainder":
        return result, f"เศษของ {shown[0]} ÷ {shown[1]}"
    return result, f"{'ค่าน้อยที่สุด' if name == 'min' else 'ค่ามากที่สุด'}ของ " + ", ".join(shown)


def _round(number: Fraction, places: int) -> Fraction:
    """Half up, away from zero; exact. Negative places round to tens, hundreds and so on."""
    scale = Fraction(10) ** places
    whole = (abs(number) * scale + Fraction(1, 2)) // 1
    return (whole if number >= 0 else -whole) / scale


__all__ = ["ARITHMETIC", "BadFormula", "Computed", "check_formula", "compute", "exact", "operand_names"]
