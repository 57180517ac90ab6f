"""One broken file per fault (tests/broken): the exact message, with the line.

Each file tells in comments where it is put in the made-up regulation (`# at:`), and what is said: `# load:` by the
loader, which stops there, or `# check:` by the checks, which find that and nothing else.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from knowledge.checks import check_knowledge
from knowledge.errors import KnowledgeError
from knowledge.loader import load_knowledge
from knowledge.sources import Sources
from rules.base_loader import RuleBase, load_rules
from rules.checks import check_rules

TESTS = Path(__file__).resolve().parents[2]
BROKEN = sorted((TESTS / "broken").glob("*.yml"))


def load(folder: Path) -> RuleBase:
    return load_rules(load_knowledge(folder / "knowledge", asks=True), folder / "rules", asks=True)


@pytest.mark.parametrize("broken", BROKEN, ids=[path.stem for path in BROKEN])
def test_fault(broken: Path, tmp_path: Path) -> None:
    text = broken.read_text(encoding="utf-8")
    at, (how, said) = _told(text, "at")[1], _told(text, "load|check")
    folder = Path(shutil.copytree(TESTS / "fixtures" / "made_up", tmp_path / "made_up"))
    target = folder / at
    target.write_text(text, encoding="utf-8")
    if how == "load":
        with pytest.raises(KnowledgeError) as fault:
            load(folder)
        found = [str(fault.value)]
    else:
        base, sources = load(folder), Sources([folder / "sources"])
        found = [str(fault) for fault in check_knowledge(base.knowledge, sources) + check_rules(base, sources)]
    assert [message.replace(f"{folder}/", "") for message in found] == [f"{at}:{said}"]


def _told(text: str, key: str) -> tuple[str, str]:
    found = re.search(rf"^# ({key}): (.+)$", text, re.MULTILINE)
    assert found, f"the file tells no {key}"
    return found[1], found[2]


def test_the_regulation_itself_has_no_fault(tmp_path: Path) -> None:
    assert load(TESTS / "fixtures" / "made_up").programs
