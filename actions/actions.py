"""The one Rasa action: takes the tracker to the answering, and brings back state and messages."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.answering import Answering
from bot.known import load_known

BANGKOK = timezone(timedelta(hours=7))


class ActionAnswer(Action):
    """Answers whatever was said last."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Sends the messages of the HTTP contract and returns the new state.

        Raises KeyError when Rasa brings no understanding.
        """
        understanding = tracker.latest_message["understanding"]
        state, messages = answering().reply(tracker.get_slot("state") or {}, understanding, today())
        dispatcher.utter_message(json_message={"messages": messages})
        return [SlotSet("state", state)]


@lru_cache(maxsize=1)
def answering() -> Answering:
    """The answering over all knowledge and rules, made once in a process."""
    rules = load_known()
    return Answering(rules.knowledge, rules)


def today() -> date:
    """The date in Bangkok; RABIAB_TODAY (YYYY-MM-DD) stands in for it in tests."""
    fixed = os.environ.get("RABIAB_TODAY")
    return date.fromisoformat(fixed) if fixed else datetime.now(BANGKOK).date()
