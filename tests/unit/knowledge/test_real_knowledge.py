"""The knowledge and the rules of this tree, against the documents themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.known import load_known
from knowledge.checks import check_knowledge
from knowledge.coverage import coverage
from knowledge.sources import Sources
from rules.base_loader import RuleBase
from rules.checks import check_rules

pytestmark = pytest.mark.sources


@pytest.fixture(scope="module")
def base() -> RuleBase:
    return load_known(asks=True)


def test_no_fault(base: RuleBase, sources: Path) -> None:
    texts = Sources([sources])
    faults = check_knowledge(base.knowledge, texts) + check_rules(base, texts)
    assert [str(fault) for fault in faults] == []


def test_every_text_was_read(base: RuleBase, sources: Path) -> None:
    texts = Sources([sources])
    assert all(texts.text(document).exact for document in base.knowledge.documents.values())


def test_every_line_is_accounted_for(base: RuleBase, sources: Path) -> None:
    measured = coverage(base.knowledge, Sources([sources]), [program.rule for program in base])
    assert {part.document: part.uncovered for part in measured if part.uncovered} == {}
