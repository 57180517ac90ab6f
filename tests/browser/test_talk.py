"""The talk: asking, choosing, failing and sending again, going on after a reload, starting anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from browser.scripted_server import Script
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Ask = Callable[[str], None]


def test_a_question_is_sent_and_answered(page: Page, script: Script, ask: Ask) -> None:
    script.say({"text": "สองปีค่ะ\nที่มา: ข้อ 2"})
    ask("ใช้ได้กี่ปี")
    expect(page.locator(".bot .text")).to_have_text("สองปีค่ะ\nที่มา: ข้อ 2")
    expect(page.locator(".bot .status")).to_have_text("คำตอบ")
    assert script.received == [{"session": None, "text": "ใช้ได้กี่ปี"}]
    expect(page.get_by_label("คำถามของคุณ")).to_have_value("")
    expect(page.locator("#greeting")).to_be_hidden()
    assert page.locator(".bot .text").evaluate("node => getComputedStyle(node).whiteSpaceCollapse") == "preserve-breaks"


def test_the_session_of_the_reply_is_sent_next(page: Page, script: Script, ask: Ask) -> None:
    for text in ("หนึ่ง", "สอง"):
        script.say({"text": f"ตอบ{text}"}, session="from-server")
        ask(text)
        expect(page.get_by_text(f"ตอบ{text}")).to_be_visible()
    assert [request["session"] for request in script.received] == [None, "from-server"]


def test_a_session_that_the_server_forgot_is_told(page: Page, script: Script, ask: Ask) -> None:
    for session in ("old", "new"):
        script.say({"text": f"ตอบ {session}"}, session=session)
        ask("ถาม")
        expect(page.get_by_text(f"ตอบ {session}")).to_be_visible()
    expect(page.get_by_text("จึงเริ่มคุยใหม่")).to_have_count(1)


def test_an_example_is_a_question(page: Page, script: Script) -> None:
    script.say({"text": "ได้ค่ะ"})
    chip = page.get_by_role("group", name="ตัวอย่างคำถาม").get_by_role("button").first
    label = chip.inner_text()
    chip.click()
    expect(page.locator(".person")).to_contain_text(label)
    expect(page.get_by_text("ได้ค่ะ")).to_be_visible()
    assert script.received[0]["text"] == label


def test_a_choice_shows_its_label_and_sends_its_value(page: Page, script: Script, ask: Ask) -> None:
    script.say({"text": "วุฒิใดคะ", "status": "question", "choices": [{"label": "ปริญญาโท", "value": "degree=master"}]})
    script.say({"text": "รับทราบค่ะ"})
    ask("ขอได้ไหม")
    page.get_by_role("button", name="ปริญญาโท").click()
    expect(page.get_by_text("รับทราบค่ะ")).to_be_visible()
    expect(page.locator(".person").last).to_contain_text("ปริญญาโท")
    assert script.received[1]["text"] == "degree=master"
    expect(page.get_by_role("button", name="ปริญญาโท")).to_be_disabled()


@pytest.mark.parametrize(
    ("status", "decision", "label"),
    [
        ("answer", None, "คำตอบ"),
        ("question", None, "ถามกลับ"),
        ("clarify", None, "ถามกลับ"),
        ("not_covered", None, "ไม่มีในเอกสาร"),
        ("not_covered", "silent", "ผลการพิจารณา: เอกสารไม่ได้กำหนด"),
        ("answer", "computed", "คำตอบ"),
        ("verdict", "eligible", "ผลการพิจารณา: เข้าเกณฑ์"),
        ("verdict", "not_eligible", "ผลการพิจารณา: ยังไม่เข้าเกณฑ์"),
        ("verdict", "need_more", "ผลการพิจารณา: ต้องการข้อมูลเพิ่ม"),
        ("verdict", "silent", "ผลการพิจารณา: เอกสารไม่ได้กำหนด"),
    ],
)
def test_each_status_is_told_in_words(
    page: Page, script: Script, ask: Ask, status: str, decision: str | None, label: str
) -> None:
    script.say({"text": "ตอบ", "status": status, "verdict": decision and {"decision": decision, "criteria": []}})
    ask("ถาม")
    expect(page.locator(".bot .status")).to_have_text(label)
    expect(page.locator(".bot .status svg")).to_have_count(1)


def test_reasons_unfold_into_criteria(page: Page, script: Script, ask: Ask, verdict: dict[str, Any]) -> None:
    script.say(verdict)
    ask("ขอได้ไหม")
    summary = page.get_by_text("เกณฑ์ 3 ข้อ (ครบ 1, ยังไม่ครบ 1, ยังไม่ทราบ 1)")
    expect(page.get_by_text("เงื่อนไขที่ 2")).to_be_hidden()
    summary.click()
    rows = page.locator(".reasons li")
    expect(rows.nth(1).locator(".mark")).to_have_text("ยังไม่ครบ")
    expect(rows.nth(1)).to_contain_text("ไม่เกิน 1 ครั้ง")
    expect(rows.nth(1)).to_contain_text("2 ครั้ง")
    expect(rows.nth(2).locator("dl")).to_contain_text("ยังไม่มี")
    expect(page.locator(".notes")).to_contain_text("พิมพ์ตัวเลขสองค่า")
    page.get_by_text("รายละเอียดเพิ่มเติม").click()
    expect(page.get_by_text("รายละเอียดบรรทัดสอง")).to_be_visible()


def test_a_note_that_the_text_tells_is_not_repeated(page: Page, script: Script, ask: Ask) -> None:
    script.say({"text": "สองปีค่ะ\nข้อสังเกต: พิมพ์ไม่ชัด", "notes": ["พิมพ์ไม่ชัด", "เอกสารลงวันที่ 1 มกราคม"]})
    ask("ถาม")
    expect(page.locator(".notes li")).to_have_text(["เอกสารลงวันที่ 1 มกราคม"])


def test_sources_stand_under_their_documents(page: Page, script: Script, ask: Ask, citation: dict[str, Any]) -> None:
    other = {**citation, "title": "ประกาศที่สอง", "section": None, "lines": [7, 7]}
    script.say({"text": "ตอบ", "citations": [citation, {**citation, "lines": [6, 6]}, other]})
    ask("ถาม")
    rows = page.locator(".cites > *").all_text_contents()
    assert [row.removeprefix("ดูที่มา: ") for row in rows] == [
        "ประกาศสมมติ",
        "ข้อ 2, บรรทัด 4–5",
        "ข้อ 2, บรรทัด 6",
        "ประกาศที่สอง",
        "บรรทัด 7",
    ]


@pytest.mark.parametrize(
    ("status", "headers", "says"),
    [
        (503, {}, "ระบบยังไม่พร้อมตอบ"),
        (429, {"Retry_After": "7"}, "ส่งถี่เกินไป กรุณารอสักครู่ (ประมาณ 7 วินาที)"),
        (500, {}, "ระบบขัดข้อง"),
    ],
)
def test_a_failed_question_stays_and_can_be_sent_again(
    page: Page, script: Script, ask: Ask, status: int, headers: dict[str, str], says: str
) -> None:
    script.fail(status, **headers)
    script.say({"text": "ตอบแล้วค่ะ"})
    ask("คำถามสำคัญ")
    expect(page.locator(".failed")).to_contain_text(says)
    expect(page.locator(".person")).to_contain_text("คำถามสำคัญ")
    page.get_by_role("button", name="ส่งอีกครั้ง").click()
    expect(page.get_by_text("ตอบแล้วค่ะ")).to_be_visible()
    expect(page.locator(".failed")).to_have_count(0)
    assert [request["text"] for request in script.received] == ["คำถามสำคัญ"] * 2


def test_without_a_network_the_text_stays_and_can_be_changed(page: Page, script: Script, ask: Ask) -> None:
    page.context.set_offline(True)
    ask("ถามตอนเน็ตหลุด")
    expect(page.locator(".failed")).to_contain_text("ติดต่อระบบไม่ได้")
    page.get_by_role("button", name="แก้ข้อความ").click()
    expect(page.get_by_label("คำถามของคุณ")).to_have_value("ถามตอนเน็ตหลุด")
    expect(page.locator(".person")).to_have_count(0)


def test_an_empty_reply_is_a_failure(page: Page, script: Script, ask: Ask) -> None:
    script.say()
    ask("ถาม")
    expect(page.locator(".failed")).to_contain_text("ระบบตอบกลับมาไม่ครบ")


def test_an_answer_that_does_not_come_is_a_failure(page: Page, script: Script, ask: Ask) -> None:
    page.clock.install()
    page.reload()
    script.gate.clear()
    script.say({"text": "ช้าไป"})
    ask("ถาม")
    expect(page.get_by_role("status")).to_have_text("กำลังค้นในเอกสาร")
    page.clock.fast_forward(61_000)
    expect(page.locator(".failed")).to_contain_text("รอคำตอบนานเกินไป")
    expect(page.get_by_role("button", name="ส่งอีกครั้ง")).to_be_visible()


def test_one_question_at_a_time(page: Page, script: Script, ask: Ask) -> None:
    script.gate.clear()
    script.say({"text": "ตอบหนึ่ง"})
    ask("หนึ่ง")
    expect(page.get_by_role("status")).to_have_text("กำลังค้นในเอกสาร")
    ask("สอง")
    expect(page.get_by_label("คำถามของคุณ")).to_have_value("สอง")
    script.gate.set()
    expect(page.get_by_text("ตอบหนึ่ง")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("")
    assert len(script.received) == 1


def test_a_reload_goes_on_with_the_same_talk(page: Page, script: Script, ask: Ask, verdict: dict[str, Any]) -> None:
    script.say(verdict, session="kept")
    script.say({"text": "ต่อได้ค่ะ"}, session="kept")
    ask("ขอได้ไหม")
    expect(page.locator(".bot .bubble")).to_be_visible()
    before = page.locator("#log").inner_text()
    page.reload()
    expect(page.locator(".bot .bubble")).to_be_visible()
    assert page.locator("#log").inner_text() == before
    page.get_by_role("button", name="ไม่ทราบ").click()
    expect(page.get_by_text("ต่อได้ค่ะ")).to_be_visible()
    assert script.received[1] == {"session": "kept", "text": "unknown"}


def test_a_question_cut_off_by_a_reload_can_be_sent_again(page: Page, script: Script, ask: Ask) -> None:
    script.gate.clear()
    ask("ถามแล้วโหลดใหม่")
    expect(page.get_by_role("status")).to_have_text("กำลังค้นในเอกสาร")
    page.reload()
    expect(page.locator(".failed")).to_contain_text("ยังไม่ได้รับคำตอบ")
    expect(page.get_by_role("button", name="ส่งอีกครั้ง")).to_be_visible()
    script.say({"text": "คำตอบที่ไม่มีใครรอ"})
    script.gate.set()


def test_restart_forgets_the_talk(page: Page, script: Script, ask: Ask) -> None:
    for text in ("ก่อน", "หลัง"):
        script.say({"text": f"ตอบ{text}"}, session=text)
        ask(text)
        expect(page.get_by_text(f"ตอบ{text}")).to_be_visible()
        page.get_by_role("button", name="เริ่มใหม่").click()
        expect(page.locator(".turn")).to_have_count(0)
        expect(page.locator("#greeting")).to_be_visible()
        expect(page.get_by_label("คำถามของคุณ")).to_be_focused()
    assert [request["session"] for request in script.received] == [None, None]
    page.reload()
    expect(page.locator(".turn")).to_have_count(0)


def test_restart_drops_an_answer_on_its_way(page: Page, script: Script, ask: Ask) -> None:
    script.gate.clear()
    script.say({"text": "สายไปแล้ว"}, session="old")
    ask("ถามแล้วเปลี่ยนใจ")
    expect(page.get_by_role("status")).to_have_text("กำลังค้นในเอกสาร")
    page.get_by_role("button", name="เริ่มใหม่").click()
    script.gate.set()
    script.say({"text": "คำตอบใหม่"}, session="new")
    page.wait_for_timeout(200)
    script.replies = script.replies[-1:]
    ask("ถามใหม่")
    expect(page.get_by_text("คำตอบใหม่")).to_be_visible()
    expect(page.get_by_text("สายไปแล้ว")).to_have_count(0)
    assert script.received[-1]["session"] is None


def test_a_text_over_the_limit_is_not_sent(page: Page, script: Script, ask: Ask) -> None:
    box = page.get_by_label("คำถามของคุณ")
    counter = page.locator("#counter")
    box.fill("ก" * 800)
    expect(counter).to_have_text("")
    box.fill("ก" * 990)
    expect(counter).to_have_text("990/1000")
    ask("ก" * 1003)
    expect(page.get_by_role("alert")).to_contain_text("ยาวเกิน 3 ตัวอักษร")
    expect(box).to_have_value("ก" * 1003)
    assert script.received == []
    script.say({"text": "รับแล้ว"})
    ask("🙂" * 1000)  # two UTF-16 units each, one character to the server
    expect(page.get_by_text("รับแล้ว")).to_be_visible()
