"""YAML read strictly: no duplicate keys, no surprises of YAML 1.1, and every value's line is known.

Scalars without quotes become: true/false, null, whole numbers without a leading zero, decimals (as `Decimal`),
ISO dates (Common Era); everything else stays text. `on`, `no`, `010` and `12:30` are text.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import yaml

from knowledge.errors import KnowledgeError

BUDDHIST_YEAR_FROM = 2400
_INTEGER = re.compile(r"-?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)\.\d+")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class YamlFile:
    """A parsed file: plain data, and the line (from 1) of each value by its path like `$.rows[2].then`."""

    path: Path
    data: Any
    lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, where: str) -> int:
        """The line of a path, or of its nearest parent that has one."""
        while where and where not in self.lines:
            where = where[: max(where.rfind("."), where.rfind("["))]
        return self.lines.get(where, 1)

    def error(self, where: str, expected: str, got: str, next_step: str) -> KnowledgeError:
        """A `KnowledgeError` at the line of `where`."""
        return KnowledgeError(self.path, self.line_of(where), expected, got, next_step)


def read_yaml(path: Path) -> YamlFile:
    """Read one YAML file. Raises KnowledgeError with the line for any fault of form."""
    file = YamlFile(path, None)
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except UnicodeDecodeError as fault:
        raise KnowledgeError(path, 0, "text in UTF-8", "other bytes", "Save the file as UTF-8.") from fault
    except yaml.reader.ReaderError as fault:
        got = f"a character that YAML forbids at offset {fault.position}"
        raise KnowledgeError(path, 0, "well-formed YAML", got, "Remove the character.") from fault
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark else 1
        raise KnowledgeError(path, line, "well-formed YAML", str(fault.problem), "Mend the YAML.") from fault
    file.data = _construct(node, "$", file) if node is not None else None
    return file


def _construct(node: yaml.Node, where: str, file: YamlFile) -> Any:
    file.lines[where] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, where, file)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(child, f"{where}[{i}]", file) for i, child in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    return node.value if node.style else _scalar(node.value, where, file)


def _mapping(node: yaml.MappingNode, where: str, file: YamlFile) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in result:
            line = key_node.start_mark.line + 1
            raise KnowledgeError(file.path, line, "each key once", f"the key {key!r} again", "Keep one of the two.")
        child = f"{where}.{key}"
        result[key] = _construct(value_node, child, file)
        file.lines[child] = key_node.start_mark.line + 1
    return result


def _scalar(text: str, where: str, file: YamlFile) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    found = _DATE.fullmatch(text)
    return _date(found, where, file) if found else text


def _date(found: re.Match[str], where: str, file: YamlFile) -> dt.date:
    year, month, day = (int(part) for part in found.groups())
    if year >= BUDDHIST_YEAR_FROM:
        raise file.error(where, "a year of the Common Era", f"the year {year}", f"Write {year - 543} (BE {year}).")
    try:
        return dt.date(year, month, day)
    except ValueError as fault:
        raise file.error(where, "a date of the calendar", found.group(0), "Mend the date.") from fault


_PLACE = re.compile(r"^(?P<what>.*?)(?: - at `(?P<where>[^`]*)`)?$", re.DOTALL)


def convert(file: YamlFile, kind: type[Any], data: Any = None, where: str = "$") -> Any:
    """Turn the data of a file (or `data`, a part of it at `where`) into a typed `kind`. Unknown keys are refused."""
    try:
        return msgspec.convert(file.data if data is None else data, kind, strict=True)
    except msgspec.ValidationError as fault:
        raise _explain(file, str(fault), where) from fault


def _explain(file: YamlFile, message: str, root: str) -> KnowledgeError:
    found = _PLACE.match(message)
    what = found["what"] if found else message
    where = root + ((found["where"] or "$") if found else "$")[1:]
    place = _concrete(file, re.sub(r"\[\.\.\.\]", "", where))
    wanted = re.match(r"Expected (.+), got (.+)", what)
    if wanted:
        return file.error(place, wanted[1], wanted[2], f"Mend the value at {where}.")
    unknown = re.search(r"unknown field `(.+)`", what)
    if unknown:
        next_step = f"Remove or rename {unknown[1]!r}; docs/authoring.md lists the keys."
        return file.error(f"{place}.{unknown[1]}", "a known key", f"{unknown[1]!r}", next_step)
    missing = re.search(r"missing required field `(.+)`", what)
    if missing:
        return file.error(place, f"the key {missing[1]!r}", "none", f"Add {missing[1]!r} at {where}.")
    return file.error(place, "a valid value", what, f"Mend the value at {where}.")


def _concrete(file: YamlFile, where: str) -> str:
    """msgspec writes `$.values[...]` for any value of a mapping: fall back to the nearest parent with a line."""
    return where if where in file.lines else where.rsplit(".", 1)[0] if "." in where else "$"
