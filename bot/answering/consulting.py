"""The generic consult loop: consult a rule, ask the fact that decides most, or tell the outcome."""

from __future__ import annotations

from bot.answering.messages import Message, message, result_message, verdict_of
from bot.answering.questions import DONT_KNOW, offers_for, question_text, read_reply
from bot.answering.smalltalk import SAYS
from bot.answering.state import Offer
from bot.answering.talk import Talk
from bot.rendering.results import criteria_lines, given_text, row_text
from rules.conditions import Status
from rules.model import Decision, Table
from rules.result import Result

MOST_CRITERIA = 4
MOST_ROWS = 6


def consult(talk: Talk, rule: str, ask: str | None = None) -> list[Message]:
    """Consult with all that is known; `ask` asks that fact again. One message: the next question, or the outcome."""
    result = talk.consult(rule)
    fresh = talk.state.rule != rule or talk.state.asking is None
    talk.remember(rule, rule)
    fact = ask or result.ask
    if fact is not None and result.unbound is None:
        return [_question(talk, result, fact, fresh)]
    talk.state.asking = None
    return [result_message(talk.knowledge, result, _named_oddities(talk, rule), talk.offer([]))]


def _named_oddities(talk: Talk, rule: str) -> list[str]:
    """Oddities of the list items that the text names, of lists that belong to the rule."""
    lists = talk.knowledge.provisions
    return [item.oddity for owner, item in talk.items() if item.oddity and lists[owner].rule == rule]


def take_reply(talk: Talk) -> bool:
    """Read the message as a reply to the open question, with whatever else it states. Tells whether it was one."""
    rule, asking = talk.state.rule, talk.state.asking
    assert rule is not None and asking is not None
    value = read_reply(talk.knowledge.facts[asking], talk.said)
    if value is None:
        return talk.learn(rule)
    talk.state.learn(asking, value)
    talk.learn_stated(rule, beside=asking)
    return True


def explain(talk: Talk, act: str) -> list[Message]:
    """Why, or on what ground: the criteria with their lines; an open question comes again after it."""
    assert talk.state.rule is not None
    result = talk.consult(talk.state.rule)
    head = f"อ้างอิงเรื่อง{result.rule.title}" if act == "source" else f"เหตุผลเรื่อง{result.rule.title}"
    lines = criteria_lines(result.criteria) or given_text(result, talk.knowledge.facts)
    told = message(
        talk.knowledge,
        f"{head}\n{lines}",
        "answer",
        result.cites,
        oddities=result.oddities,
        verdict=verdict_of(talk.knowledge, result),
    )
    return [told, *consult(talk, talk.state.rule)] if talk.state.asking else [told]


def ask_again(talk: Talk, rule: str) -> list[Message]:
    """The reply could not be read: say so and ask once more."""
    again = consult(talk, rule)
    again[-1]["text"] = f"{SAYS['not_read']} {again[-1]['text']}"
    return again


def _question(talk: Talk, result: Result, name: str, fresh: bool) -> Message:
    fact = talk.knowledge.facts[name]
    program = talk.rules.programs[result.rule.rule]
    choices = talk.offer([*offers_for(program, fact), Offer(DONT_KNOW, fact=name)])
    talk.state.asking = name
    parts = [_so_far(talk, result, fresh), _declined(talk), _progress(result) + question_text(fact)]
    return message(
        talk.knowledge,
        "\n".join(part for part in parts if part),
        "question",
        result.cites,
        verdict=verdict_of(talk.knowledge, result),
        choices=choices,
    )


def _so_far(talk: Talk, result: Result, fresh: bool) -> str:
    """On the first question what the rule looks at (a short table in full); later only what was understood."""
    if fresh and isinstance(result.rule, Decision):
        head = "ยังสรุปไม่ได้ค่ะ ขอข้อมูลเพิ่ม" if result.facts else f"ตรวจให้ได้ค่ะ เรื่อง{result.rule.title} ดูจาก"
        return f"{head}\n{_first_look(result)}"
    given = given_text(result, talk.knowledge.facts)
    rule = result.rule
    if not given and fresh and isinstance(rule, Table) and len(rule.rows) <= MOST_ROWS:
        rows = [f"- {row_text(rule, row, talk.knowledge.facts)}" for row in rule.rows]
        return "\n".join([rule.title, *rows])
    if given:
        return f"รับทราบค่ะ {given}"
    return f"{result.rule.title}: ขอข้อมูลเพิ่มค่ะ" if fresh else ""


def _first_look(result: Result) -> str:
    """The criteria when they are few; of many, those that are settled and how many are open."""
    if len(result.criteria) <= MOST_CRITERIA:
        return criteria_lines(result.criteria)
    settled = [c for c in result.criteria if c.status is not Status.UNKNOWN]
    left = len(result.criteria) - len(settled)
    return "\n".join([*([criteria_lines(settled)] if settled else []), f"เงื่อนไขอีก {left} ข้อตามบรรทัดที่อ้าง"])


def _declined(talk: Talk) -> str:
    """Where a fact that the person does not know can be looked up."""
    last = talk.state.order[-1] if talk.state.order else None
    if last is None or last not in talk.state.declined:
        return ""
    fact = talk.knowledge.facts[last]
    return f"{fact.label}: ข้ามไว้ก่อนค่ะ" + (f" {fact.unknown}" if fact.unknown else "")


def _progress(result: Result) -> str:
    left = len(result.missing)
    return f"(เหลือไม่เกิน {left} ข้อ) " if left > 1 else ""
