"""One request at a time in each conversation; the others wait in the order they came."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from bot.gateway import errors


@dataclass
class _Queue:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    members: int = 0


class Turns:
    """Queues by session id; a queue lives only while somebody is in it."""

    def __init__(self, max_waiting: int) -> None:
        self._max_waiting = max_waiting
        self._queues: dict[str, _Queue] = {}

    @contextlib.asynccontextmanager
    async def turn(self, session: str) -> AsyncIterator[None]:
        """Wait for the turn, and hold it in the body. Raises ApiError 429 when too many wait already."""
        queue = self._queues.setdefault(session, _Queue())
        if queue.members > self._max_waiting:
            raise errors.too_fast(retry_after=1)
        queue.members += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.members -= 1
            if not queue.members:
                self._queues.pop(session, None)
