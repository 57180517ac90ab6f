"""`rabiab`: what it prints, its exit codes, and that no known error shows a traceback."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from knowledge.sources import INDEX

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "made_up"
CARD = "library_card.eligibility"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The made-up regulation as the only one that is known, with its source."""
    made = Path(shutil.copytree(FIXTURE, tmp_path / "made_up"))
    monkeypatch.setenv("RABIAB_KNOWLEDGE", str(made / "knowledge"))
    monkeypatch.setenv("RABIAB_RULES", str(made / "rules"))
    monkeypatch.setenv("RABIAB_SOURCES", str(made / "sources"))
    monkeypatch.setenv("RABIAB_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("RABIAB_MODELS", str(tmp_path / "models"))
    return made


def run(*words: str) -> Result:
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert "Traceback" not in result.output
    return result


def test_check_of_what_is_right(folder: Path) -> None:
    result = run("check")
    assert (result.exit_code, result.output) == (0, "No fault in 1 documents, 2 provisions, 6 rules, 20 phrasings.\n")


def test_check_tells_place_and_next_step(folder: Path) -> None:
    section = folder / "knowledge" / "documents" / "village-library" / "01-card.yml"
    section.write_text(section.read_text(encoding="utf-8").replace("value: 3,", "value: 4,"), encoding="utf-8")
    result = run("check")
    assert result.exit_code == 1
    assert (
        "01-card.yml:21: expected a value that stands in lines 6-6, got 4. Mend the value or its lines."
        in result.output
    )
    assert "1 fault in 1 documents" in result.output


def test_check_stops_at_a_fault_of_form(folder: Path) -> None:
    rule = folder / "rules" / "village-library" / "card_span.yml"
    rule.write_text(rule.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    result = run("check")
    assert result.exit_code == 1
    assert "card_span.yml:10: expected a known key, got 'colour'." in result.output


def test_check_says_that_sources_are_absent(folder: Path) -> None:
    shutil.rmtree(folder / "sources")
    result = run("check")
    assert result.exit_code == 0
    assert "Quotes and figures were NOT checked: village-library: no village-library.txt in" in result.output


def test_consult_shows_reasons_dates_and_sources(folder: Path) -> None:
    facts = ("--fact", "reader_age=30", "--fact", "village_stay=1m", "--fact", "vouched=no")
    result = run("consult", CARD, *facts, "--today", "2026-11-20")
    assert result.exit_code == 0
    for part in ("ไม่เข้าเกณฑ์", "ไม่ผ่าน", "20 เมษายน 2570", "1-15 กรกฎาคม 2570", "ข้อ 1 บรรทัด 3"):
        assert part in result.output


def test_consult_tells_what_is_missing(folder: Path) -> None:
    result = run("consult", CARD, "--fact", "reader_age=7", "--fact", "village_stay=5")
    assert "ยังต้องการข้อมูลเพิ่ม" in result.output
    assert "มีกรรมการห้องสมุดรับรองไหมคะ" in result.output


def test_consult_as_json(folder: Path) -> None:
    result = run("consult", "library_fine.amount", "--fact", "books_late=2", "--fact", "days_late=3", "--json")
    answer = json.loads(result.output)
    assert (answer["decision"], answer["value"]) == ("value", {"fine": 12})
    assert [step["working"] for step in answer["working"]] == ["2 × 3 = 6", "6 × 2 = 12"]
    assert answer["citations"][0]["lines"] == [12, 12]


@pytest.mark.parametrize("rule", ["application", "span", "eligibility"])
@pytest.mark.parametrize("shape", [(), ("--json",)])
def test_consult_of_any_rule_without_facts(folder: Path, rule: str, shape: tuple[str, ...]) -> None:
    assert run("consult", f"library_card.{rule}", *shape).exit_code == 0


def test_consult_reads_ranges_and_years_with_months(folder: Path) -> None:
    result = run("consult", CARD, "--fact", "reader_age=5..9", "--fact", "village_stay=1y2m", "--json")
    answer = json.loads(result.output)
    assert answer["facts"] == {"reader_age": {"from": 5, "to": 9}, "village_stay": 14}
    assert answer["missing"] == ["reader_age"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("library.nothing",), "No rule 'library.nothing'; `rabiab rules` lists them."),
        ((CARD, "--fact", "reader_age"), "--fact reader_age: expected name=value."),
        ((CARD, "--fact", "hat=red"), "No fact 'hat'; `rabiab rules` lists the facts of each rule."),
        ((CARD, "--fact", "reader_age=old"), "--fact reader_age: expected a number, got 'old'."),
        ((CARD, "--today", "tomorrow"), "--today tomorrow: expected YYYY-MM-DD."),
        ((CARD, "--today", "2569-11-20"), "--today 2569-11-20: expected a year of the Common Era; write 2026."),
    ],
)
def test_consult_refuses_in_one_sentence(folder: Path, words: tuple[str, ...], sentence: str) -> None:
    result = run("consult", *words)
    assert (result.exit_code, result.output) == (2, sentence + "\n")


def test_rules_are_listed(folder: Path) -> None:
    result = run("rules")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()[1:]] == [
        "library_card.application", "library_card.eligibility", "library_card.span", "library_fine.amount",
        "library_loan.number", "library_loan.procedure",
    ]  # fmt: skip


def test_coverage(folder: Path) -> None:
    assert run("coverage", "--fail-under", "50").exit_code == 0
    result = run("coverage")
    assert result.exit_code == 1
    assert "Below 100 %: village-library." in result.output
    shutil.rmtree(folder / "sources")
    assert run("coverage").exit_code == 1


def test_understand_says_that_no_model_is_trained(folder: Path) -> None:
    result = run("understand", "ทำบัตรยังไง")
    assert (result.exit_code, result.output) == (1, "No model is trained: run `make train`.\n")


SECRET = "letmein99"
COVER = f"เข้าสู่ระบบด้วยรหัสผ่าน {SECRET} แล้วยืมได้\nDefault password: {SECRET}!\n"


def test_import_recognises_by_content_and_may_be_repeated(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RABIAB_SOURCES")
    copy = folder / "สำเนา.txt"
    shutil.copy(folder / "sources" / "village-library.txt", copy)
    assert run("sources", "import", str(copy)).output == "สำเนา.txt: imported as village-library.\n"
    assert run("sources", "import", str(copy)).output == "สำเนา.txt: village-library is there already.\n"
    assert "No fault" in run("check").output
    assert run("sources", "list").output.startswith("+ village-library: ")


def test_import_of_a_folder_leaves_the_rest_alone(folder: Path) -> None:
    (folder / "sources" / "photo.jpg").write_bytes(b"\xff\xd8\0\0")
    (folder / "sources" / "letter.txt").write_text("จดหมาย", encoding="utf-8")
    result = run("sources", "import", str(folder / "sources"))
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "letter.txt: not a document that the knowledge cites; left alone.",
        "photo.jpg: not plain text in UTF-8 or TIS-620; export it as text first.",
        "village-library.txt: imported as village-library.",
    ]


def test_import_masks_passwords_and_the_copy_still_counts(folder: Path, tmp_path: Path) -> None:
    source = folder / "sources" / "village-library.txt"
    before = source.read_text(encoding="utf-8")
    source.write_text(before + COVER, encoding="utf-8")
    result = run("sources", "import", str(source))
    kept = (tmp_path / "var" / "sources" / "village-library.txt").read_text(encoding="utf-8")
    assert SECRET not in kept + result.output
    assert kept == before + "เข้าสู่ระบบด้วยรหัสผ่าน •••• แล้วยืมได้\nDefault password: ••••\n"
    assert "2 password(s) masked. WARNING: it differs from the text that is cited" in result.output
    assert SECRET not in (tmp_path / "var" / "sources" / INDEX).read_text(encoding="utf-8")


def test_check_tells_that_an_imported_copy_differs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RABIAB_SOURCES")
    source = folder / "sources" / "village-library.txt"
    source.write_text(source.read_text(encoding="utf-8") + "ข้อ 7\n", encoding="utf-8")
    run("sources", "import", str(source))
    assert "village-library: checked against a differing copy" in run("check").output


def test_import_takes_windows_line_ends_and_thai_windows_encoding(folder: Path) -> None:
    source = folder / "sources" / "village-library.txt"
    text = source.read_text(encoding="utf-8")
    source.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert run("sources", "import", str(source)).output == "village-library.txt: imported as village-library.\n"
    source.write_bytes(text.encode("cp874"))
    assert "is there already" in run("sources", "import", str(source)).output


def test_import_of_nothing(folder: Path, tmp_path: Path) -> None:
    result = run("sources", "import", str(tmp_path / "nowhere"))
    assert (result.exit_code, result.output) == (2, f"{tmp_path / 'nowhere'} does not exist.\n")
    (tmp_path / "letter.txt").write_text("จดหมาย", encoding="utf-8")
    result = run("sources", "import", str(tmp_path / "letter.txt"))
    assert result.exit_code == 1
    assert "Nothing was imported. Known documents: village-library." in result.output


HEAVY = ("rasa", "sklearn", "pythainlp", "numpy")


def test_consult_is_quick_and_imports_nothing_heavy(folder: Path) -> None:
    code = (
        "import sys\nfrom bot.cli.main import app\n"
        f"try: app(['consult', '{CARD}', '--fact', 'reader_age=7'])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    times = []
    for _ in range(3):  # the first may have to compile, and the machine may be busy
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        times.append(time.perf_counter() - began)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1] == "[]"
    assert min(times) < 1.5, "a consult from the command line should take under a second"


def test_the_module_runs_as_a_program(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "bot.cli", "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    for command in ("check", "consult", "coverage", "rules", "sources", "understand"):
        assert command in done.stdout
