"""Each anomaly that the first reading of a document found is carried by an oddity, or by a cell that says nothing.

tests/oddities/<document>.yml maps the anomaly's number in the inventory to oddities, to silent cells, or to the reason
why it is deliberately neither. The inventories are no part of this tree: where they are at hand, they are compared.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.known import load_known
from knowledge.model import Strict
from knowledge.strict_yaml import convert, read_yaml
from rules.base_loader import RuleBase, oddities_named

TESTS = Path(__file__).resolve().parents[2]
FILES = sorted((TESTS / "oddities").glob("*.yml"))
SHARED = Path(os.environ.get("RABIAB_SOURCES") or TESTS.parents[1] / "shared" / "sources").parent
NUMBER = re.compile(r"^(?:\| ([A-Z]\d+) \||(\d+)\. )", re.MULTILINE)


class Anomaly(Strict, frozen=True):
    """What carries an anomaly. `reason`: why it, or what is left of it, is deliberately no oddity."""

    oddities: list[str] = []  # noqa: RUF012
    silent: list[str] = []  # noqa: RUF012
    reason: str | None = None

    def __post_init__(self) -> None:
        if not (self.oddities or self.silent or self.reason):
            raise ValueError("Expected oddities, silent cells or a reason")


class Mapping(Strict, frozen=True):
    """The anomalies of one document, by their number in its inventory."""

    document: str
    anomalies: dict[str, Anomaly]


def mapping(path: Path) -> Mapping:
    found: Mapping = convert(read_yaml(path), Mapping)
    return found


ANOMALIES = [
    pytest.param(file.document, anomaly, id=f"{file.document} {number}")
    for file in map(mapping, FILES)
    for number, anomaly in file.anomalies.items()
]


@pytest.fixture(scope="module")
def base() -> RuleBase:
    return load_known()


@pytest.fixture(scope="module")
def named(base: RuleBase) -> set[str]:
    """The oddities that a provision, an item, a rule or a row names, and so shows."""
    found = {name for p in base.knowledge.provisions.values() for name in [*p.oddities, *(i.oddity for i in p.items)]}
    found |= {name for file in base.files.values() for _, name in oddities_named(file.data, "$")}
    return {name for name in found if name}


def test_every_document_has_a_mapping(base: RuleBase) -> None:
    assert [path.stem for path in FILES] == sorted(base.knowledge.documents)


@pytest.mark.parametrize(("document", "anomaly"), ANOMALIES)
def test_an_anomaly_is_carried(base: RuleBase, named: set[str], document: str, anomaly: Anomaly) -> None:
    for name in anomaly.oddities:
        assert name in base.knowledge.oddities, f"no oddity {name}"
        assert base.knowledge.oddities[name].cite.document == document
        assert name in named, f"{name} is shown nowhere"
    for name in anomaly.silent:
        assert name in base.knowledge.provisions, f"no provision {name}"
        assert base.knowledge.provisions[name].silent, f"{name} is not silent"
        assert base.knowledge.provisions[name].cite.document == document


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_no_anomaly_of_the_inventory_is_left_out(path: Path) -> None:
    inventory = SHARED / "inventory" / f"{path.stem}.md"
    if not inventory.is_file():
        pytest.skip("the inventories are not here")
    assert set(mapping(path).anomalies) == numbers(inventory.read_text(encoding="utf-8"))


def numbers(inventory: str) -> set[str]:
    """The numbers of the anomalies in the last part of an inventory: `| B4 |` of a table, or `4. ` of a list."""
    last_part = re.split(r"^#+ .*Anomalies.*$", inventory, flags=re.MULTILINE)[-1]
    return {next(filter(None, found.groups())) for found in NUMBER.finditer(last_part)}


def test_the_numbers_of_an_inventory() -> None:
    assert numbers("# X\n1. no\n## Anomalies (all)\n| B1 | a |\n| B12 | b |\n") == {"B1", "B12"}
    assert numbers("# X\n1. no\n# Anomalies\n**A**\n1. [11] a\n2. b\n") == {"1", "2"}
