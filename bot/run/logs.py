"""The logs of the processes, in var/log/."""

from __future__ import annotations

from pathlib import Path

from bot.settings import var_dir


def fresh_log(name: str) -> Path:
    """An empty log for this user alone; the one of the run before is gone."""
    log = var_dir() / "log" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.unlink(missing_ok=True)
    log.touch(mode=0o600)
    return log


def tail(log: Path, lines: int = 12) -> str:
    """Its last lines."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
