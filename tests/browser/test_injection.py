"""Whatever the data says, it is shown as text: nothing in it becomes markup or runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from browser.scripted_server import Script
from browser.watch import Watch
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Ask = Callable[[str], None]
ATTACKS = [
    "<img src=x onerror='window.ran=1'>",
    "<script>window.ran=1</script>",
    "<svg onload='window.ran=1'></svg>",
    "<a href='javascript:window.ran=1'>กด</a>",
    "\"><iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
]


def everywhere(attack: str) -> dict[str, Any]:
    """A message with the attack in each field that is shown."""
    citation = {"document": attack, "title": attack, "section": attack, "lines": [attack, attack], "quote": attack}
    criterion = dict.fromkeys(("id", "label", "status", "given", "required"), attack) | {"citation": citation}
    return {
        "text": attack,
        "status": "verdict",
        "citations": [citation],
        "verdict": {"rule": attack, "decision": attack, "criteria": [criterion], "missing": [attack], "value": attack},
        "choices": [{"label": attack, "value": attack}],
        "notes": [attack],
        "more": attack,
    }


def assert_only_text(page: Page, attack: str) -> None:
    page.wait_for_timeout(50)
    assert page.evaluate("window.ran") is None
    assert page.locator("#log, #panel").locator("img, script, iframe, a, [onerror], [onload]").count() == 0
    assert attack in (page.locator("#log").text_content() or "")


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_every_field_is_text(page: Page, script: Script, ask: Ask, attack: str) -> None:
    message = everywhere(attack)
    script.say(message)
    script.say(message)
    row = {"id": attack, "says": attack, "lines": [attack], "current": attack}
    place = {**message["citations"][0], "binds": attack, "oddities": [row], "neighbours": [row]}
    script.citations.append((200, {**place, "passage": [{"line": attack, "text": attack}]}))
    ask(attack)
    expect(page.locator(".bot .bubble")).to_have_count(1)
    page.locator(".choice").click()
    expect(page.locator(".bot .bubble")).to_have_count(2)
    page.locator(".citations .cite").last.click()
    expect(page.locator(".passage")).to_contain_text(attack)
    assert_only_text(page, attack)
    page.reload()
    expect(page.locator(".bot .bubble")).to_have_count(2)
    assert_only_text(page, attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_the_stored_talk_is_text(watch: Watch, script: Script, attack: str) -> None:
    page = watch.open(script.url)
    person = {"by": "person", "text": attack, "value": attack, "failed": attack}
    talk = {"session": attack, "turns": [person, {"by": "bot", "messages": [everywhere(attack)], "forgot": attack}]}
    page.evaluate("talk => sessionStorage.setItem('rabiab.talk', talk)", json.dumps(talk))
    page.reload()
    expect(page.locator(".bot .bubble")).to_be_visible()
    assert_only_text(page, attack)


WRONG_MESSAGES = [None, 7, {"text": 7, "citations": {}, "choices": "x", "verdict": []}]
BROKEN = [
    "",
    "{",
    "null",
    "7",
    "[]",
    '{"turns": 7}',
    '{"turns": [null, 7, "x", {}, {"by": "bot", "messages": 7}]}',
    json.dumps({"session": 7, "turns": [{"by": "bot", "messages": WRONG_MESSAGES}]}),
]


@pytest.mark.parametrize("stored", BROKEN)
def test_a_broken_stored_talk_does_not_break_the_page(page: Page, script: Script, ask: Ask, stored: str) -> None:
    page.evaluate("stored => sessionStorage.setItem('rabiab.talk', stored)", stored)
    page.reload()
    script.say({"text": "ยังตอบอยู่"})
    ask("ถาม")
    expect(page.get_by_text("ยังตอบอยู่")).to_be_visible()
    assert script.received[0]["session"] is None


def test_a_careless_reply_does_not_break_the_page(page: Page, script: Script, ask: Ask) -> None:
    required = {"value": 3, "unit": "ปี"}
    criteria = [{"status": "constructor", "given": False, "required": required, "citation": None}, None]
    careless = {
        "status": "__proto__",
        "text": None,
        "citations": [{}, None],
        "verdict": {"decision": "toString", "criteria": criteria},
        "choices": [{}],
        "notes": [None, 5],
        "more": 7,
    }
    script.say(careless, {"text": "ข้อความที่สอง"})
    ask("ถาม")
    expect(page.get_by_text("ข้อความที่สอง")).to_be_visible()
    page.locator(".reasons summary").click()
    expect(page.locator(".reasons")).to_contain_text("3 ปี")
