"""A scripted Rasa and action server, to stand behind a real gateway."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

MADE_UP = Path(__file__).parent.parent / "fixtures" / "made_up"
MESSAGE = {"text": "สวัสดีค่ะ", "status": "smalltalk"}


@dataclass
class Behind:
    """What stands behind the gateway: what it answers, and what it was sent."""

    url: str = ""
    reply: Callable[[dict[str, Any]], Response] | None = None
    delay: float = 0.0
    actions_up: bool = True
    received: list[dict[str, Any]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def say(self, *messages: dict[str, Any]) -> None:
        """Answer with these messages."""
        self.reply = lambda body: JSONResponse([{"recipient_id": body["sender"], "custom": {"messages": messages}}])

    async def webhook(self, request: Request) -> Response:
        body = await request.json()
        self.received.append(body)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self.delay)
        self.at_once -= 1
        assert self.reply is not None
        return self.reply(body)

    async def rest_health(self, _request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def actions_health(self, _request: Request) -> Response:
        return JSONResponse({"status": "ok"}, 200 if self.actions_up else 500)

    def app(self) -> Starlette:
        """The application of both servers."""
        return Starlette(
            routes=[
                Route("/webhooks/rest/webhook", self.webhook, methods=["POST"]),
                Route("/webhooks/rest/", self.rest_health),
                Route("/health", self.actions_health),
            ]
        )


    def reset(self) -> None:
        """As it was at first: up, and answering with small talk."""
        self.delay, self.actions_up, self.at_once, self.most_at_once = 0.0, True, 0, 0
        self.received.clear()
        self.say(MESSAGE)
