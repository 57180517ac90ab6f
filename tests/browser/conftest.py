"""Fixtures: a real Chromium, the scripted server, a watched page, and made-up messages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser.scripted_server import MESSAGE, Script, Stage, serve
from browser.watch import Watch
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """The scripted server that the tests share."""
    with serve() as stage:
        yield stage


@pytest.fixture
def script(stage: Stage) -> Iterator[Script]:
    """The scripted server, answering nothing yet. Clear `gate` to keep answers back."""
    stage.script = script = Script(stage.url)
    script.gate.set()
    yield script
    script.gate.set()


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    """Starts Debian's Chromium with a fresh profile and further arguments."""
    executable = shutil.which("chromium")
    if executable is None and os.environ.get("RABIAB_BROWSER") == "required":
        pytest.fail("chromium is required here (RABIAB_BROWSER) and not installed")
    if executable is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium
        yield lambda *more: chromium.launch(executable_path=executable, args=[*CHROMIUM_ARGS, *more])


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Iterator[Browser]:
    """The Chromium that the tests share."""
    with launch() as browser:
        yield browser


@pytest.fixture
def watch(browser: Browser, script: Script) -> Iterator[Watch]:
    """Opens pages of the scripted server; on leaving, none may have asked elsewhere or broken the policy."""
    watch = Watch(browser)
    yield watch
    watch.close(urlsplit(script.url).netloc)


@pytest.fixture
def page(watch: Watch, script: Script) -> Page:
    """The chat page at phone width."""
    return watch.open(script.url)


@pytest.fixture
def ask(page: Page) -> Callable[[str], None]:
    """Types a question into the page and sends it by Enter."""

    def send(text: str) -> None:
        page.get_by_label("คำถามของคุณ").fill(text)
        page.keyboard.press("Enter")

    return send


@pytest.fixture
def citation() -> dict[str, Any]:
    """A citation of a made-up document."""
    return {"document": "made-up", "title": "ประกาศสมมติ", "section": "ข้อ 2", "lines": [4, 5], "quote": "ไม่น้อยกว่าสามปี"}


@pytest.fixture
def verdict(citation: dict[str, Any]) -> dict[str, Any]:
    """A message that fills every field of the contract."""
    rows = [
        {"status": "met", "given": "5 ปี", "required": "อย่างน้อย 3 ปี"},
        {"status": "unmet", "given": "2 ครั้ง", "required": "ไม่เกิน 1 ครั้ง"},
        {"status": "unknown", "given": None, "required": "ถึงขั้นต่ำ"},
    ]
    criteria = [{"id": f"c{n}", "label": f"เงื่อนไขที่ {n}", "citation": citation, **row} for n, row in enumerate(rows, 1)]
    decided = {"rule": "made.up", "decision": "not_eligible", "criteria": criteria, "missing": ["c3"], "value": None}
    return {
        **MESSAGE,
        "text": "ยังยื่นไม่ได้ค่ะ เพราะลาเกินกำหนด\nที่มา: ประกาศสมมติ ข้อ 2",
        "status": "verdict",
        "verdict": decided,
        "citations": [citation] * 5,
        "choices": [{"label": "ทำอย่างไรให้เข้าเกณฑ์", "value": "road"}, {"label": "ไม่ทราบ", "value": "unknown"}],
        "notes": ["ข้อ 3 พิมพ์ตัวเลขสองค่าไว้ในช่องเดียวกัน"],
        "more": "รายละเอียดบรรทัดหนึ่ง\nรายละเอียดบรรทัดสอง",
    }


@pytest.fixture
def place(citation: dict[str, Any]) -> dict[str, Any]:
    """What the server tells about that citation."""
    return {
        **citation,
        "binds": "หน่วยงานสมมติ",
        "oddities": [{"id": "o1", "says": "ตัวเลขในข้อนี้พิมพ์ไม่ชัด", "lines": [5, 5]}],
        "neighbours": [
            {"id": "n1", "says": "นับถึงวันยื่นคำขอ", "lines": [3, 3], "current": False},
            {"id": "n2", "says": "ต้องครบสามปี", "lines": [4, 5], "current": True},
        ],
        "passage": [{"line": 4, "text": "บรรทัดที่สี่ของเอกสาร"}, {"line": 5, "text": "บรรทัดที่ห้าของเอกสาร"}],
    }
