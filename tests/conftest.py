"""What tests of all kinds share: the sources, and one running bot."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-20"  # the bot's date in tests
PATIENCE = 240  # seconds until a bot must be ready, training included


@dataclass
class RunningBot:
    """A bot that answers at `url`; its supervisor writes to `output`."""

    url: str
    supervisor: subprocess.Popen[bytes]
    output: Path
    var: Path


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of the source documents: RABIAB_SOURCES, or ../shared/sources beside the repository."""
    folder = Path(os.environ.get("RABIAB_SOURCES") or ROOT.parent / "shared" / "sources")
    if not folder.is_dir():
        pytest.skip("the source documents are not here (RABIAB_SOURCES)")
    return folder


@pytest.fixture(scope="session")
def start_bot(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., AbstractContextManager[RunningBot]]:
    """`with start_bot(VARIABLE="value") as bot:` runs the three processes on free ports, in a folder of its own."""

    @contextlib.contextmanager
    def start(**environment: str) -> Iterator[RunningBot]:
        var = tmp_path_factory.mktemp("var")
        bot = _spawn(var, environment)
        try:
            _wait_until_ready(bot)
            yield bot
        finally:
            if bot.supervisor.poll() is None:
                bot.supervisor.send_signal(signal.SIGTERM)
            try:
                bot.supervisor.wait(30)
            finally:
                bot.supervisor.kill()

    return start


@pytest.fixture(scope="session")
def bot(start_bot: Callable[..., AbstractContextManager[RunningBot]]) -> Iterator[RunningBot]:
    """One bot over the tree's knowledge, shared by all tests of a run."""
    with start_bot() as running:
        yield running
        assert running.supervisor.poll() is None, f"the bot ended:\n{running.output.read_text(encoding='utf-8')}"


@pytest.fixture(scope="session")
def bot_url(bot: RunningBot) -> str:
    """Base URL of the shared bot, without a slash at its end."""
    return bot.url


def free_port() -> int:
    """A port that nobody listens on now."""
    from bot.run.ports import free_port

    return free_port()


def _spawn(var: Path, environment: dict[str, str]) -> RunningBot:
    port = free_port()
    settings = {"RABIAB_TODAY": TODAY, "RABIAB_RATE": "10000", "RABIAB_BURST": "10000", **environment}
    output = var / "output.txt"
    with output.open("wb") as file:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "bot.run"],
            cwd=ROOT,
            env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "RABIAB_VAR": str(var), **settings},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    return RunningBot(f"http://127.0.0.1:{port}", supervisor, output, var)


def _wait_until_ready(bot: RunningBot) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        said = bot.output.read_text(encoding="utf-8", errors="replace")
        assert bot.supervisor.poll() is None, f"the bot did not start:\n{said}"
        assert time.monotonic() < deadline, f"the bot is not ready after {PATIENCE} s:\n{said}"
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{bot.url}/health", timeout=10, trust_env=False).status_code == 200:
                return
        time.sleep(0.3)
