"""One turn's surroundings: what is known, what was said, what is remembered. Shared by the parts of the answering."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from bot.answering.choose import cell_of, mentioned
from bot.answering.state import Offer, State
from knowledge.model import Item, Knowledge
from rules.base_loader import RuleBase
from rules.consult import Consultant
from rules.model import FactValue
from rules.result import Result
from rules.values import BadValue, read_value

ODDITY = "oddity:"
SURE_ACT = 0.6


@dataclass
class Talk:
    """The surroundings of one turn. `said` is the understanding (docs/architecture.md)."""

    knowledge: Knowledge
    rules: RuleBase
    consultant: Consultant
    state: State
    said: dict[str, Any]
    today: dt.date

    def act(self) -> str:
        """What the message does; `ask` when that is not sure."""
        act = self.said["act"]
        return str(act["name"]) if float(act["confidence"]) >= SURE_ACT else "ask"

    def facts(self) -> dict[str, FactValue]:
        """The facts learnt so far, typed."""
        return {name: read_value(self.knowledge.facts[name], value) for name, value in self.state.facts.items()}

    def learn(self, unit: str, beside: str | None = None) -> bool:
        """Take the facts that the text states and the rule needs. Tells whether there were any."""
        program = self.rules.programs.get(unit)
        binds = program.rule.binds if program else None
        learnt = False
        for stated in self.said["facts"]:
            name = stated["fact"]
            wanted = program is None or name in program.facts or (binds is not None and binds.fact == name)
            if wanted and name != beside and self.readable(name, stated["value"]):
                self.state.learn(name, stated["value"])
                learnt = True
        return learnt

    def readable(self, name: str, value: Any) -> bool:
        """Whether an encoded value fits its fact."""
        try:
            read_value(self.knowledge.facts[name], value)
        except (BadValue, KeyError):
            return False
        return True

    def consult(self, rule: str) -> Result:
        """Consult a rule with all that is known of the person."""
        return self.consultant.consult(rule, self.facts(), self.today, frozenset(self.state.declined))

    def items(self) -> list[tuple[str, Item]]:
        """The list items that the text names, with the provision that lists them."""
        found = []
        for name in mentioned(self.said, "item"):
            owner, _, item_id = name.partition("#")
            provision = self.knowledge.provisions.get(owner)
            found += [(owner, item) for item in (provision.items if provision else []) if item.id == item_id]
        return found

    def remember(self, rule: str | None, unit: str) -> None:
        """What the talk is about now."""
        self.state.rule, self.state.unit, self.state.misses = rule, unit, 0
        if rule is None:
            self.state.asking = None
        subject, aspect = cell_of(self.knowledge, unit)
        self.state.subject, self.state.aspect = subject or self.state.subject, aspect or self.state.aspect

    def offer_units(self, units: list[str]) -> list[dict[str, str]]:
        """Choices that lead straight to units; remembered so that a tap, the label or its number takes them."""
        return self.offer([Offer(self.label(unit), unit=unit) for unit in units])

    def offer(self, offers: list[Offer]) -> list[dict[str, str]]:
        """Remember what the choices stand for, and give them as the contract has them."""
        self.state.offers = {squeeze(offer.label): offer for offer in offers}
        return [{"label": offer.label, "value": offer.label} for offer in self.state.offers.values()]

    def label(self, unit: str) -> str:
        """A unit's name on a choice."""
        if unit.startswith(ODDITY):
            return "ข้อสังเกต: " + self.knowledge.oddities[unit.removeprefix(ODDITY)].says[:60]
        if unit in self.rules.programs:
            program = self.rules.programs[unit]
            return f"ตรวจกรณีของฉัน: {program.rule.title}" if program.inputs else program.rule.title
        provision = self.knowledge.provisions[unit]
        subject, aspect = self.knowledge.subjects[provision.subject], self.knowledge.aspects[provision.aspect]
        return f"{subject.name} – {aspect.name}"


def squeeze(text: str) -> str:
    """The text without white space, in lower case: how choices are recognised."""
    return re.sub(r"\s+", "", text).lower()
