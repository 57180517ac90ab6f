"""One turn: an understanding and a state in, messages and the next state out. Pure but for the log.

The turn is, in this order: a choice taken; restart or back; a reply in an interview (with digressions); small talk;
why and what-if about the last rule; a question.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from bot.answering import consulting, units
from bot.answering.choose import ANSWER_FROM, mentioned
from bot.answering.messages import Message, message
from bot.answering.smalltalk import SAYS
from bot.answering.state import Offer, State, read_state, write_state
from bot.answering.talk import Talk, squeeze
from knowledge.model import Knowledge
from rules.base_loader import RuleBase
from rules.consult import Consultant, EnginesDisagree

LOG = logging.getLogger("rabiab.answering")
SOCIAL = ("greet", "thanks", "bye", "help")
ABOUT_TALK = ("why", "source", "next", "summary")
DIGRESSION_FROM = 0.6


class Answering:
    """Answers from a knowledge and its rules. Keeps nothing of anybody between turns: all is in the state."""

    def __init__(self, knowledge: Knowledge, rules: RuleBase, consultant: Consultant | None = None) -> None:
        self.knowledge = knowledge
        self.rules = rules
        self.consultant = consultant or Consultant(rules)

    def reply(
        self, state: dict[str, Any] | None, understanding: dict[str, Any], today: dt.date
    ) -> tuple[dict[str, Any], list[Message]]:
        """The next state and at least one message. If the evaluators disagree, the answer is refused and logged."""
        talk = Talk(self.knowledge, self.rules, self.consultant, read_state(state), understanding, today)
        try:
            messages = _run(talk)
        except EnginesDisagree:
            LOG.exception("answer refused")
            return write_state(State()), [message(self.knowledge, SAYS["refused"], "error")]
        return write_state(talk.state), messages


def _run(talk: Talk) -> list[Message]:
    offer = _offer_taken(talk)
    if offer is not None:
        return _take(talk, offer)
    act = talk.act()
    if act == "restart":
        talk.state = State()
        return [message(talk.knowledge, SAYS["restart"], "smalltalk")]
    if act == "back":
        return _back(talk)
    if talk.state.asking:
        return _in_interview(talk, act)
    if act in SOCIAL:
        return [message(talk.knowledge, SAYS[act], "smalltalk")]
    return _about_last(talk, act) or units.answer(talk)


def _offer_taken(talk: Talk) -> Offer | None:
    """The choice that the text names: by its label, or by its number in the order shown."""
    text, offers = squeeze(talk.said["text"]), talk.state.offers
    if text in offers:
        return offers[text]
    if text.isdigit() and not talk.state.asking and 1 <= int(text) <= len(offers):
        return list(offers.values())[int(text) - 1]
    return None


def _take(talk: Talk, offer: Offer) -> list[Message]:
    talk.state.offers = {}
    if offer.unit is not None:
        return units.answer_unit(talk, offer.unit)
    assert offer.fact is not None and talk.state.rule is not None
    if offer.value is None:
        talk.state.decline(offer.fact)
    else:
        talk.state.learn(offer.fact, offer.value)
    return consulting.consult(talk, talk.state.rule)


def _back(talk: Talk) -> list[Message]:
    rule, last = talk.state.rule, talk.state.forget_last()
    if rule is None or last is None:
        return [message(talk.knowledge, SAYS["nothing_to_go_back"], "smalltalk")]
    return consulting.consult(talk, rule, ask=last)


def _in_interview(talk: Talk, act: str) -> list[Message]:
    rule, asking = talk.state.rule, talk.state.asking
    assert rule is not None and asking is not None
    if act in ("dont_know", "skip"):
        talk.state.decline(asking)
        return consulting.consult(talk, rule)
    if consulting.take_reply(talk):
        return consulting.consult(talk, rule)
    if act in ("why", "source"):
        return consulting.explain(talk, act)
    return _digression(talk, act, rule) or consulting.ask_again(talk, rule)


def _digression(talk: Talk, act: str, rule: str) -> list[Message] | None:
    """Something else was asked in between: answer it, then come back to the question.

    When the message began or decided another rule, the talk is about that one now; the first is offered.
    """
    if act in SOCIAL:
        return [message(talk.knowledge, SAYS[act], "smalltalk"), *consulting.consult(talk, rule)]
    best = talk.said["units"][0] if talk.said["units"] else None
    if act != "ask" or best is None or float(best["score"]) < DIGRESSION_FROM or best["id"] == rule:
        return None
    kept = talk.state
    talk.state = State(facts=dict(kept.facts), order=list(kept.order), declined=list(kept.declined))
    first = units.answer(talk)
    if talk.state.rule is None:
        talk.state = kept
        return first + consulting.consult(talk, rule)
    if talk.state.asking is None:
        first[-1]["choices"] = talk.offer_units([rule])
    return first


def _continues(talk: Talk, rule: str) -> bool:
    """Whether facts in the message are meant for the rule consulted last rather than for a question of their own."""
    if talk.said["act"]["name"] in ("what_if", "change", "inform", "deny", "affirm"):
        return True
    best = talk.said["units"][0] if talk.said["units"] else None
    unsure = best is None or best["id"] == rule or float(best["score"]) < ANSWER_FROM
    return unsure and not mentioned(talk.said, "subject")


def _about_last(talk: Talk, act: str) -> list[Message] | None:
    """Why, what if, and facts that follow a verdict: about the rule consulted last."""
    if talk.state.rule and act in ("why", "source"):
        return consulting.explain(talk, act)
    rule = talk.rule_at_hand()
    if rule and _continues(talk, rule) and talk.learn(rule):
        return consulting.consult(talk, rule)
    if act in ABOUT_TALK and not talk.said["units"]:
        return [message(talk.knowledge, SAYS["nothing_to_explain"], "smalltalk")]
    return None
