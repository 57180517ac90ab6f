"""Answering a message that asks: the unit that fits, or a clarifying question, or "not in the documents"."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from bot.answering import consulting
from bot.answering.choose import ASPECT_SURE, Choice, choose, mentioned
from bot.answering.messages import Message, message, oddity_message, provision_message
from bot.answering.smalltalk import SAYS
from bot.answering.talk import ODDITY, Talk
from knowledge.model import Provision
from rules.values import read_value

MOST_NEAR = 3
MOST_CASES = 3
# Whether a thing is in a list is told when yes or no was asked; else its name only says what the list is about.
_YES_NO = re.compile(r"ไหม|มั้ย|มัย|หรือไม่|หรือเปล่า|รึเปล่า|หรือยัง|รึยัง|ใช่|ป่าว|ป่ะ|ปะ$|ไม๊|เหรอ|หรอ|อยู่ใน")


def answer(talk: Talk) -> list[Message]:
    """The answer to what was asked."""
    choice = choose(talk.knowledge, talk.said, talk.state, partial(_decided, talk))
    if choice.act == "answer":
        first = answer_unit(talk, choice.units[0])
        return [*first, *_more(talk, choice.units[1:])] if first[-1]["status"] == "answer" else first
    _keep_in_mind(talk)
    if choice.act == "clarify":
        return [_clarify(talk, choice.units)]
    if choice.act == "empty_cell":
        return [_empty_cell(talk, choice)]
    return [_not_covered(talk, choice)]


def _more(talk: Talk, units: tuple[str, ...]) -> list[Message]:
    """Further provisions that the same message asks for."""
    return [provision_message(talk.knowledge, talk.knowledge.provisions[unit], [], []) for unit in units]


def _keep_in_mind(talk: Talk) -> None:
    """What was asked about, though it was not answered: the next message may say the rest."""
    subjects = mentioned(talk.said, "subject")
    aspect = max(talk.said["aspects"].items(), key=lambda pair: pair[1], default=(None, 0))
    talk.state.subject = subjects[0] if subjects else talk.state.subject
    if aspect[1] >= ASPECT_SURE:
        talk.state.aspect = aspect[0]


def answer_unit(talk: Talk, unit: str) -> list[Message]:
    """Answer a provision, an oddity or a rule; a case of a provision's rule is decided by the rule."""
    if unit.startswith(ODDITY):
        talk.remember(None, unit)
        return [oddity_message(talk.knowledge, talk.knowledge.oddities[unit.removeprefix(ODDITY)])]
    if unit in talk.rules.programs:
        return _answer_rule(talk, unit)
    provision = talk.knowledge.provisions[unit]
    rule = provision.rule if provision.rule in talk.rules.programs else None
    if rule and _decided(talk, rule):
        return _answer_rule(talk, rule)
    named = talk.items()
    items = [item for owner, item in named if owner == unit]
    if provision.membership and not _asks_yes_or_no(talk):
        items = []
    lists = [owner for owner, _ in named if _settles(talk, owner, provision)]
    if not items and lists and _asks_yes_or_no(talk):
        return [_membership(talk, lists[0], rule)]
    talk.remember(None, unit)
    return [provision_message(talk.knowledge, provision, items, talk.offer_units([rule] if rule else []))]


def _answer_rule(talk: Talk, rule: str) -> list[Message]:
    """Consult; but when the text names items whose listing settles the question, that is told first."""
    cases = talk.cases(rule)
    if cases:
        return _several(talk, rule, cases)
    listed = [owner for owner, _ in talk.items() if _has_effect(talk, owner, rule)]
    kept = dict(talk.state.facts)
    talk.learn(rule)
    if listed and _asks_yes_or_no(talk) and talk.consult(rule).decision == "need_more":
        talk.state.facts = kept
        return [_membership(talk, listed[0], rule)]
    return consulting.consult(talk, rule)


def _several(talk: Talk, rule: str, cases: list[dict[str, Any]]) -> list[Message]:
    """One message for each case; the last stays in mind."""
    told = []
    for case in cases[:MOST_CASES]:
        for name, value in case.items():
            talk.state.learn(name, value)
        told += consulting.consult(talk, rule)
    return told


def _membership(talk: Talk, owner: str, rule: str | None) -> Message:
    """The named items of a list and what standing in it means; the rule is offered for the whole case."""
    talk.remember(None, owner)
    items = [item for name, item in talk.items() if name == owner]
    choices = talk.offer_units([rule] if rule else [])
    return provision_message(talk.knowledge, talk.knowledge.provisions[owner], items, choices)


def _asks_yes_or_no(talk: Talk) -> bool:
    return _YES_NO.search(talk.said["text"]) is not None


def _settles(talk: Talk, owner: str, provision: Provision) -> bool:
    """Whether being in a list with an effect is what a provision is about: one rule decides by both."""
    found = talk.knowledge.provisions[owner]
    same = found.rule is not None and found.rule == provision.rule
    return found.membership is not None and same and not provision.silent


def _has_effect(talk: Talk, provision: str, rule: str) -> bool:
    found = talk.knowledge.provisions[provision]
    return found.membership is not None and found.rule == rule


def _decided(talk: Talk, rule: str) -> bool:
    """Whether the text itself gives the facts with which the rule has an outcome."""
    given = talk.given(rule)
    if not given or not set(given) & set(talk.rules.programs[rule].facts):
        return bool(talk.cases(rule))
    typed = {name: read_value(talk.knowledge.facts[name], value) for name, value in given.items()}
    return talk.consultant.consult(rule, typed, talk.today).decision != "need_more"


def _clarify(talk: Talk, units: tuple[str, ...]) -> Message:
    choices = talk.offer_units(list(units))
    text = "\n".join([SAYS["clarify"], *_numbered(choices), SAYS["tap_or_type"]])
    return message(talk.knowledge, text, "clarify", choices=choices)


def _numbered(choices: list[dict[str, str]]) -> list[str]:
    return [f"{number}. {choice['label']}" for number, choice in enumerate(choices, 1)]


def _empty_cell(talk: Talk, choice: Choice) -> Message:
    """A known subject, a known aspect, and nothing in the documents: say so and tell what is stated."""
    assert choice.subject and choice.aspect
    subject, aspect = talk.knowledge.subjects[choice.subject], talk.knowledge.aspects[choice.aspect]
    stated = [p for p in talk.knowledge.of_subject(subject.id) if not p.silent][:MOST_NEAR]
    near = ["เรื่องนี้เอกสารระบุไว้เพียง", *(f"- {p.says}" for p in stated)] if stated else []
    talk.state.subject = subject.id
    text = "\n".join([f"เอกสารไม่ได้ระบุ{aspect.name}ของ{subject.name}", *near])
    return message(talk.knowledge, text, "not_covered", [p.cite for p in stated])


def _not_covered(talk: Talk, choice: Choice) -> Message:
    if choice.subject:
        choices = talk.offer_units(list(choice.units))
        name = talk.knowledge.subjects[choice.subject].name
        head = f"ไม่พบข้อกำหนดเรื่องนี้ในเอกสาร เรื่อง{name}เอกสารมีข้อมูลดังนี้"
        return message(talk.knowledge, "\n".join([head, *_numbered(choices)]), "not_covered", choices=choices)
    documents = [f"- {document.short_title}" for document in talk.knowledge.documents.values()]
    return message(talk.knowledge, "\n".join([SAYS["not_covered"], SAYS["covers"], *documents]), "not_covered")
