"""POST /api/chat, to the letter of the HTTP contract."""

from __future__ import annotations

import concurrent.futures
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from gateway.behind import MESSAGE, Behind
from starlette.responses import JSONResponse, PlainTextResponse, Response

JSON = {"Content-Type": "application/json"}
CITATION = {"document": "village-library", "title": "ข้อบังคับ", "section": "ข้อ 1", "lines": [3, 4], "quote": None}
ANSWER = {"text": "เปิด 6 นาฬิกา", "status": "answer", "citations": [CITATION]}


def chat(client: httpx.Client, text: Any, session: Any = None) -> httpx.Response:
    return client.post("/api/chat", json={"session": session, "text": text})


def assert_error(response: httpx.Response, status: int, code: str) -> None:
    """An error of the contract: a code, and a message in Thai and English."""
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    thai, _, english = response.json()["error"]["message"].partition(" / ")
    assert any("ก" <= letter <= "๙" for letter in thai)
    assert english.isascii() and english
    assert "Traceback" not in response.text


def test_a_message_has_every_field_of_the_contract(gateway: httpx.Client) -> None:
    response = chat(gateway, "สวัสดี")
    assert response.status_code == 200
    assert response.json()["messages"] == [{**MESSAGE, "citations": [], "verdict": None, "choices": [], "notes": []}]


def test_fields_beyond_the_contract_pass(gateway: httpx.Client, behind: Behind) -> None:
    behind.say({**ANSWER, "more": "อื่น ๆ", "citations": [{**CITATION, "page": 3}]})
    message = chat(gateway, "เปิดกี่โมง").json()["messages"][0]
    assert message["more"] == "อื่น ๆ"
    assert message["citations"][0] == {**CITATION, "page": 3}


def test_messages_keep_their_order(gateway: httpx.Client, behind: Behind) -> None:
    behind.say(ANSWER, MESSAGE)
    assert [m["status"] for m in chat(gateway, "เปิดกี่โมง").json()["messages"]] == ["answer", "smalltalk"]


def test_no_session_starts_a_conversation_and_its_id_continues_it(gateway: httpx.Client, behind: Behind) -> None:
    session = chat(gateway, "หนึ่ง").json()["session"]
    assert chat(gateway, "สอง", session).json()["session"] == session
    first, second = behind.received
    assert first["sender"] == second["sender"]
    assert session not in first["sender"]


def test_the_session_may_be_left_out(gateway: httpx.Client) -> None:
    assert gateway.post("/api/chat", json={"text": "สวัสดี"}).status_code == 200


@pytest.mark.parametrize("session", ["", "default", "x" * 43, "ก" * 20, "a" * 900, "../etc", "null"])
def test_an_id_that_was_not_issued_starts_a_new_conversation(
    gateway: httpx.Client, behind: Behind, session: str
) -> None:
    issued = chat(gateway, "สวัสดี", session).json()["session"]
    assert issued != session
    assert chat(gateway, "สวัสดี", issued).json()["session"] == issued


def test_a_changed_id_is_not_taken(gateway: httpx.Client) -> None:
    session = chat(gateway, "สวัสดี").json()["session"]
    for place in (0, 20, 30):
        other = "A" if session[place] != "A" else "B"
        assert chat(gateway, "สวัสดี", session[:place] + other + session[place + 1 :]).json()["session"] != session


def test_ids_outlive_a_restart_of_the_gateway(start_gateway: Callable[..., httpx.Client]) -> None:
    session = chat(start_gateway(), "สวัสดี").json()["session"]
    assert chat(start_gateway(), "สวัสดี", session).json()["session"] == session


@pytest.mark.parametrize("text", ["/restart", " /session_start", "\u2060/restart", "/", "//"])
def test_a_slash_is_no_command_for_rasa(gateway: httpx.Client, behind: Behind, text: str) -> None:
    from bot.rest_text import unescape

    chat(gateway, text)
    sent = behind.received[0]["message"]
    assert not sent.strip().startswith("/")
    assert unescape(sent) == text


def test_the_client_cannot_choose_rasas_fields(gateway: httpx.Client, behind: Behind) -> None:
    body = {"text": "สวัสดี", "sender": "someone", "metadata": {"a": 1}, "input_channel": "callback"}
    assert gateway.post("/api/chat", json=body).status_code == 200
    assert set(behind.received[0]) == {"sender", "message"}
    assert behind.received[0]["sender"] != "someone"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"text", "สวัสดี".encode("cp874"), '{"text": "a"}'.encode("utf-16"), b'{"text": "\xff"}'],
)
def test_what_is_no_json_is_refused(gateway: httpx.Client, body: bytes) -> None:
    response = gateway.post("/api/chat", content=body, headers=JSON)
    assert_error(response, 400, "malformed_json")


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        None,
        "text",
        {"text": None},
        {"text": 1},
        {"text": True},
        {"text": ["a"]},
        {"text": ""},
        {"session": True, "text": "a"},
        {"session": 5, "text": "a"},
        {"session": {}, "text": "a"},
    ],
)
def test_a_wrong_type_is_refused(gateway: httpx.Client, behind: Behind, body: Any) -> None:
    response = gateway.post("/api/chat", content=json.dumps(body), headers=JSON)
    assert_error(response, 400, "wrong_type")
    assert not behind.received


@pytest.mark.parametrize("body", [b'{"text": "\\ud83d"}', b'{"text": "a", "x": ' + b"[" * 9000, b"[" * 9000])
def test_half_a_character_and_a_bottomless_body_are_refused(gateway: httpx.Client, body: bytes) -> None:
    assert gateway.post("/api/chat", content=body, headers=JSON).status_code == 400


def test_a_thousand_characters_are_taken_and_one_more_is_not(gateway: httpx.Client) -> None:
    assert chat(gateway, "ก" * 1000).status_code == 200
    assert_error(chat(gateway, "ก" * 1001), 413, "too_long")


def test_a_big_body_is_refused(gateway: httpx.Client, behind: Behind) -> None:
    assert_error(gateway.post("/api/chat", json={"text": "ก", "more": "x" * 20_000}), 413, "too_long")

    def chunks() -> Any:
        yield b'{"text": "a", "more": "'
        for _ in range(40):
            yield b"x" * 1000

    response = gateway.post("/api/chat", content=chunks(), headers=JSON)
    assert_error(response, 413, "too_long")
    assert not behind.received


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
def test_what_is_not_sent_as_json_is_refused(gateway: httpx.Client, kind: str) -> None:
    response = gateway.post("/api/chat", content=b'{"text": "a"}', headers={"Content-Type": kind})
    assert_error(response, 415, "not_json")


def test_json_with_a_charset_is_taken(gateway: httpx.Client) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert gateway.post("/api/chat", content='{"text": "ก"}'.encode(), headers=headers).status_code == 200


def test_too_fast_is_told_with_the_time_to_wait(start_gateway: Callable[..., httpx.Client]) -> None:
    client = start_gateway(rate=0.5, burst=4)
    answers = [chat(client, "สวัสดี") for _ in range(6)]
    assert [a.status_code for a in answers] == [200, 200, 200, 200, 429, 429]
    assert_error(answers[-1], 429, "too_fast")
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 4


def test_one_conversation_has_a_limit_of_its_own(start_gateway: Callable[..., httpx.Client]) -> None:
    client = start_gateway(rate=0.1, burst=8)
    session = chat(client, "สวัสดี").json()["session"]
    again = [chat(client, "สวัสดี", session) for _ in range(4)]
    assert [a.status_code for a in again] == [200, 200, 200, 429]
    assert chat(client, "สวัสดี").status_code == 200


def test_a_conversation_is_answered_one_at_a_time(gateway: httpx.Client, behind: Behind) -> None:
    session = chat(gateway, "เริ่ม").json()["session"]
    behind.delay, behind.most_at_once = 0.1, 0
    with concurrent.futures.ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda n: chat(gateway, str(n), session), range(5)))
    assert [a.status_code for a in answers] == [200] * 5
    assert behind.most_at_once == 1


def test_conversations_do_not_wait_for_each_other(gateway: httpx.Client, behind: Behind) -> None:
    behind.delay = 0.2
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: chat(gateway, str(n)), range(4)))
    assert behind.most_at_once > 1


def test_a_conversation_has_a_short_queue(gateway: httpx.Client, behind: Behind) -> None:
    session = chat(gateway, "เริ่ม").json()["session"]
    behind.delay = 0.2
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: chat(gateway, str(n), session), range(16)))
    refused = [a for a in answers if a.status_code != 200]
    assert refused
    for answer in refused:
        assert_error(answer, 429, "too_fast")


@pytest.mark.parametrize(
    "reply",
    [
        JSONResponse([]),
        JSONResponse([{"text": "no custom"}]),
        JSONResponse([{"custom": {}}]),
        JSONResponse([{"custom": {"messages": []}}]),
        JSONResponse([{"custom": {"messages": [{"text": "", "status": "smalltalk"}]}}]),
        JSONResponse([{"custom": {"messages": [{"text": "ก", "status": "cheerful"}]}}]),
        JSONResponse([{"custom": {"messages": [{"text": "ไม่มีที่มา", "status": "answer"}]}}]),
        JSONResponse([{"custom": {"messages": [{**ANSWER, "citations": [{**CITATION, "lines": "3-4"}]}]}}]),
        JSONResponse({"error": "Traceback (most recent call last)"}, 500),
        PlainTextResponse("Traceback (most recent call last)"),
        PlainTextResponse(""),
    ],
)
def test_a_failure_behind_becomes_a_thai_sentence(gateway: httpx.Client, behind: Behind, reply: Response) -> None:
    behind.reply = lambda _body: reply
    response = chat(gateway, "สวัสดี")
    assert response.status_code == 200
    (message,) = response.json()["messages"]
    assert message["status"] == "error"
    assert "ลองพิมพ์ใหม่" in message["text"]
    assert "Traceback" not in response.text


def test_rasa_down_is_not_ready(start_gateway: Callable[..., httpx.Client]) -> None:
    client = start_gateway(rasa_url="http://127.0.0.1:9")
    assert_error(chat(client, "สวัสดี"), 503, "not_ready")


def test_an_answer_that_takes_too_long_is_not_ready(
    start_gateway: Callable[..., httpx.Client], behind: Behind
) -> None:
    behind.delay = 3
    assert_error(chat(start_gateway(timeout=0.3), "สวัสดี"), 503, "not_ready")


def test_only_post_is_taken(gateway: httpx.Client) -> None:
    assert_error(gateway.get("/api/chat"), 405, "http_405")
