"""With the keyboard alone, with a screen reader, on a small screen, with large text, in the dark."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from browser.scripted_server import WEB, Script
from browser.watch import Watch
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
Ask = Callable[[str], None]

# Every text of the page against the opaque ground behind it, by the formula of WCAG 2.
CONTRASTS = """() => {
  const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const colour = rgb(getComputedStyle(node).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.tagName === "NOSCRIPT") continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))];
    found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), walker.currentNode.data.trim().slice(0, 40)]);
  }
  return found;
}"""


NAME = """(node) => {
  const label = node.labels?.[0] ?? document.getElementById(node.getAttribute("aria-labelledby"));
  return (node.getAttribute("aria-label") || label?.textContent || node.textContent).trim();
}"""
LONG = "w" * 200  # a word that no line can hold
GROUNDS = {"light": "rgb(242, 244, 243)", "dark": "rgb(18, 23, 24)"}
MARKUP = r"https?://|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"


@pytest.fixture
def everything(script: Script, verdict: dict[str, Any], place: dict[str, Any]) -> Callable[[Page], None]:
    """Brings each part of the page on show: a folded-out verdict, every status, a failure and the panel."""

    def show(page: Page) -> None:
        box = page.get_by_label("คำถามของคุณ")
        decisions = ["eligible", "not_eligible", "need_more", "silent"]
        verdicts = [{**verdict, "verdict": {**verdict["verdict"], "decision": decision}} for decision in decisions]
        plain = [
            {"text": f"ข้อความ {LONG}", "status": status} for status in ("answer", "clarify", "not_covered", "error")
        ]
        script.say(*verdicts, *plain)
        script.fail(503)
        box.fill(LONG)
        box.press("Enter")
        expect(page.locator(".bot .bubble")).to_have_count(8)
        box.fill("ก" * 1001)
        box.press("Enter")
        box.fill("ถามอีกข้อ")
        box.press("Enter")
        expect(page.locator(".failed")).to_be_visible()
        box.fill("ก" * 1001)
        box.press("Enter")
        for summary in page.locator("summary").all():
            summary.click()
        script.citations.append((200, place))

    return show


ACTIVE = "(getComputedStyle(document.activeElement))"


def focused(page: Page) -> str:
    """What has focus: its id, else its text on one line."""
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim().replace(/\\s+/g, ' ')")


def test_the_whole_way_by_keyboard(page: Page, script: Script, verdict: dict[str, Any], place: dict[str, Any]) -> None:
    script.say(verdict)
    script.say({"text": "ปีที่เท่าไรคะ", "status": "question", "choices": [{"label": "ไม่ทราบ", "value": "x"}]})
    script.citations.append((200, place))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="ข้ามไปช่องพิมพ์คำถาม")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("บรรทัดหนึ่ง")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("บรรทัดสอง")
    page.keyboard.press("Enter")
    expect(page.locator(".bot .bubble")).to_be_visible()
    assert script.received[0]["text"] == "บรรทัดหนึ่ง\nบรรทัดสอง"
    expect(page.get_by_label("คำถามของคุณ")).to_be_focused()

    for _ in range(2):  # back over the choices to "ที่มาอีก 1 แห่ง"
        page.keyboard.press("Shift+Tab")
    assert focused(page) == "ทำอย่างไรให้เข้าเกณฑ์"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "ที่มาอีก 1 แห่ง"
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".citations > .cites .cite").nth(3)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="ที่มา")).to_be_visible()
    expect(page.locator(".passage")).to_contain_text("บรรทัดที่ห้าของเอกสาร")
    page.keyboard.press("Tab")
    assert focused(page) == "panel-close"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".citations > .cites .cite").nth(3)).to_be_focused()

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("ปีที่เท่าไรคะ")).to_be_visible()
    expect(page.get_by_role("group", name="ตัวเลือก").last).to_be_focused()
    assert script.received[1]["text"] == "road"
    page.keyboard.press("Tab")
    assert focused(page) == "ไม่ทราบ"


def test_focus_is_seen_and_goes_in_reading_order(page: Page) -> None:
    chips = page.locator("#examples button").all_inner_texts()
    for expected in ["ข้ามไปช่องพิมพ์คำถาม", "restart", *chips, "question", "send"]:
        page.keyboard.press("Tab")
        assert focused(page) == expected
        style = page.evaluate("(({ outlineStyle, outlineWidth }) => [outlineStyle, outlineWidth])" + ACTIVE)
        assert style == ["solid", "3px"], expected


def test_the_panel_tells_what_the_server_knows(
    page: Page, script: Script, ask: Ask, verdict: dict[str, Any], place: dict[str, Any]
) -> None:
    script.say(verdict)
    script.citations.append((200, {**place, "passage": None}))
    script.citations.append((503, {"error": {"code": "x", "message": "x"}}))
    script.citations.append((200, place))
    ask("ถาม")
    page.locator(".citations .cite").first.click()
    panel = page.get_by_role("dialog")
    for text in ("ประกาศสมมติ", "ข้อ 2", "บรรทัด 4–5", "หน่วยงานสมมติ", "ไม่น้อยกว่าสามปี", "พิมพ์ไม่ชัด", "ไม่ได้เก็บตัวบท"):
        expect(panel).to_contain_text(text)
    expect(panel.locator("[aria-current=true]")).to_contain_text("ต้องครบสามปี")
    assert script.asked[0] == {"document": "made-up", "first": "4", "last": "5"}
    page.get_by_role("button", name="ปิด").click()
    expect(panel).to_have_count(0)

    page.locator(".citations .cite").first.click()
    expect(panel).to_contain_text("เปิดรายละเอียดไม่ได้: ระบบยังไม่พร้อมตอบ")
    expect(panel).to_contain_text("บรรทัด 4–5")
    page.get_by_role("button", name="ลองอีกครั้ง").click()
    expect(panel).to_contain_text("บรรทัดที่สี่ของเอกสาร")
    page.mouse.click(195, 20)  # beside the panel
    expect(panel).to_have_count(0)


def test_a_screen_reader_finds_its_way(page: Page, script: Script, everything: Callable[[Page], None]) -> None:
    everything(page)
    assert page.locator("html").get_attribute("lang") == "th"
    log = page.get_by_role("log", name="บทสนทนา")
    expect(log).to_have_attribute("aria-live", "polite")
    assert [len(page.get_by_role(role).all()) for role in ("banner", "main")] == [1, 1]
    for role in ("button", "textbox", "group", "dialog"):
        for control in page.get_by_role(role, include_hidden=True).all():
            assert control.evaluate(NAME), control.evaluate("node => node.outerHTML")
    assert page.locator("svg:not([aria-hidden=true])").count() == 0
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(
    watch: Watch, script: Script, everything: Callable[[Page], None], scheme: str
) -> None:
    page = watch.open(script.url, color_scheme=scheme)
    faint = page.evaluate(CONTRASTS)
    everything(page)
    faint += page.evaluate(CONTRASTS)
    page.locator(".citations .cite").first.click()
    expect(page.locator(".passage")).to_be_visible()
    faint += page.evaluate(CONTRASTS)
    assert len(faint) > 60
    assert [pair for pair in faint if pair[0] < 4.5] == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == GROUNDS[scheme]


@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256), (768, 1024), (1280, 800)])
def test_nothing_runs_out_of_the_page(
    watch: Watch, script: Script, everything: Callable[[Page], None], width: int, height: int
) -> None:
    """320 x 256 is a screen of 1280 x 1024 at a zoom of 400 %."""
    page = watch.open(script.url, width=width, height=height)
    everything(page)
    assert_nothing_runs_out(page)


def test_nothing_runs_out_when_text_is_twice_as_large(
    launch: Callable[..., Browser], script: Script, everything: Callable[[Page], None]
) -> None:
    """The reader's own default size of text is 32 px."""
    with launch("--blink-settings=defaultFontSize=32") as browser:
        page = browser.new_page(viewport={"width": 320, "height": 640})
        page.goto(script.url)
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "32px"
        everything(page)
        assert_nothing_runs_out(page)


def assert_nothing_runs_out(page: Page) -> None:
    for part in (":root", "#log", "#composer", "header"):
        assert page.locator(part).evaluate("node => node.scrollWidth - node.clientWidth") <= 0, part
    page.locator(".citations .cite").first.click()
    expect(page.locator(".passage")).to_be_visible()
    assert page.locator("#panel-body").evaluate("node => node.scrollWidth - node.clientWidth") <= 0


def test_buttons_are_big_enough_to_tap(page: Page, script: Script, everything: Callable[[Page], None]) -> None:
    everything(page)
    for button in page.locator("button:visible, summary:visible").all():
        box = button.bounding_box()
        assert box is not None and box["height"] >= 44, button.inner_text()


def test_an_answer_is_not_hidden_by_the_box_below(watch: Watch, script: Script, verdict: dict[str, Any]) -> None:
    page = watch.open(script.url, width=390, height=700)
    for number in range(3):
        script.say({**verdict, "text": f"ตอบข้อ {number}"})
        page.get_by_label("คำถามของคุณ").fill(f"ถามข้อ {number}")
        page.keyboard.press("Enter")
        answer = page.get_by_text(f"ตอบข้อ {number}")
        expect(answer).to_be_in_viewport()
    page.wait_for_timeout(600)  # smooth scrolling
    top, bottom = (page.locator(part).bounding_box() for part in ("header", "#composer"))
    box = page.locator(".person").last.bounding_box()
    assert top and bottom and box
    assert top["y"] + top["height"] <= box["y"] < bottom["y"]


def test_motion_stops_for_those_who_ask(watch: Watch, script: Script, verdict: dict[str, Any]) -> None:
    page = watch.open(script.url, reduced_motion="reduce")
    script.gate.clear()
    script.say(verdict)
    page.get_by_label("คำถามของคุณ").fill("ถาม")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("กำลังค้นในเอกสาร")
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_the_page_is_light_and_keeps_its_own_policy() -> None:
    files = [path for path in WEB.iterdir() if path.is_file()]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 30_000
    for path in files:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(MARKUP, text), path.name
    page = (WEB / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)
