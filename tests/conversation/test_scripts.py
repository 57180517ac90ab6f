"""Scripted conversations over POST /api/chat: each turn asserts what a person would rely on.

Keys of a turn: `say`, `tap` (a choice by label instead of typing), `status` (of the last message), `decision`,
`text` and `not_text` (in any message of the turn), `lines` (each must be cited), `choices` (labels that must be
offered), `missing`, `unmet`, `met` (criteria ids), `asks` (words of the question). Unknown keys fail.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

SCRIPTS = sorted(Path(__file__).parent.glob("*.yml"))
KEYS = {
    "say", "tap", "status", "decision", "text", "not_text", "lines", "choices", "missing", "unmet", "met", "asks",
    "value",
}  # fmt: skip


def _conversations() -> list[Any]:
    found = []
    for path in SCRIPTS:
        for script in yaml.safe_load(path.read_text(encoding="utf-8")):
            found.append(pytest.param(script, id=f"{path.stem}: {script['name']}"))
    return found


@pytest.mark.bot
@pytest.mark.parametrize("script", _conversations())
def test_conversation(script: dict[str, Any], bot_url: str) -> None:
    session: str | None = None
    last: list[dict[str, Any]] = []
    with httpx.Client(base_url=bot_url, timeout=30) as client:
        for turn in script["turns"]:
            assert not set(turn) - KEYS, f"unknown keys {set(turn) - KEYS}"
            reply = client.post("/api/chat", json={"session": session, "text": _text(turn, last)})
            assert reply.status_code == 200, reply.text
            session, last = reply.json()["session"], reply.json()["messages"]
            _check(turn, last)


def _text(turn: dict[str, Any], last: list[dict[str, Any]]) -> str:
    if "tap" not in turn:
        return str(turn["say"])
    offered = {choice["label"]: choice["value"] for message in last for choice in message["choices"]}
    assert turn["tap"] in offered, f"no choice {turn['tap']!r} among {list(offered)}"
    return offered[turn["tap"]]


def _check(turn: dict[str, Any], messages: list[dict[str, Any]]) -> None:
    shown = "\n".join(message["text"] for message in messages)
    last = messages[-1]
    cited = [(c["lines"][0], c["lines"][1]) for message in messages for c in message["citations"]]
    verdicts = [message["verdict"] for message in messages if message["verdict"]]
    if "status" in turn:
        assert last["status"] == turn["status"], shown
    for words in turn.get("text", []):
        assert words in shown, f"{words!r} not in:\n{shown}"
    for words in turn.get("not_text", []):
        assert words not in shown, f"{words!r} in:\n{shown}"
    for first, end in turn.get("lines", []):
        assert any(a <= first and end <= b for a, b in cited), f"[{first}-{end}] not cited: {cited}\n{shown}"
    offered = [choice["label"] for message in messages for choice in message["choices"]]
    for label in turn.get("choices", []):
        assert label in offered, f"{label!r} not offered: {offered}"
    if "decision" in turn:
        assert verdicts, f"no verdict:\n{shown}"
        assert verdicts[-1]["decision"] == turn["decision"], shown
    for status in ("met", "unmet"):
        if status in turn:
            criteria = [c["id"] for c in verdicts[-1]["criteria"] if c["status"] == status]
            assert criteria == turn[status], shown
    if "missing" in turn:
        assert verdicts[-1]["missing"] == turn["missing"], shown
    for words in turn.get("asks", []):
        assert last["status"] == "question" and words in last["text"], shown
    if "value" in turn:
        outputs = {o["id"]: o["value"] for o in verdicts[-1]["value"]["outputs"]}
        assert outputs == turn["value"], shown
    for message in messages:
        if message["status"] in ("answer", "verdict"):
            assert message["citations"], f"an answer without a source: {message['text']}"
            assert "ที่มา:" in message["text"]
