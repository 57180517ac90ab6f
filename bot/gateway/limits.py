"""Token buckets: how fast a client may send."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable


class Buckets:
    """One bucket a key, filled at `rate` tokens per second up to `burst`.

    The `capacity` most recently used keys are remembered; a forgotten one starts full again.
    """

    def __init__(
        self, rate: float, burst: float, capacity: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._capacity, self._clock = rate, burst, capacity, clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> float:
        """Take one token: 0 when there was one, or else the seconds until there is."""
        now = self._clock()
        level, then = self._levels.pop(key, (self._burst, now))
        level = min(self._burst, level + (now - then) * self._rate)
        granted = level >= 1
        self._levels[key] = (level - 1 if granted else level, now)
        if len(self._levels) > self._capacity:
            self._levels.popitem(last=False)
        return 0.0 if granted else (1 - level) / self._rate
