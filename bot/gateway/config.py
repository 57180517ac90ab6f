"""The gateway's settings, from the environment.

RABIAB_RASA_URL      base URL of Rasa's server (loopback)
RABIAB_ACTIONS_URL   base URL of the action server (loopback)
RABIAB_RATE          requests per second that one address may send, on average (default 200)
RABIAB_BURST         requests that one address may send at once (default 600)
RABIAB_TIMEOUT       seconds to wait for an answer (default 30)
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.settings import knowledge_dir, var_dir

MAX_TEXT = 1000  # characters
MAX_BODY = 16 * 1024  # bytes
SESSION_SHARE = 1 / 2  # of what an address may send, one conversation may send this much
MAX_WAITING = 8  # requests of one conversation that may wait for their turn


@dataclass(frozen=True)
class Config:
    """Where the two servers behind are, and the limits."""

    rasa_url: str
    actions_url: str
    var: Path
    knowledge: Path
    rate: float = 200.0
    burst: float = 600.0
    timeout: float = 30.0

    @classmethod
    def from_environment(cls) -> Config:
        """Raises KeyError for a missing address, ValueError for a limit that is no number."""
        return cls(
            rasa_url=os.environ["RABIAB_RASA_URL"],
            actions_url=os.environ["RABIAB_ACTIONS_URL"],
            var=var_dir(),
            knowledge=knowledge_dir(),
            rate=float(os.environ.get("RABIAB_RATE", cls.rate)),
            burst=float(os.environ.get("RABIAB_BURST", cls.burst)),
            timeout=float(os.environ.get("RABIAB_TIMEOUT", cls.timeout)),
        )
