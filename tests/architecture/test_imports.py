"""The arrows of docs/architecture.md: who may import whom. A violation is printed as `path:line` with the mend."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("knowledge", "rules", "bot", "actions")

# What each part of the tree may import of the others; a part may always import itself.
MAY_IMPORT = {
    "knowledge": (),
    "rules": ("knowledge",),
    "bot.settings": (),
    "bot.rest_text": (),
    "bot.known": ("bot.settings", "knowledge", "rules"),
    "bot.understanding": ("knowledge",),
    "bot.rendering": ("knowledge", "rules"),
    "bot.answering": ("bot.rendering", "knowledge", "rules"),
    "bot.nlu": ("bot.known", "bot.rest_text", "bot.settings", "bot.understanding", "knowledge"),
    "bot.gateway": ("bot.rest_text", "bot.settings", "knowledge"),
    "bot.run": ("bot.nlu.fingerprint", "bot.settings", "knowledge"),
    "bot.cli": (
        "bot.answering",
        "bot.known",
        "bot.rendering",
        "bot.settings",
        "bot.understanding",
        "knowledge",
        "rules",
    ),
    "actions": ("bot.answering", "bot.known"),
}
# Parts that must be replaceable stay behind one seam.
ONLY_IN = {
    "durable": "rules/engines/durable.py",
    "durable_rules_engine": "rules/engines/durable.py",
    "pythainlp": "knowledge/thai/",
    "rasa": "bot/nlu/",
    "rasa_sdk": "actions/",
}


def violations(root: Path) -> Iterator[str]:
    """A sentence for each import that breaks the arrows, in the files of the tree at `root`."""
    for top in OURS:
        for path in sorted((root / top).rglob("*.py")):
            place = path.relative_to(root)
            for name, line in imported(path, module_name(place)):
                mend = mend_for(place, name)
                if mend:
                    yield f"{place}:{line}: imports {name}. {mend}"


def imported(path: Path, module: str) -> Iterator[tuple[str, int]]:
    """Every module that the file imports, wherever in the file, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
            start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            base = ".".join(part for part in (start, node.module or "") if part)
            # `from bot import nlu` names a module by its alias.
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def mend_for(place: Path, name: str) -> str | None:
    """What to do about this import, or None when it is allowed."""
    top = name.split(".")[0]
    if top in ONLY_IN and not place.as_posix().startswith(ONLY_IN[top]):
        return f"Only {ONLY_IN[top]} may import {top}: move the code there."
    if top not in OURS:
        return None
    part = part_of(module_name(place))
    if part is None:
        return "This place has no arrows yet: add it to MAY_IMPORT here and to docs/architecture.md."
    if any(name == allowed or name.startswith(allowed + ".") for allowed in (part, *MAY_IMPORT[part])):
        return None
    allowed = ", ".join(MAY_IMPORT[part]) or "nothing of ours"
    return f"{part} may import {allowed}: move the code to a part that may, or hand the value in."


def part_of(module: str) -> str | None:
    """The longest part of MAY_IMPORT that holds the module."""
    holding = [part for part in MAY_IMPORT if module == part or module.startswith(part + ".")]
    return max(holding, key=len, default=None)


def module_name(place: Path) -> str:
    """`bot/nlu/__init__.py` -> `bot.nlu`."""
    return ".".join(place.with_suffix("").parts).removesuffix(".__init__")


def test_imports_follow_the_arrows() -> None:
    found = list(violations(ROOT))
    assert not found, "\n" + "\n".join(found)


def test_each_part_is_there() -> None:
    for part in MAY_IMPORT:
        path = ROOT / part.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file(), f"{part} is gone: remove it from MAY_IMPORT"


@pytest.mark.parametrize(
    ("place", "code", "expected"),
    [
        ("knowledge/model.py", "import rules.model", "knowledge may import nothing of ours"),
        ("rules/consult.py", "from bot.answering import Answering", "rules may import knowledge:"),
        ("rules/consult.py", "def f():\n    from durable import engine", "Only rules/engines/durable.py"),
        ("bot/understanding/acts.py", "from rules import consult", "bot.understanding may import knowledge:"),
        ("bot/understanding/acts.py", "from pythainlp.util import normalize", "Only knowledge/thai/"),
        ("bot/answering/talk.py", "from ..nlu import component", "imports bot.nlu.component"),
        ("bot/gateway/app.py", "import rasa.core", "Only bot/nlu/"),
        ("bot/gateway/app.py", "from bot import answering", "imports bot.answering"),
        ("bot/nlu/component.py", "import rasa_sdk", "Only actions/"),
        ("bot/run/train.py", "from bot.nlu.component import x", "imports bot.nlu.component"),
        ("bot/fresh/new.py", "import knowledge", "no arrows yet"),
    ],
)
def test_a_planted_violation_is_found(tmp_path: Path, place: str, code: str, expected: str) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(f"\n{code}\n", encoding="utf-8")
    (found,) = violations(tmp_path)
    assert found.startswith(f"{place}:{2 + code.count(chr(10))}: ")
    assert expected in found


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("bot/nlu/component.py", "import rasa.engine.graph\nfrom bot.understanding import Understander"),
        ("rules/engines/durable.py", "from durable.engine import Host"),
        ("rules/engines/durable.py", "from ..model import Rule"),
        ("bot/rendering/__init__.py", "from .results import show"),
        ("bot/run/train.py", "from bot.nlu.fingerprint import fingerprint"),
    ],
)
def test_what_is_allowed_is_not_complained_about(tmp_path: Path, place: str, code: str) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(code, encoding="utf-8")
    assert not list(violations(tmp_path))
