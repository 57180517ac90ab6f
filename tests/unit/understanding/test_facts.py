"""Facts bound to what a text states, and nothing bound on a guess."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.understanding.facts import FactBinder
from bot.understanding.mentions import Mentions
from knowledge.model import Choice, Fact, Knowledge
from knowledge.thai.normalise import normalise
from knowledge.thai.quantities import find_quantities

TODAY = date(2026, 11, 20)


def facts(knowledge: Knowledge, text: str) -> dict[str, Any]:
    clean, binder = normalise(text), FactBinder(knowledge)
    found = binder.bind(clean, find_quantities(clean, TODAY, binder.units), Mentions(knowledge).find(clean))
    assert len({stated.fact for stated in found}) == len(found)
    return {stated.fact: stated.value for stated in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("เป็นสมาชิกมา 2 ปี 3 เดือน", {"membership": 27}),
        ("2 ปีแล้วที่เป็นสมาชิก", {"membership": 24}),
        ("เรียนมาสี่เดือน เป็นสมาชิกมาปีครึ่ง", {"practice": 4, "membership": 18}),
        ("นักดนตรี 12 คน ผู้ฟัง ๓๐๐ คน", {"players": 12, "listeners": 300}),
        ("ผู้ฟังสองร้อยคน นักดนตรีห้าคน", {"players": 5, "listeners": 200}),
        ("มีหอ 4 แห่ง", {"halls": 4}),
        ("วางมัดจำพันห้า", {"deposit": "1500"}),
        ("เงินประกัน 2,500.50 บาท", {"deposit": "2500.5"}),
        ("สอบได้ 82%", {"exam": "82"}),
        ("คะแนนสอบร้อยละ 64.5", {"exam": "64.5"}),
        ("ยืมเมื่อ 5 เม.ย. 67", {"loan_date": "2024-04-05"}),
        ("ทำประกันแล้วค่ะ", {"insured": True}),
        ("ไม่มีประกันเครื่องเลย", {"insured": False}),
        ("ยังไม่ได้ทำประกันแล้ว", {"insured": False}),
        ("ผมเป็นมือใหม่", {"level": "beginner"}),
        ("บ้านมีขิมและระนาด", {"owned": ["khim", "ranad"]}),
        (
            "มือใหม่ครับ เรียนมา 8 เดือน ทำประกันแล้ว นักดนตรี 3 คน",
            {"level": "beginner", "practice": 8, "insured": True, "players": 3},
        ),
    ],
)
def test_stated_facts(knowledge: Knowledge, text: str, expected: dict[str, Any]) -> None:
    assert facts(knowledge, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "5 ปี",  # no cue
        "มี 12 คน",
        "ต้องเป็นสมาชิก 2 ปีใช่ไหม",  # a claim about the rule, not about the person
        "เป็นสมาชิกมาอย่างน้อย 2 ปี",
        "ทำประกันแล้วหรือยัง",
        "นักดนตรี 12 แห่ง",  # the unit does not fit
        "นักดนตรี 2.5 คน",  # not whole
        "สอบได้ 130%",  # out of range
        "ยืมเมื่อ เม.ย. 2567",  # no day
        "ยังไม่ใช่มือใหม่",
        "ขอเลื่อนเป็นขั้นครูได้ไหม",  # what is asked for is not what is had
        "ทำประกันแล้ว แต่ไม่มีประกันเครื่อง",  # both
        "มือใหม่หรือขั้นครูก็ได้",  # two choices of one fact
    ],
)
def test_nothing_is_bound_on_a_guess(knowledge: Knowledge, text: str) -> None:
    assert facts(knowledge, text) == {}


def test_two_facts_that_fit_equally_bind_none() -> None:
    twins = [Fact(name, "integer", name, "กี่คน", words=["สมาชิกวง"], unit="คน") for name in ("a", "b")]
    assert facts(Knowledge(facts={fact.id: fact for fact in twins}), "สมาชิกวง 9 คน") == {}


def test_a_choice_that_two_facts_know_needs_a_cue() -> None:
    def degree(name: str, cue: str) -> Fact:
        return Fact(
            name,
            "choice",
            name,
            "ใด",
            words=[cue],
            choices=[Choice("gold", "เหรียญทอง"), Choice("tin", "เหรียญเงิน")],
        )

    known = Knowledge(facts={"mine": degree("mine", "ของฉัน"), "theirs": degree("theirs", "ของวง")})
    assert facts(known, "เหรียญทอง") == {}
    assert facts(known, "เหรียญทองของวง") == {"theirs": "gold"}
