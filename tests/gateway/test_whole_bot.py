"""The three processes together, over HTTP."""

from __future__ import annotations

import concurrent.futures
import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from bot.gateway.contract import Message
from knowledge.loader import load_knowledge

pytestmark = pytest.mark.bot
MADE_UP = Path(__file__).parent.parent / "fixtures" / "made_up"


class Talk:
    """A conversation with a bot."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=30, trust_env=False)
        self.session: str | None = None

    def say(self, text: str) -> list[dict[str, Any]]:
        """The messages to a text, checked against the contract."""
        response = self._http.post("/api/chat", json={"session": self.session, "text": text})
        assert response.status_code == 200, response.text
        body = response.json()
        self.session = body["session"]
        assert body["messages"]
        msgspec.convert(body["messages"], list[Message])
        return list(body["messages"])


def statuses(messages: list[dict[str, Any]]) -> set[str]:
    return {message["status"] for message in messages}


def test_a_greeting_is_answered(bot_url: str) -> None:
    assert statuses(Talk(bot_url).say("สวัสดีค่ะ")) == {"smalltalk"}


@pytest.mark.parametrize(
    "text",
    [
        *("/restart", "/session_start", '/act_ask{"a": 1}', "EXTERNAL: restart", "action_answer", "null"),
        *("   ", "\x00", "\u200b", "\u202eกลับหัว", "😀" * 400, "ก" * 1000, "๑" * 500),
        *("{{7*7}}", "' OR 1=1 --", "<script>alert(1)</script>"),
    ],
)
def test_any_text_is_answered_without_an_error(bot_url: str, text: str) -> None:
    talk = Talk(bot_url)
    assert "error" not in statuses(talk.say(text))
    assert statuses(talk.say("สวัสดี")) == {"smalltalk"}


def test_a_question_of_the_knowledge_is_answered_with_its_source(bot_url: str) -> None:
    knowledge = load_knowledge(asks=True)
    phrased = [p for p in knowledge.provisions.values() if knowledge.asks.get(p.id) and not p.silent and not p.rule]
    if not phrased:
        pytest.skip("the knowledge has no phrasings yet")
    provision = phrased[0]
    messages = Talk(bot_url).say(knowledge.asks[provision.id][0])
    cited = [c for m in messages for c in m["citations"]]
    assert (provision.cite.document, list(provision.cite.lines)) in [(c["document"], c["lines"]) for c in cited]


def test_conversations_do_not_mix(bot_url: str) -> None:
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        talks = [Talk(bot_url) for _ in range(8)]
        list(pool.map(lambda talk: [talk.say("สวัสดี") for _ in range(5)], talks))
    assert len({talk.session for talk in talks}) == 8


@pytest.mark.slow
def test_turn_200_costs_as_much_as_turn_2(bot_url: str) -> None:
    talk = Talk(bot_url)
    talk.say("สวัสดี")
    spent = []
    for _ in range(200):
        began = time.perf_counter()
        talk.say("ถามเรื่องวิทยฐานะ")
        spent.append(time.perf_counter() - began)
    assert statistics.median(spent[-25:]) <= 1.5 * statistics.median(spent[:25])


def test_what_was_typed_is_readable_by_the_operator_alone(bot: Any) -> None:
    Talk(bot.url).say("ความลับของฉัน")
    for path in (bot.var / "talks.db", bot.var / "session.key", *(bot.var / "log").iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path
    for log in (bot.var / "log").iterdir():
        assert "ความลับของฉัน" not in log.read_text(encoding="utf-8", errors="replace"), log


def test_a_new_regulation_is_yaml_only(
    start_bot: Callable[..., AbstractContextManager[Any]], tmp_path: Path
) -> None:
    """A made-up regulation, and nothing else changed, is trained, asked about and cited."""
    knowledge = load_knowledge(MADE_UP / "knowledge", asks=True)
    provision = next(p for p in knowledge.provisions.values() if knowledge.asks.get(p.id) and not p.silent)
    folders = {"RABIAB_KNOWLEDGE": str(MADE_UP / "knowledge"), "RABIAB_RULES": str(MADE_UP / "rules")}
    with start_bot(**folders, RABIAB_MODELS=str(tmp_path / "models")) as bot:
        messages = Talk(bot.url).say(knowledge.asks[provision.id][0])
    assert [c["document"] for m in messages for c in m["citations"]]
    assert {c["document"] for m in messages for c in m["citations"]} == {provision.cite.document}
