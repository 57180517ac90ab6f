"""/health, the page, its headers and /api/citation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from gateway.behind import MADE_UP, Behind
from starlette.responses import JSONResponse

from knowledge.loader import load_knowledge

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def test_health_is_ok_when_a_question_would_be_answered(gateway: httpx.Client) -> None:
    response = gateway.get("/health")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_health_fails_while_the_action_server_is_down(gateway: httpx.Client, behind: Behind) -> None:
    behind.actions_up = False
    response = gateway.get("/health")
    assert response.status_code == 503
    assert "action server" in response.json()["error"]["message"]


def test_health_fails_while_rasa_is_down(start_gateway: Callable[..., httpx.Client]) -> None:
    response = start_gateway(rasa_url="http://127.0.0.1:9").get("/health")
    assert response.status_code == 503
    assert "Rasa" in response.json()["error"]["message"]


def test_health_fails_while_rasa_has_no_model(gateway: httpx.Client, behind: Behind) -> None:
    behind.reply = lambda _body: JSONResponse([])
    assert gateway.get("/health").status_code == 503
    behind.say({"text": "สวัสดีค่ะ", "status": "smalltalk"})
    assert gateway.get("/health").status_code == 200


def test_health_notices_that_the_bot_stopped_answering(gateway: httpx.Client, behind: Behind) -> None:
    assert gateway.get("/health").status_code == 200
    behind.reply = lambda _body: JSONResponse([])
    gateway.post("/api/chat", json={"text": "สวัสดี"})
    assert gateway.get("/health").status_code == 503


@pytest.mark.parametrize("path", ["/", "/index.html", "/chat.js", "/chat.css", "/none", "/api/citation"])
def test_every_response_carries_the_security_headers(gateway: httpx.Client, path: str) -> None:
    headers = gateway.get(path).headers
    assert headers["Content-Security-Policy"] == CSP
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_the_page_is_served(gateway: httpx.Client) -> None:
    response = gateway.get("/")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/html")
    assert 'lang="th"' in response.text
    assert gateway.get("/chat.js").headers["Content-Type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["/../gateway/app.py", "/%2e%2e/gateway/app.py", "/..%2f..%2fconfig.yml", "/.env"])
def test_nothing_outside_the_page_is_served(gateway: httpx.Client, path: str) -> None:
    response = gateway.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "http_404"


def test_what_the_api_says_is_not_cached(gateway: httpx.Client) -> None:
    assert gateway.post("/api/chat", json={"text": "สวัสดี"}).headers["Cache-Control"] == "no-store"


def test_a_crash_shows_nothing_of_itself(gateway: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_arguments: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("bot.gateway.places.Places.describe", crash)
    response = gateway.get("/api/citation", params={"document": "village-library", "first": 1, "last": 2})
    assert (response.status_code, response.json()["error"]["code"]) == (500, "internal")
    assert "secret" not in response.text
    assert response.headers["Content-Security-Policy"] == CSP


def test_the_session_key_is_for_its_owner_alone(gateway: httpx.Client, tmp_path: Path) -> None:
    gateway.post("/api/chat", json={"text": "สวัสดี"})
    key = tmp_path / "session.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_bytes()) == 32


def test_a_citation_shows_its_provision_and_the_ones_beside_it(gateway: httpx.Client) -> None:
    knowledge = load_knowledge(MADE_UP / "knowledge")
    provision = next(iter(knowledge.provisions.values()))
    first, last = provision.cite.lines
    place = gateway.get(
        "/api/citation", params={"document": provision.cite.document, "first": first, "last": last}
    ).json()
    assert place["title"] == knowledge.documents[str(provision.cite.document)].title
    assert place["section"]
    assert provision.id in [n["id"] for n in place["neighbours"] if n["current"]]
    lines = [n["lines"] for n in place["neighbours"]]
    assert lines == sorted(lines)
    assert place["passage"] is None


def test_a_citation_shows_the_oddities_there(gateway: httpx.Client) -> None:
    knowledge = load_knowledge(MADE_UP / "knowledge")
    oddity = next(iter(knowledge.oddities.values()))
    first, last = oddity.cite.lines
    place = gateway.get("/api/citation", params={"document": oddity.cite.document, "first": first, "last": last}).json()
    assert oddity.says in [o["says"] for o in place["oddities"]]


def test_a_citation_shows_the_passage_where_the_document_was_imported(gateway: httpx.Client, tmp_path: Path) -> None:
    (document,) = load_knowledge(MADE_UP / "knowledge").documents.values()
    text = (MADE_UP / "sources" / document.source.file).read_text(encoding="utf-8")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / document.source.file).write_text(text, encoding="utf-8")
    place = gateway.get("/api/citation", params={"document": document.document, "first": 2, "last": 4}).json()
    assert place["passage"] == [{"line": n, "text": text.split("\n")[n - 1]} for n in (2, 3, 4)]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"document": "village-library"},
        {"document": "village-library", "first": "a", "last": "2"},
        {"document": "village-library", "first": "3", "last": "2"},
        {"document": "village-library", "first": "0", "last": "2"},
        {"document": "../../etc/passwd", "first": "1", "last": "2"},
    ],
)
def test_a_place_that_is_not_there_is_told(gateway: httpx.Client, query: dict[str, str]) -> None:
    response = gateway.get("/api/citation", params=query)
    assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")
