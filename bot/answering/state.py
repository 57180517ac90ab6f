"""What a conversation remembers between turns, as plain JSON in one Rasa slot."""

from __future__ import annotations

from typing import Any

import msgspec


class Offer(msgspec.Struct, omit_defaults=True):
    """What a choice that was shown stands for: a unit to answer, or a value of a fact."""

    label: str
    unit: str | None = None
    fact: str | None = None
    value: Any = None


class State(msgspec.Struct, omit_defaults=True):
    """One conversation. Facts are encoded values; `order` is the order in which they were learnt."""

    facts: dict[str, Any] = {}
    order: list[str] = []
    declined: list[str] = []
    rule: str | None = None
    asking: str | None = None
    offers: dict[str, Offer] = {}
    unit: str | None = None
    subject: str | None = None
    aspect: str | None = None

    def learn(self, fact: str, value: Any) -> None:
        """Remember a fact; a later value replaces an earlier one."""
        self.facts[fact] = value
        self.order = [name for name in self.order if name != fact] + [fact]
        self.declined = [name for name in self.declined if name != fact]

    def decline(self, fact: str) -> None:
        """Remember that the person does not know a fact."""
        self.facts.pop(fact, None)
        self.order = [name for name in self.order if name != fact] + [fact]
        if fact not in self.declined:
            self.declined = [*self.declined, fact]

    def forget_last(self) -> str | None:
        """Take back the fact learnt last. Returns it, or None."""
        if not self.order:
            return None
        fact = self.order.pop()
        self.facts.pop(fact, None)
        self.declined = [name for name in self.declined if name != fact]
        return fact


def read_state(data: dict[str, Any] | None) -> State:
    """The state from a slot; a slot that cannot be read (an older version) starts anew."""
    try:
        return msgspec.convert(data or {}, State)
    except msgspec.ValidationError:
        return State()


def write_state(state: State) -> dict[str, Any]:
    """The state as JSON for the slot."""
    return dict(msgspec.to_builtins(state))
