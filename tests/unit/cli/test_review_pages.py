"""The pages for review: committed ones are up to date, and all that is stated stands on them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from bot.cli.review_pages import PAGES
from bot.known import load_known
from bot.rendering.review import review_page
from knowledge.loader import load_knowledge
from rules.base_loader import RuleBase, load_rules

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "made_up"
DOCUMENTS = [path.name for path in sorted((PAGES.parents[1] / "knowledge" / "documents").iterdir()) if path.is_dir()]


@pytest.fixture(scope="module")
def base() -> RuleBase:
    return load_known()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_committed_page_is_up_to_date(base: RuleBase, document: str) -> None:
    path = PAGES / f"{document}.md"
    assert path.is_file(), "run `rabiab review-pages`"
    assert path.read_text(encoding="utf-8") == review_page(base, document), "run `rabiab review-pages`"


def test_no_page_of_a_document_that_is_gone() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md")) == DOCUMENTS


@pytest.mark.parametrize("document", DOCUMENTS)
def test_everything_stands_on_its_page_once(base: RuleBase, document: str) -> None:
    heads = [line.split("`")[1] for line in review_page(base, document).splitlines() if line.startswith("`")]
    known = base.knowledge
    provisions = [p.id for p in known.provisions.values() if p.cite.document == document]
    rules = [program.rule.rule for program in base if program.rule.document == document]
    assert sorted(heads) == sorted(provisions + rules)
    page = review_page(base, document)
    for oddity in known.oddities.values():
        if oddity.cite.document == document:
            assert page.count(f"`{oddity.id}`\n\n{oddity.says}\n") == 1, oddity.id
    assert page.count("### ⬜") == sum(known.provisions[name].silent for name in provisions)


def made_up_page(folder: Path) -> str:
    return review_page(load_rules(load_knowledge(folder / "knowledge"), folder / "rules"), "village-library")


def test_a_page_tells_lines_values_rows_and_silence() -> None:
    page = made_up_page(FIXTURE)
    for part in (
        "# หน้าทบทวน: ระเบียบห้องสมุดบ้านทุ่งทดลอง",
        "- มีข้อกำหนด 1 ข้อ · ⬜ เอกสารไม่ได้กล่าวถึง 1 ข้อ · กฎ 6 ข้อ · ข้อสังเกต 2 ข้อ",
        "## บัตรสมาชิกและการยืม (บรรทัด 1-20)",
        "`library_card.validity` · ข้อ 2 บรรทัด 6 “มีอายุ 3 ปี”",
        "- ค่า `years`: 3 ปี (บรรทัด 6 “มีอายุ 3 ปี”)",
        "`library_card.fee` · บรรทัด 3-6",
        "    - อยู่ในหมู่บ้านไม่น้อยกว่า 6 เดือน · ระยะเวลาที่อยู่ในหมู่บ้าน: ไม่น้อยกว่า 6 เดือน (บรรทัด 3)",
        "| อายุ ไม่น้อยกว่า 7 ปี และ อายุ ไม่เกิน 12 ปี | 2 | บรรทัด 9 |  |",
        "- ไม่มีแถวใดกล่าวถึง อายุ ไม่น้อยกว่า 13 ปี และ อายุ ไม่เกิน 14 ปี ข้อสังเกต `library_ages_13_14`",
        "- ขั้นที่ 2 ค่าปรับ = [จำนวนเล่มคูณจำนวนวัน] คูณ 2 บาท **← ผลลัพธ์**",
        "- รอบมกราคม: 1 มกราคม ถึง 15 มกราคม ของทุกปี (บรรทัด 14)",
        "- วันหมดอายุ: 3 ปี นับจากวันออกบัตร เอกสารไม่ได้บอกว่านับวันแรกหรือไม่ (บรรทัด 6)",
        "1. แสดงบัตร · ผู้ทำ: สมาชิก · ต่อ: บรรณารักษ์ · ใช้: บัตรสมาชิก (บรรทัด 18)",
    ):
        assert part in page, part


def test_the_order_is_that_of_the_document() -> None:
    heads = [line for line in made_up_page(FIXTURE).splitlines() if line.startswith("### ")]
    assert [head.split(": ")[-1] for head in heads if "กฎ" in head] == [
        "คุณสมบัติผู้ขอทำบัตรสมาชิกห้องสมุด", "วันหมดอายุของบัตรสมาชิก", "จำนวนหนังสือที่ยืมได้", "ค่าปรับหนังสือเกินกำหนด",
        "ช่วงรับสมัครบัตรสมาชิก", "ขั้นตอนการยืมหนังสือ",
    ]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = Path(shutil.copytree(FIXTURE, tmp_path / "made_up"))
    monkeypatch.setenv("RABIAB_KNOWLEDGE", str(made / "knowledge"))
    monkeypatch.setenv("RABIAB_RULES", str(made / "rules"))
    return made


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["review-pages", *words], catch_exceptions=False)


def test_written_once_then_left_alone_until_something_changes(folder: Path, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    where = ("--folder", str(pages))
    result = run("--check", *where)
    assert result.exit_code == 1
    assert result.output == "Out of date: village-library. Run `rabiab review-pages`.\n"
    assert not pages.exists()
    assert run(*where).output == "1 pages in pages, 1 of them new.\n"
    assert (pages / "village-library.md").read_text(encoding="utf-8") == made_up_page(folder)
    assert run("--check", *where).exit_code == 0
    rule = folder / "rules" / "village-library" / "loan_number.yml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("books: 2", "books: 3"), encoding="utf-8")
    assert run("--check", *where).exit_code == 1


def test_an_unknown_document(folder: Path, tmp_path: Path) -> None:
    result = run("nothing", "--folder", str(tmp_path))
    assert (result.exit_code, result.output) == (2, "No document nothing; known: village-library.\n")
