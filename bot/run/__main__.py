"""Runs the bot: `python -m bot.run`, or for the time of a command: `python -m bot.run [--reuse] -- COMMAND ...`.

HOST (default 127.0.0.1; 0.0.0.0 lets other machines in) and PORT (default 5005) say where it listens.
With a command, the bot gets a free port, `{url}` in the command becomes its address, and the command's exit code is
returned; with --reuse, a bot that already answers on PORT is used.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from types import FrameType

import httpx

from bot.run.ports import LOOPBACK, free_port, wanted_port
from bot.run.say import Stop, complain, say
from bot.run.supervisor import Supervisor
from bot.run.train import ensure_model


def main() -> int:
    """The command. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reuse", action="store_true", help="use a bot that already answers on PORT")
    parser.add_argument("command", nargs="*", help="run this while the bot runs")
    arguments = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)  # until the supervisor takes them: end as on Ctrl-C
    try:
        if not arguments.command:
            return _run()
        url = _answering_url() if arguments.reuse else None
        return _call(arguments.command, url) if url else _run_for(arguments.command)
    except Stop as error:
        complain(error)
        return 1
    except KeyboardInterrupt:
        return 130


def _run() -> int:
    host = os.environ.get("HOST", LOOPBACK)
    supervisor = Supervisor(host, wanted_port(host))
    ensure_model()
    _stop_on_signals(supervisor)
    say("กำลังเริ่มบอต", "Starting the bot")
    with supervisor.running():
        if not supervisor.stopping:
            say(
                f"พร้อมแล้ว เปิดหน้าแชตที่ {supervisor.url}/ กด Ctrl-C เพื่อหยุด",
                f"Ready: the chat page is at {supervisor.url}/ ; Ctrl-C stops it",
            )
        supervisor.watch()
    say("หยุดแล้ว", "Stopped")
    return 0


def _run_for(command: list[str]) -> int:
    ensure_model()
    supervisor = Supervisor(LOOPBACK, free_port())
    _stop_on_signals(supervisor)
    with supervisor.running():
        if supervisor.stopping:
            return 130
        process = subprocess.Popen(_with_url(command, supervisor.url))
        try:
            supervisor.watch(also=process)
            return 130 if supervisor.stopping else process.wait()
        finally:
            process.terminate()
            process.wait()


def _call(command: list[str], url: str) -> int:
    return subprocess.call(_with_url(command, url))


def _with_url(command: list[str], url: str) -> list[str]:
    return [part.replace("{url}", url) for part in command]


def _answering_url() -> str | None:
    url = f"http://{LOOPBACK}:{os.environ.get('PORT') or '5005'}"
    try:
        return url if httpx.get(f"{url}/health", timeout=5, trust_env=False).status_code == 200 else None
    except (httpx.HTTPError, httpx.InvalidURL):
        return None


def _stop_on_signals(supervisor: Supervisor) -> None:
    def on_signal(_number: int, _frame: FrameType | None) -> None:
        supervisor.request_stop()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)


if __name__ == "__main__":
    sys.exit(main())
