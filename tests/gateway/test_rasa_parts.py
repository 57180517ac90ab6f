"""The thin parts inside Rasa: the check of action replies, the tracker store, the domain, no TensorFlow."""

from __future__ import annotations

import asyncio
import concurrent.futures
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.nlu.without_tensorflow import keep_out

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"events": [{"event": "slot", "name": "state", "value": {}}], "responses": [{"custom": {"messages": []}}]}


@pytest.fixture(scope="module", autouse=True)
def _without_tensorflow() -> None:
    """Rasa's imports take a third of the time."""
    keep_out()


@pytest.fixture
def check() -> Any:
    """Rasa's check of an action reply, after our replacement."""
    from rasa.core.actions.action import RemoteAction

    from bot.nlu.action_replies import speed_up

    speed_up()
    return RemoteAction("action_answer", None)._validate_action_result


def test_a_good_action_reply_is_taken(check: Any) -> None:
    assert check(GOOD) is True


@pytest.mark.parametrize(
    "bad",
    [
        {"events": "none", "responses": []},
        {"events": [{"event": "slot"}], "responses": []},
        {"events": [{"name": "state"}], "responses": []},
        {"events": [], "responses": "text"},
    ],
)
def test_a_bad_action_reply_is_refused_as_rasa_would(check: Any, bad: dict[str, Any]) -> None:
    import jsonschema
    from rasa.core.actions.action import RemoteAction

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(bad, RemoteAction.action_response_format_spec())
    with pytest.raises(jsonschema.ValidationError):
        check(bad)


def turn(number: int) -> list[Any]:
    """The events of one turn, as Rasa makes them."""
    from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

    return [
        UserUttered(f"ข้อความ {number}", {"name": "act_ask", "confidence": 1.0}),
        ActionExecuted("action_answer"),
        BotUttered("", {"custom": {"messages": ["ยาว" * 500]}}),
        SlotSet("state", {"turn": number}),
        ActionExecuted("action_listen"),
    ]


@pytest.fixture
def store(tmp_path: Path) -> Any:
    """An empty store."""
    from rasa.shared.core.domain import Domain

    from bot.nlu.tracker_store import LastTurnTrackerStore

    return LastTurnTrackerStore(Domain.load(str(ROOT / "domain.yml")), db=str(tmp_path / "deep" / "talks.db"))


def wait_for(work: Coroutine[Any, Any, Any]) -> Any:
    """The result of the coroutine, in a thread of its own: Playwright may hold this one's event loop."""
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def talk(store: Any, sender: str, turns: int) -> Any:
    """Lead a talk of some turns, stored and read again at each; returns the tracker as it is read at last."""

    async def lead() -> Any:
        for number in range(turns):
            tracker = await store.get_or_create_tracker(sender)
            for event in turn(number):
                tracker.update(event)
            await store.save(tracker)
        return await store.retrieve(sender)

    return wait_for(lead())


def test_the_state_outlives_turns_and_a_restart(store: Any, tmp_path: Path) -> None:
    from bot.nlu.tracker_store import LastTurnTrackerStore

    assert talk(store, "a", 3).get_slot("state") == {"turn": 2}
    again = LastTurnTrackerStore(store.domain, db=str(tmp_path / "deep" / "talks.db"))
    assert wait_for(again.retrieve("a")).get_slot("state") == {"turn": 2}


def test_only_the_last_turn_is_kept(store: Any) -> None:
    from rasa.shared.core.events import BotUttered, UserUttered

    events = talk(store, "a", 30).events
    assert [event.text for event in events if isinstance(event, UserUttered)] == ["ข้อความ 29"]
    assert not [event for event in events if isinstance(event, BotUttered)]


def test_talks_do_not_mix(store: Any) -> None:
    talk(store, "a", 2)
    talk(store, "b", 5)
    assert wait_for(store.retrieve("a")).get_slot("state") == {"turn": 1}
    assert sorted(wait_for(store.keys())) == ["a", "b"]
    assert wait_for(store.retrieve("c")) is None


def test_old_talks_are_forgotten(store: Any) -> None:
    import time

    talk(store, "a", 1)
    store.forget(before=time.time() - 60)
    assert wait_for(store.keys()) == ["a"]
    store.forget(before=time.time() + 1)
    assert wait_for(store.keys()) == []


def test_every_act_is_an_intent_with_its_rule() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    rules = yaml.safe_load((ROOT / "bot" / "nlu" / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
    steps = [rule["steps"] for rule in rules]
    assert [step[0]["intent"] for step in steps] == domain["intents"]
    assert all(step[1:] == [{"action": "action_answer"}] for step in steps)
    written = {f"act_{path.stem}" for path in (ROOT / "bot" / "understanding" / "acts").glob("*.yml")}
    assert written <= set(domain["intents"])


def test_rasas_server_and_training_import_no_tensorflow() -> None:
    code = (
        "import sys\n"
        "from bot.nlu.without_tensorflow import keep_out\n"
        "keep_out()\n"
        "import rasa.core.run, rasa.model_training, rasa.engine.recipes.default_components\n"
        "import rasa.graph_components.validators.default_recipe_validator as validator\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('tensorflow', 'keras')])\n"
        "try:\n    validator.DIETClassifier()\nexcept RuntimeError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    modules, refusal = done.stdout.splitlines()
    assert modules == "[]"
    assert refusal.startswith("DIETClassifier needs TensorFlow")


@pytest.mark.parametrize("text", ["สวัสดี", "/x", " /x", "\u2060", "\u2060/x", "", "  ", "//"])
def test_a_text_comes_back_as_it_was_typed(text: str) -> None:
    from bot.rest_text import escape, unescape

    assert unescape(escape(text)) == text
    assert not escape(text).strip().startswith("/")
