"""A small server behind the page that answers what a test tells it to."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.gateway.headers import SecurityHeaders

WEB = Path(__file__).resolve().parents[2] / "bot" / "web"
MESSAGE = {"text": "", "status": "answer", "citations": [], "verdict": None, "choices": [], "notes": [], "more": None}


@dataclass
class Script:
    """What the scripted server answers, in turn, and what it was sent."""

    url: str
    replies: list[tuple[int, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    citations: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    def say(self, *messages: dict[str, Any], session: str = "s1") -> None:
        """Answer the next question with these messages, unnamed fields filled in."""
        body = {"session": session, "messages": [{**MESSAGE, **message} for message in messages]}
        self.replies.append((200, body, {}))

    def fail(self, status: int, **headers: str) -> None:
        """Answer the next question with an error of the contract."""
        error = {"error": {"code": "failed", "message": "ล้มเหลว / failed"}}
        self.replies.append((status, error, {name.replace("_", "-"): value for name, value in headers.items()}))

    async def chat(self, request: Request) -> Response:
        self.received.append(await request.json())
        while not self.gate.is_set():
            await asyncio.sleep(0.02)
        status, body, headers = self.replies.pop(0)
        return JSONResponse(body, status, headers)

    async def citation(self, request: Request) -> Response:
        self.asked.append(dict(request.query_params))
        status, body = self.citations.pop(0)
        return JSONResponse(body, status)


class Stage:
    """Where the running test puts its script; the server outlives the tests."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.script = Script(url)

    async def chat(self, request: Request) -> Response:
        return await self.script.chat(request)

    async def citation(self, request: Request) -> Response:
        return await self.script.citation(request)

    def application(self) -> Starlette:
        """The page and its two endpoints, under the headers of the gateway."""
        routes = [
            Route("/api/chat", self.chat, methods=["POST"]),
            Route("/api/citation", self.citation),
            Mount("/", StaticFiles(directory=WEB, html=True)),
        ]
        return Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)])


@contextlib.contextmanager
def serve() -> Iterator[Stage]:
    """Runs the server on a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    stage = Stage(f"http://127.0.0.1:{listener.getsockname()[1]}/")
    server = uvicorn.Server(uvicorn.Config(stage.application(), log_level="warning", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the scripted server did not start"
        time.sleep(0.02)
    yield stage
    server.should_exit = True
    thread.join(10)
