"""Keeps of each talk only its last turn.

All that the bot remembers stands in the slot `state`, which each turn sets anew. So a turn costs the same
however long the talk, and what people typed earlier is not kept.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

DAY = 24 * 60 * 60  # seconds

# WAL and NORMAL: a crash of the machine may cost the last turns, never the file.
SCHEMA = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=NORMAL;
CREATE TABLE IF NOT EXISTS talks (sender TEXT PRIMARY KEY, updated REAL NOT NULL, events TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS talks_by_age ON talks (updated);
"""


class LastTurnTrackerStore(TrackerStore):
    """One row a talk in an SQLite file; talks that rested for `keep_days` are removed when the store opens.

    Rasa's own SQLTrackerStore takes half of a turn's time, as it opens the file and maps each event anew.
    """

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        db: str = "talks.db",
        keep_days: float = 30,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        Path(db).parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(db, isolation_level=None, check_same_thread=False)
        self._connection.executescript(SCHEMA)
        self.forget(before=time.time() - keep_days * DAY)

    def forget(self, before: float) -> None:
        """Remove the talks that were last used before that time (seconds since 1970)."""
        self._connection.execute("DELETE FROM talks WHERE updated < ?", [before])

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Replace what is stored of this talk by its last turn."""
        await self.stream_events(tracker)
        events = json.dumps([event.as_dict() for event in last_turn(list(tracker.events))], ensure_ascii=False)
        self._connection.execute(
            "INSERT OR REPLACE INTO talks VALUES (?, ?, ?)", [tracker.sender_id, time.time(), events]
        )

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The talk with its last turn, or None for an unknown one."""
        row = self._connection.execute("SELECT events FROM talks WHERE sender = ?", [sender_id]).fetchone()
        if row is None:
            return None
        slots = self.domain.slots if self.domain else []
        return DialogueStateTracker.from_dict(sender_id, json.loads(row[0]), slots)

    async def keys(self) -> Iterable[str]:
        """The senders of all stored talks."""
        return [sender for (sender,) in self._connection.execute("SELECT sender FROM talks")]


def last_turn(events: list[Event]) -> list[Event]:
    """The events from the person's last text on, without the bot's replies; all of them before any text."""
    after = itertools.takewhile(lambda event: not isinstance(event, UserUttered), reversed(events))
    start = max(len(events) - len(list(after)) - 1, 0)
    return [event for event in events[start:] if not isinstance(event, BotUttered)]
