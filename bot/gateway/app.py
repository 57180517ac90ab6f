"""The public server: the page, /health, /api/chat, /api/citation."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import TypedDict

import httpx
import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.gateway import errors
from bot.gateway.config import MAX_BODY, MAX_TEXT, MAX_WAITING, SESSION_SHARE, Config
from bot.gateway.contract import ChatRequest
from bot.gateway.headers import SecurityHeaders
from bot.gateway.limits import Buckets
from bot.gateway.places import Places
from bot.gateway.rasa_client import RasaClient
from bot.gateway.sessions import Sessions, load_key
from bot.gateway.turns import Turns
from bot.settings import ROOT

PAGE = ROOT / "bot" / "web"


class State(TypedDict):
    """What the handlers share."""

    rasa: RasaClient
    sessions: Sessions
    places: Places
    turns: Turns
    by_address: Buckets
    by_session: Buckets


def create_app(config: Config) -> ASGIApp:
    """The ASGI application. Nothing is read or opened before it starts."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        pool = httpx.Limits(max_connections=64, max_keepalive_connections=32)
        async with httpx.AsyncClient(timeout=config.timeout, limits=pool, trust_env=False) as http:
            yield State(
                rasa=RasaClient(http, config.rasa_url, config.actions_url),
                sessions=Sessions(load_key(config.var / "session.key")),
                places=Places(config.knowledge, config.var / "sources"),
                turns=Turns(MAX_WAITING),
                by_address=Buckets(config.rate, config.burst),
                by_session=Buckets(config.rate * SESSION_SHARE, config.burst * SESSION_SHARE),
            )

    app = Starlette(
        routes=[
            Route("/health", health),
            Mount("/api", routes=[Route("/chat", chat, methods=["POST"]), Route("/citation", citation)]),
            Mount("/", StaticFiles(directory=PAGE, html=True)),
        ],
        exception_handlers={
            errors.ApiError: errors.on_api_error,
            HTTPException: errors.on_http_error,
            Exception: errors.on_crash,
        },
        lifespan=lifespan,
    )
    return SecurityHeaders(app)  # outermost, so that even the answer to a crash carries the headers


async def health(request: Request) -> JSONResponse:
    """200 only when a question would be answered."""
    await request.state.rasa.check()
    return JSONResponse({"status": "ok"})


async def chat(request: Request) -> JSONResponse:
    """One turn of a conversation."""
    state = request.state
    _limit(state.by_address, request.client.host if request.client else "unknown")
    asked = await _read_chat_request(request)
    session = state.sessions.recognise(asked.session) or state.sessions.issue()
    _limit(state.by_session, session)
    async with state.turns.turn(session):
        messages = await state.rasa.ask(state.sessions.sender(session), asked.text)
    return JSONResponse({"session": session, "messages": messages})


async def citation(request: Request) -> JSONResponse:
    """What stands at `document`, lines `first` to `last`."""
    _limit(request.state.by_address, request.client.host if request.client else "unknown")
    query = request.query_params
    try:
        lines = (int(query["first"]), int(query["last"]))
        document = query["document"]
    except (KeyError, ValueError) as error:
        raise errors.no_such_place() from error
    place = await run_in_threadpool(request.state.places.describe, document, lines)
    if place is None:
        raise errors.no_such_place()
    return JSONResponse(place)


def _limit(buckets: Buckets, key: str) -> None:
    wait = buckets.take(key)
    if wait:
        raise errors.too_fast(wait)


async def _read_chat_request(request: Request) -> ChatRequest:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise errors.not_json()
    body = await _read_body(request)
    try:
        body.decode("utf-8")
        asked = msgspec.json.decode(body, type=ChatRequest)
    except msgspec.ValidationError as error:
        raise errors.wrong_type(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise errors.malformed() from error
    if not asked.text:
        raise errors.wrong_type("text is empty")
    if len(asked.text) > MAX_TEXT:
        raise errors.too_long(MAX_TEXT)
    return asked


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise errors.too_long(MAX_TEXT)
    return bytes(body)
