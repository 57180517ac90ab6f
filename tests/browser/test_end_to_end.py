"""The real bot through the real page: ask, choose, open the source, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from browser.watch import Watch
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.bot]
ANSWER_WITHIN = 30_000  # milliseconds
Open = Callable[[int], Page]


@pytest.fixture
def open_bot(browser: Browser, bot_url: str) -> Iterator[Open]:
    """Opens the bot's page at a width; no page may ask another host, break the policy or raise an error."""
    watch = Watch(browser)
    yield lambda width: watch.open(bot_url, width=width)
    watch.close(urlsplit(bot_url).netloc)


def ask(page: Page, text: str) -> None:
    """Sends a question and waits for the reply."""
    before = page.locator(".turn.bot").count()
    page.get_by_label("คำถามของคุณ").fill(text)
    page.keyboard.press("Enter")
    expect_reply(page, before)


def expect_reply(page: Page, before: int) -> None:
    expect(page.locator(".turn.bot")).to_have_count(before + 1, timeout=ANSWER_WITHIN)
    expect(page.locator(".failed, .status.error")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
def test_ask_then_open_the_source(open_bot: Open, width: int) -> None:
    page = open_bot(width)
    ask(page, "นักเรียน 400 คน มีรองผู้อำนวยการได้กี่คน")
    reply = page.locator(".turn.bot").last
    expect(reply.locator(".text").first).to_contain_text("1")
    source = reply.locator(".citations .cite").first
    source.click()
    panel = page.get_by_role("dialog", name="ที่มา")
    expect(panel.get_by_text("กำลังเปิดเอกสาร")).to_have_count(0)
    expect(panel.locator(".place")).to_contain_text("บรรทัด")
    expect(panel.locator(".trouble")).to_have_count(0)
    expect(panel.locator(".neighbours [aria-current=true]").first).to_be_visible()
    assert page.locator(":root").evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    page.keyboard.press("Escape")
    expect(source).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_question_back_is_answered_by_tapping(open_bot: Open, width: int) -> None:
    page = open_bot(width)
    ask(page, "ขอชำนาญการได้ไหม")
    first = page.locator(".turn.bot").first
    choice = first.locator(".choice").first
    label = choice.inner_text()
    choice.click()
    expect_reply(page, 1)
    expect(page.locator(".turn.person").last).to_contain_text(label)
    expect(page.locator(".turn.bot").last.locator(".text").first).not_to_have_text(
        first.locator(".text").first.inner_text()
    )
    assert page.locator(":root").evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    page.reload()
    expect(page.locator(".turn.bot")).to_have_count(2)
    ask(page, "ไม่ทราบ")
    expect(page.get_by_text("จึงเริ่มคุยใหม่")).to_have_count(0)


def test_each_example_of_the_page_is_answered(open_bot: Open) -> None:
    page = open_bot(390)
    for label in page.locator("#examples button").all_inner_texts():
        page.get_by_role("button", name=label, exact=True).click()
        expect_reply(page, 0)
        expect(page.locator(".turn.bot .status")).not_to_have_count(0)
        assert page.locator(".turn.bot .not_covered").count() == 0, label
        page.get_by_role("button", name="เริ่มใหม่").click()


def test_markup_in_a_question_stays_text(open_bot: Open) -> None:
    page = open_bot(390)
    attack = "<img src=x onerror='window.ran=1'> ครูผู้ช่วย"
    ask(page, attack)
    expect(page.locator(".turn.person .bubble")).to_have_text(attack)
    assert page.evaluate("window.ran") is None
    assert page.locator("#log img").count() == 0
