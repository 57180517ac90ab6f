"""`rabiab check` and `rabiab coverage` fail on what would let a false answer through, and on nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "made_up"
CARD = "knowledge/documents/village-library/01-card.yml"
RULES = "rules/village-library"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = Path(shutil.copytree(FIXTURE, tmp_path / "made_up"))
    for name in ("knowledge", "rules", "sources"):
        monkeypatch.setenv(f"RABIAB_{name.upper()}", str(made / name))
    return made


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def plant(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


PLANTED = [
    pytest.param(CARD, "value: 3,", "value: 5,", "a value that stands in lines 6-6", id="wrong figure of a value"),
    pytest.param(CARD, "มีอายุ 3 ปีนับ", "มีอายุ 5 ปีนับ", "a figure that stands in the cited", id="wrong figure said"),
    pytest.param(f"{RULES}/card_eligibility.yml", "at_least: 7", "at_least: 9", "lines 3-3", id="wrong threshold"),
    pytest.param(f"{RULES}/loan_number.yml", "{books: 5}", "{books: 6}", "lines 10-10", id="wrong output of a row"),
    pytest.param(f"{RULES}/loan_number.yml", "from: 15}", "from: 16}", "gap at reader_age=15", id="wrong bound"),
    pytest.param(f"{RULES}/fine_amount.yml", "value: 2,", "value: 3,", "lines 12-12", id="wrong constant"),
    pytest.param(f"{RULES}/card_span.yml", "years: 3", "years: 5", "lines 6-6", id="wrong length of a span"),
    pytest.param(f"{RULES}/card_application.yml", '"02-01"', '"03-01"', "lines 15-15", id="wrong day of an event"),
    pytest.param(CARD, 'ข้อ 2", lines: [6, 6]', 'ข้อ 2", lines: [8, 8]', "a phrase of lines 8-8", id="wrong line"),
    pytest.param(CARD, "lines: [3, 6]", "lines: [3, 96]", "lines from 1 to 18 in order", id="line past the end"),
    pytest.param(
        f"{RULES}/fine_amount.yml", 'ข้อ 4", lines: [12, 12]', 'ข้อ 4", lines: [12, 11]', "in order", id="lines backwards"
    ),
    pytest.param(f"{RULES}/loan_number.yml", "lines: [9, 9]", "lines: [10, 10]", "10-10", id="wrong line of a row"),
    pytest.param(CARD, "    cite: {lines: [3, 6]}\n", "", "the key 'cite'", id="uncited provision"),
    pytest.param(CARD, ", cite: {lines: [6, 6], quote: มีอายุ 3 ปี}}}", "}}", "the key 'cite'", id="uncited value"),
    pytest.param(
        f"{RULES}/card_eligibility.yml", ", cite: {lines: [4, 4]}", "", "id, label and cite", id="uncited condition"
    ),
    pytest.param(
        f"{RULES}/loan_number.yml", ", cite: {lines: [9, 9]}", "", "the key 'cite'", id="uncited row"
    ),
    pytest.param(
        f"{RULES}/fine_amount.yml", ", cite: {lines: [12, 12], quote: วันละ 2 บาท}", "", "the key 'cite'",
        id="uncited constant",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), PLANTED)
def test_a_planted_fault_fails_the_check(folder: Path, file: str, old: str, new: str, said: str) -> None:
    assert run("check").exit_code == 0
    plant(folder / file, old, new)
    result = run("check")
    assert result.exit_code == 1
    assert said in result.output
    assert Path(file).name in result.output


def test_coverage_fails_below_100(folder: Path) -> None:
    result = run("coverage", "--fail-under", "100")
    assert result.exit_code == 1
    assert "Below 100 %: village-library." in result.output
    furniture = "furniture: [{lines: [1, 1], reason: ชื่อระเบียบ}]"
    plant(folder / "knowledge/documents/village-library/document.yml", "furniture: []", furniture)
    assert "More than 5 % furniture: village-library." in run("coverage").output
    assert run("coverage", "--furniture", "10").exit_code == 0
    plant(folder / f"{RULES}/fine_amount.yml", 'ข้อ 4", lines: [12, 12]', 'ข้อ 4", lines: [10, 10]')
    plant(folder / f"{RULES}/fine_amount.yml", "lines: [12, 12], quote: วันละ 2 บาท", "lines: [10, 10]")
    result = run("coverage", "--fail-under", "100")
    assert result.exit_code == 1
    (words,) = (line.split() for line in result.output.splitlines() if "Below" not in line and "village" in line)
    assert words[-1] == "12"


@pytest.mark.sources
def test_the_documents_are_covered_whole(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RABIAB_SOURCES", str(sources))
    result = run("coverage", "--fail-under", "100")
    assert result.exit_code == 0, result.output
