"""`rabiab mutate`: the table, the survivors, the exit codes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "made_up"
CARD, LOAN = "library_card.eligibility", "library_loan.number"


@pytest.fixture
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cases of the made-up regulation, which is the only one that is known."""
    made = Path(shutil.copytree(FIXTURE, tmp_path / "made_up"))
    monkeypatch.setenv("RABIAB_KNOWLEDGE", str(made / "knowledge"))
    monkeypatch.setenv("RABIAB_RULES", str(made / "rules"))
    return made / "tests"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["mutate", *words], catch_exceptions=False)


def test_all_caught(cases: Path) -> None:
    result = run(CARD, LOAN, "--cases", str(cases), "--fail-under", "100")
    assert result.exit_code == 0, result.output
    assert "SURVIVED" not in result.output
    head, first = (line.split() for line in result.output.splitlines()[:2])
    assert head == ["rule", "kind", "mutants", "same", "caught", "survived", "%"]
    assert first == [CARD, "all/any", "2", "0", "2", "0", "100.0"]
    last = "31 mutants: 29 caught, 0 survived, 2 say the same of everybody; 100.0 % of the faults were caught."
    assert result.output.splitlines()[-1] == last


def test_a_survivor_is_listed_and_fails_the_run(cases: Path) -> None:
    path = cases / "village-library" / "card_eligibility.yml"
    text = path.read_text(encoding="utf-8").replace("months: 6", "months: 9")
    path.write_text(text, encoding="utf-8")
    result = run(CARD, "--cases", str(cases), "--fail-under", "100")
    assert result.exit_code == 1
    survivor = f"SURVIVED {CARD} $.when.all[1].any[0].at_least: threshold, 6 months -> 7 months"
    assert survivor in result.output.splitlines()
    assert "Below 100 %: add cases that tell the survivors from the rule." in result.output
    assert run(CARD, "--cases", str(cases), "--fail-under", "50").exit_code == 0


def test_all_rules_by_default_and_under_95_fails(cases: Path) -> None:
    result = run("--cases", str(cases))
    assert result.exit_code == 1
    assert "SURVIVED library_card.application $.windows[0].from: days, 01-01 -> 01-02" in result.output
    assert "Below 95 %" in result.output


def test_an_unknown_rule(cases: Path) -> None:
    result = run("library.nothing", "--cases", str(cases))
    assert (result.exit_code, result.output) == (2, "No rule library.nothing; `rabiab rules` lists them.\n")
