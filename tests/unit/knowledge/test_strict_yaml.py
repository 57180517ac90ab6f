"""YAML without the surprises of YAML 1.1."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.loader import fingerprint
from knowledge.strict_yaml import read_yaml


def read(tmp_path: Path, text: str) -> object:
    path = tmp_path / "a.yml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path).data


def test_scalars(tmp_path: Path) -> None:
    text = (
        'a: [on, no, yes, 010, 12:30, 1_000, "7", 7, -3, 2.50, true, null, ~, 2016-06-24, "2569-06-24", 1e3, .5, 0x1F]'
    )
    assert read(tmp_path, text) == {
        "a": [
            "on", "no", "yes", "010", "12:30", "1_000", "7", 7, -3, Decimal("2.50"), True, None, None,
            dt.date(2016, 6, 24), "2569-06-24", "1e3", ".5", "0x1F",
        ]
    }  # fmt: skip


def test_lines_of_every_value(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("a:\n  b: 1\n  c:\n    - x\n    - {d: 2,\n       e: 3}\n", encoding="utf-8")
    file = read_yaml(path)
    places = ("$.a.b", "$.a.c", "$.a.c[1]", "$.a.c[1].e", "$.a.c[1].missing", "$.nothing")
    assert [file.line_of(where) for where in places] == [2, 3, 5, 6, 5, 1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2\n", "a.yml:2: expected each key once, got the key 'a' again. Keep one of the two."),
        ("a: 2569-01-01\n", "a.yml:1: expected a year of the Common Era, got the year 2569. Write 2026 (BE 2569)."),
        ("a:\n\t- b\n", "a.yml:2: expected well-formed YAML"),
        ("a: *b\n", "a.yml:1: expected well-formed YAML"),
    ],
)
def test_faults(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(KnowledgeError) as fault:
        read(tmp_path, text)
    assert str(fault.value).removeprefix(f"{tmp_path}/").startswith(message)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("a: ไทย".encode("cp874"), "a.yml:0: expected text in UTF-8, got other bytes. Save the file as UTF-8."),
        (
            b"a: \x00b",
            "a.yml:0: expected well-formed YAML, got a character that YAML forbids at offset 3. Remove the character.",
        ),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.yml").write_bytes(data)
    with pytest.raises(KnowledgeError) as fault:
        read_yaml(tmp_path / "a.yml")
    assert str(fault.value).removeprefix(f"{tmp_path}/") == message


def test_the_fingerprint_changes_with_any_file(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("a: 1", encoding="utf-8")
    first = fingerprint(tmp_path)
    (tmp_path / "b.txt").write_text("not YAML", encoding="utf-8")
    assert fingerprint(tmp_path) == first
    (tmp_path / "b.yml").write_text("b: 1", encoding="utf-8")
    second = fingerprint(tmp_path)
    (tmp_path / "b.yml").rename(tmp_path / "c.yml")
    assert len({first, second, fingerprint(tmp_path)}) == 3
