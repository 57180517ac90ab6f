"""A real gateway over HTTP, with a scripted Rasa and action server behind it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from gateway.behind import MADE_UP, Behind
from starlette.types import ASGIApp

from bot.gateway.app import create_app
from bot.gateway.config import Config


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[ASGIApp], str]]:
    """Serves an application on loopback and returns its URL; all end with the run."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(app: ASGIApp) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        running.append((server, thread))
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for server, _ in running:
        server.should_exit = server.force_exit = True
    for _, thread in running:
        thread.join(10)


@pytest.fixture(scope="session")
def _behind(serve: Callable[[ASGIApp], str]) -> Behind:
    behind = Behind()
    behind.url = serve(behind.app())
    return behind


@pytest.fixture
def behind(_behind: Behind) -> Behind:
    """The scripted servers, answering with small talk."""
    _behind.reset()
    return _behind


@pytest.fixture
def start_gateway(
    serve: Callable[[ASGIApp], str], behind: Behind, tmp_path: Path
) -> Iterator[Callable[..., httpx.Client]]:
    """Starts a gateway with these settings and returns a client of it."""
    clients: list[httpx.Client] = []

    def start(**settings: Any) -> httpx.Client:
        defaults = {"rasa_url": behind.url, "actions_url": behind.url, "var": tmp_path}
        url = serve(create_app(Config(**{**defaults, "knowledge": MADE_UP / "knowledge", **settings})))
        clients.append(httpx.Client(base_url=url, trust_env=False, timeout=20))
        return clients[-1]

    yield start
    for client in clients:
        client.close()


@pytest.fixture
def gateway(start_gateway: Callable[..., httpx.Client]) -> httpx.Client:
    """A fresh gateway with generous limits."""
    return start_gateway()
