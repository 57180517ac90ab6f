"""Starts the action server, Rasa and the gateway, watches them, and stops them together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.run import environment
from bot.run.logs import fresh_log, tail
from bot.run.ports import LOOPBACK, free_port
from bot.run.say import stop
from bot.run.train import model_path
from bot.settings import ROOT, var_dir

PATIENCE = 180  # seconds until the bot must be ready
GRACE = 8  # seconds that a process has to end by itself
POLL = 0.2  # seconds
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One of the three processes, in a process group of its own."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


class Supervisor:
    """The three processes of one bot."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.url = f"http://{LOOPBACK if host == '0.0.0.0' else host}:{port}"
        self._children: list[Child] = []
        self._stop = threading.Event()

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Everything is started and answers in the body, and has ended after it. Raises Stop when it cannot."""
        try:
            self._start()
            self._wait_until_ready()
            yield
        finally:
            self._end()

    def watch(self, also: subprocess.Popen[bytes] | None = None) -> None:
        """Returns when `request_stop` is called or `also` ends. Raises Stop when one of the three ends."""
        while not self._stop.is_set() and (also is None or also.poll() is None):
            self._check_children()
            self._stop.wait(POLL)

    def request_stop(self) -> None:
        """End `watch`, or the wait for readiness; safe to call from a signal handler."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether a stop was asked for."""
        return self._stop.is_set()

    def _start(self) -> None:
        actions_port, rasa_port = free_port(), free_port()
        env = environment.for_serving(
            f"http://{LOOPBACK}:{rasa_port}", f"http://{LOOPBACK}:{actions_port}", self.host, self.port
        )
        self._spawn("actions", ["rasa_sdk", "--actions", "actions", "--port", str(actions_port)], env)
        self._spawn("rasa", ["bot.nlu.serve", "--model", str(model_path()), "--port", str(rasa_port)], env)
        self._spawn("gateway", ["bot.gateway"], env)

    def _spawn(self, name: str, module: list[str], env: dict[str, str]) -> None:
        log = fresh_log(name)
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                umask=0o077,  # what people typed is for this user alone
                preexec_fn=_end_with_parent,
            )
        self._children.append(Child(name, process, log))

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        reason = ""
        with httpx.Client(timeout=10, trust_env=False) as http:
            while not self._stop.is_set():
                self._check_children()
                try:
                    reply = http.get(f"{self.url}/health")
                    if reply.status_code == 200:
                        return
                    reason = reply.text
                except httpx.TransportError as error:
                    reason = str(error)
                if time.monotonic() > deadline:
                    raise stop(f"บอตไม่พร้อมภายใน {PATIENCE} วินาที ดู {var_dir() / 'log'}", f"not ready: {reason}")
                self._stop.wait(POLL)

    def _check_children(self) -> None:
        for child in self._children:
            code = child.process.poll()
            if code is not None:
                raise stop(
                    f"โปรเซส {child.name} หยุดทำงาน จึงหยุดทั้งหมด ดู {child.log}",
                    f"{child.name} ended with code {code}, so all is stopped; see {child.log}\n{tail(child.log)}",
                )

    def _end(self) -> None:
        """The gateway first, so that nobody is let in while the others end."""
        for child in reversed(self._children):
            _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for child in reversed(self._children):
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(deadline - time.monotonic(), 0))
            _signal_group(child, signal.SIGKILL)
            child.process.wait()
        self._children.clear()


def _signal_group(child: Child, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.process.pid, number)


def _end_with_parent() -> None:
    """In the child: on Linux, end when the supervisor is killed without a chance to stop it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
