"""A regulation nobody has seen, written in YAML only, is answered over the contract after training."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

MADE_UP = Path(__file__).resolve().parent.parent / "fixtures" / "made_up"
pytestmark = pytest.mark.bot


@pytest.fixture(scope="module")
def url(
    start_bot: Callable[..., AbstractContextManager[Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A bot that knows the made-up regulation alone, from a temporary folder, with a model of its own."""
    folder = tmp_path_factory.mktemp("made_up")
    shutil.copytree(MADE_UP, folder, dirs_exist_ok=True)
    with start_bot(
        RABIAB_KNOWLEDGE=str(folder / "knowledge"),
        RABIAB_RULES=str(folder / "rules"),
        RABIAB_MODELS=str(folder / "models"),
    ) as bot:
        yield bot.url


def ask(url: str, *turns: str) -> list[dict[str, Any]]:
    """The messages of the last turn of one talk."""
    session, messages = None, []
    for text in turns:
        reply = httpx.post(f"{url}/api/chat", json={"session": session, "text": text}, timeout=30).json()
        session, messages = reply["session"], reply["messages"]
    return list(messages)


def lines(messages: list[dict[str, Any]]) -> list[list[int]]:
    return [citation["lines"] for message in messages for citation in message["citations"]]


def test_a_provision(url: str) -> None:
    told = ask(url, "บัตรสมาชิกห้องสมุดใช้ได้นานกี่ปี")
    assert "3 ปี" in told[-1]["text"]
    assert [6, 6] in lines(told)


def test_a_silent_cell(url: str) -> None:
    told = ask(url, "ค่าธรรมเนียมทำบัตรสมาชิกห้องสมุดกี่บาท")
    assert told[-1]["status"] == "not_covered"
    assert "ไม่ได้ระบุค่าธรรมเนียม" in told[-1]["text"]


def test_a_decision_told_at_once(url: str) -> None:
    told = ask(url, "อายุ 6 ปี อยู่ในหมู่บ้านมา 2 ปี ขอทำบัตรห้องสมุดได้ไหม")
    assert told[-1]["verdict"]["decision"] == "not_eligible"
    assert [3, 3] in lines(told)


def test_a_decision_turn_by_turn(url: str) -> None:
    told = ask(url, "อยากขอทำบัตรสมาชิกห้องสมุดได้ไหม", "8 ปี", "3 เดือน", "ใช่")
    assert told[-1]["verdict"]["decision"] == "eligible"
    assert "1 กุมภาพันธ์ 2570" in told[-1]["text"], "the calendar that follows"


def test_a_gap_of_a_table(url: str) -> None:
    told = ask(url, "อายุ 13 ปี ยืมหนังสือห้องสมุดได้กี่เล่ม")
    assert told[-1]["verdict"]["decision"] == "silent"
    assert "13-14" in told[-1]["text"]


def test_a_formula(url: str) -> None:
    told = ask(url, "คืนหนังสือห้องสมุดช้าไป 3 วัน จำนวน 2 เล่ม ค่าปรับหนังสือเท่าไหร่")
    assert told[-1]["verdict"]["value"]["outputs"][0]["value"] == "12"


def test_a_procedure(url: str) -> None:
    told = ask(url, "ขั้นตอนการยืมหนังสือห้องสมุดเป็นอย่างไร")
    assert "แสดงบัตร" in told[-1]["text"]
    assert [18, 18] in lines(told)


def test_the_other_regulations_are_not_known(url: str) -> None:
    assert ask(url, "เงินวิทยฐานะเชี่ยวชาญเดือนละกี่บาท")[-1]["status"] in ("not_covered", "clarify")
