"""One turn's surroundings: what is known, what was said, what is remembered. Shared by the parts of the answering."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from bot.answering.choose import cell_of, mentioned
from bot.answering.questions import single, unbound
from bot.answering.state import Offer, State
from knowledge.model import Item, Knowledge
from rules.base_loader import RuleBase
from rules.consult import Consultant
from rules.model import FactValue
from rules.result import Result
from rules.values import BadValue, read_value

ODDITY = "oddity:"
SURE_ACT = 0.6
LABEL_MORE = 36  # characters of a statement that tell two like-named choices apart
FARTHEST_CASE = 40  # characters between two numbers of one question
_BESIDE = re.compile(r"กับ|และ|หรือ|แล้วถ้า|ถ้าเป็น|ส่วน|เทียบ|,")


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

    def learn(self, unit: str) -> bool:
        """Take all that the text gives of a rule's facts. Tells whether there was any."""
        given = self.given(unit)
        for name, value in given.items():
            self.state.learn(name, value)
        return bool(given)

    def learn_stated(self, unit: str, beside: str) -> None:
        """Take what the text states by cue words, beside the fact that it answers: its number belongs to that one."""
        for name, value in self._stated(unit).items():
            if name != beside:
                self.state.learn(name, value)

    def given(self, unit: str) -> dict[str, Any]:
        """What the text gives of a rule's facts: stated by cue words, or the only fact that a number can be of."""
        found = self._stated(unit)
        program = self.rules.programs.get(unit)
        leftover = unbound(program, found, self.said) if program else {}
        return {**found, **{name: values[0] for name, values in leftover.items() if len(values) == 1}}

    def _stated(self, unit: str) -> dict[str, Any]:
        program = self.rules.programs.get(unit)
        binds = program.rule.binds.fact if program and program.rule.binds else None
        stated = {f["fact"]: f["value"] for f in self.said["facts"]}
        wanted = {n: v for n, v in stated.items() if program is None or n in program.facts or n == binds}
        return {name: value for name, value in wanted.items() if self.readable(name, value)}

    def cases(self, rule: str) -> list[dict[str, Any]]:
        """Several values of the rule's one number in one question (12 ห้องกับ 13 ห้อง): each case's facts, else none."""
        program = self.rules.programs[rule]
        given = self.given(rule)
        if len(program.inputs) != 1 or program.inputs[0] not in given:
            return []
        name, fact, text = program.inputs[0], program.facts[program.inputs[0]], self.said["text"]
        first = next((q for q in self.said["quantities"] if single(fact, q) == given[name]), None)
        if first is None:
            return []
        behind = text[text.index(first["text"]) + len(first["text"]) :]
        joined = [q for q in self.said["quantities"] if q["text"] in behind and self._joined(behind, q["text"])]
        values = [given[name], *(v for q in joined if (v := single(fact, q)) is not None)]
        return [{name: value} for value in dict.fromkeys(values)] if len(set(values)) > 1 else []

    @staticmethod
    def _joined(behind: str, quantity: str) -> bool:
        """Whether a second number is put beside the first, as in "กับ 13 ห้อง" or "แล้วถ้า 360 ล่ะ"."""
        between = behind[: behind.index(quantity)]
        return len(between) <= FARTHEST_CASE and _BESIDE.search(between) is not None

    def rule_at_hand(self) -> str | None:
        """The rule of the talk: consulted last, or the one that decides the provision told last."""
        if self.state.rule:
            return self.state.rule
        provision = self.knowledge.provisions.get(self.state.unit or "")
        return provision.rule if provision and provision.rule in self.rules.programs else None

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
        self.state.rule, self.state.unit = rule, unit
        if rule is None:
            self.state.asking = None
        subject, aspect = cell_of(self.knowledge, unit)
        self.state.subject, self.state.aspect = subject or self.state.subject, aspect or self.state.aspect

    def offer_units(self, units: list[str]) -> list[dict[str, str]]:
        """Choices that lead straight to units; remembered so that a tap, the label or its number takes them."""
        labels = [self.label(unit) for unit in units]
        told = [
            f"{label}: {self.knowledge.provisions[unit].says[:LABEL_MORE]}…"
            if labels.count(label) > 1 and unit in self.knowledge.provisions
            else label
            for unit, label in zip(units, labels, strict=True)
        ]
        return self.offer([Offer(label, unit=unit) for unit, label in zip(units, told, strict=True)])

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
