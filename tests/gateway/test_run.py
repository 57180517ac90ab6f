"""The supervisor: one clear sentence for what is in the way, and nothing left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.run.say import Stop
from bot.run.supervisor import Supervisor
from bot.run.train import ensure_model

ROOT = Path(__file__).resolve().parents[2]
StartBot = Callable[..., AbstractContextManager[Any]]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.run", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def assert_one_sentence(done: subprocess.CompletedProcess[str]) -> None:
    """Ended with a failure and one line, Thai and English, no traceback."""
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert " / " in line
    assert "make run PORT=" in line


def test_a_busy_port_is_told_with_the_mend() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(PORT=str(port), HOST="127.0.0.1")
    assert_one_sentence(done)
    assert str(port) in done.stderr


@pytest.mark.parametrize("port", ["http", "70000", "-1"])
def test_a_wrong_port_is_told_with_the_mend(port: str) -> None:
    assert_one_sentence(run(PORT=port))


def test_broken_knowledge_is_told_with_its_place(tmp_path: Path) -> None:
    documents = tmp_path / "knowledge" / "documents" / "broken"
    documents.mkdir(parents=True)
    (tmp_path / "knowledge" / "vocabulary").mkdir()
    (tmp_path / "knowledge" / "vocabulary" / "aspects.yml").write_text("aspects: []\n")
    (documents / "document.yml").write_text("document: broken\nsurprise: 1\n")
    folders = {name: str(tmp_path / name.lower()) for name in ("KNOWLEDGE", "RULES", "MODELS", "VAR")}
    done = run("--", "true", **{f"RABIAB_{name}": folder for name, folder in folders.items()})
    assert done.returncode == 1
    assert "document.yml:" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_training_that_fails_leaves_the_model_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KNOWLEDGE", "RULES", "MODELS", "VAR"):
        monkeypatch.setenv(f"RABIAB_{name}", str(tmp_path / name))
    (tmp_path / "MODELS").mkdir()
    (tmp_path / "MODELS" / "rabiab.tar.gz").write_text("older")
    with pytest.raises(Stop):
        ensure_model()
    assert (tmp_path / "MODELS" / "rabiab.tar.gz").read_text() == "older"
    assert not (tmp_path / "MODELS" / "rabiab.fingerprint").exists()


def test_a_bot_that_answers_is_reused(tmp_path: Path) -> None:
    server = (
        "import http.server, sys\n"
        "class Ok(http.server.BaseHTTPRequestHandler):\n"
        "    def do_GET(self):\n        self.send_response(200); self.end_headers()\n"
        "    def log_message(self, *a): pass\n"
        "s = http.server.HTTPServer(('127.0.0.1', 0), Ok); print(s.server_port, flush=True); s.serve_forever()\n"
    )
    with subprocess.Popen([sys.executable, "-c", server], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        done = run("--reuse", "--", "sh", "-c", "echo {url}; exit 7", PORT=port)
        process.terminate()
    assert (done.returncode, done.stdout) == (7, f"http://127.0.0.1:{port}\n")


def processes_of(bot: Any) -> dict[str, int]:
    """The three processes by module, found by their folder for what they write."""
    found = {}
    mark = f"RABIAB_VAR={bot.var}".encode()
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and int(folder.name) != bot.supervisor.pid:
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    command = (folder / "cmdline").read_bytes().decode().split("\0")
                    found[command[command.index("-m") + 1]] = int(folder.name)
            except (OSError, ValueError):
                continue
    return found


def assert_gone(pids: dict[str, int]) -> None:
    deadline = time.monotonic() + 15
    while any(Path(f"/proc/{pid}").exists() for pid in pids.values()):
        assert time.monotonic() < deadline, f"left behind: {pids}"
        time.sleep(0.1)


linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@linux
@pytest.mark.bot
def test_a_signal_stops_all_and_leaves_nothing(start_bot: StartBot) -> None:
    with start_bot() as bot:
        pids = processes_of(bot)
        assert set(pids) == {"rasa_sdk", "bot.nlu.serve", "bot.gateway"}
        bot.supervisor.send_signal(signal.SIGTERM)
        assert bot.supervisor.wait(20) == 0
        assert_gone(pids)
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{bot.url}/health", trust_env=False)


@linux
@pytest.mark.bot
def test_when_one_dies_all_stop_and_it_is_named(start_bot: StartBot) -> None:
    with start_bot() as bot:
        pids = processes_of(bot)
        os.kill(pids["bot.nlu.serve"], signal.SIGKILL)
        assert bot.supervisor.wait(20) == 1
        assert_gone(pids)
        assert "rasa ended with code -9" in bot.output.read_text()


@linux
@pytest.mark.bot
def test_nothing_outlives_a_killed_supervisor(start_bot: StartBot) -> None:
    with start_bot() as bot:
        pids = processes_of(bot)
        bot.supervisor.kill()
        bot.supervisor.wait(5)
        assert_gone(pids)


def test_the_address_for_all_interfaces_is_reached_by_loopback() -> None:
    assert Supervisor("0.0.0.0", 5005).url == "http://127.0.0.1:5005"
