"""Ports of this machine."""

from __future__ import annotations

import os
import socket

from bot.run.say import stop

LOOPBACK = "127.0.0.1"


def free_port(host: str = LOOPBACK) -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def wanted_port(host: str) -> int:
    """PORT (default 5005; 0 means any) if it is free. Raises Stop with the mend otherwise."""
    given = os.environ.get("PORT") or "5005"
    if not given.isdecimal() or int(given) > 65535:
        raise stop(f"PORT={given} ไม่ใช่หมายเลขพอร์ต ลอง make run PORT=5006", "PORT must be a number up to 65535")
    port = int(given)
    if port == 0:
        return free_port(host)
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise stop(
            f"เปิดที่ {host}:{port} ไม่ได้ อาจมีโปรแกรมอื่นใช้อยู่ ลองพอร์ตอื่น: make run PORT={port + 1}",
            f"{host}:{port} cannot be used ({error.strerror}): stop what uses it, or make run PORT={port + 1}",
        ) from error
    return port
