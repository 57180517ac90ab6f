"""The understanding end to end, on a made-up knowledge."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up_instruments import instruments

from bot.understanding import ModelError, Understander
from bot.understanding.acts import act_files, bare, fixed_messages
from bot.understanding.polarity import polarity

TODAY = date(2026, 11, 20)
KEYS = {"text", "act", "mentions", "facts", "quantities", "polarity", "units", "subjects", "aspects", "scope"}
ACTS = {
    "inform", "affirm", "deny", "dont_know", "skip", "back", "restart", "summary", "why", "what_if",
    "source", "next", "change", "greet", "thanks", "bye", "help", "out_of_scope",
}  # fmt: skip
UNSEEN = [
    ("บัตรดนตรีหมดอายุตอนไหน", "card.validity"),
    ("บัดสมาชิกดนตีใช้ได้นานกี่ปี", "card.validity"),
    ("อยากทำบัตรสมาชิกดนตรี ต้องเสียเงินมั้ย กี่บาท", "card.fee"),
    ("บัตรสมาชิกดนตรีนี่ใครออกให้", "card.issuer"),
    ("ค่าธรรมเนียมบัตรเยี่ยมชมเท่าไหร่", "guest_card.fee"),
    ("เครื่องดนตรีอะไรยืมได้บ้าง", "loan.list"),
    ("ผมเป็นสมาชิกมา 5 ปี ยืมเครื่องได้หรือยัง", "loan.eligibility"),
]


@pytest.mark.parametrize(("text", "unit"), UNSEEN)
def test_unseen_questions_find_their_unit(understander: Understander, text: str, unit: str) -> None:
    read = understander.understand(text, TODAY)
    assert read["units"][0]["id"] == unit
    assert read["act"]["name"] == "ask"
    assert read["scope"] > 0.5


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("ใช่ค่ะ", "affirm"), ("ยังไม่ถึงครับ", "deny"), ("ไม่แน่ใจค่ะ", "dont_know"), ("ข้ามข้อนี้เลย", "skip"), ("ย้อนกลับ", "back"),
        ("เริ่มใหม่", "restart"), ("สรุปให้หน่อยค่ะ", "summary"), ("ทำไมล่ะคะ", "why"), ("แล้วถ้าจบ ป.โท ล่ะ", "what_if"),
        ("ขอที่มาหน่อย", "source"), ("ต่อเลย", "next"), ("ขอแก้คำตอบหน่อยครับ", "change"), ("สวัสดีจ้า", "greet"),
        ("ขอบคุณมากๆ นะคะ", "thanks"),
        ("บ๊ายบาย", "bye"), ("ใช้งานยังไงคะ", "help"), ("5 ปี 6 เดือน", "inform"), ("มือใหม่", "inform"),
        ("1/4/60", "inform"), ("เป็นสมาชิกมา 5 ปีค่ะ", "inform"), ("พรุ่งนี้ฝนจะตกมั้ย", "out_of_scope"),
        ("ครับ", "affirm"), ("l;ylfu8iy[", "greet"), ("", "out_of_scope"),
    ],
)  # fmt: skip
def test_acts(understander: Understander, text: str, act: str) -> None:
    assert understander.understand(text, TODAY)["act"]["name"] == act


@pytest.mark.parametrize("opening", ["สวัสดีค่ะ ", "หวัดดีครับ ", "ขอโทษนะคะ ", "สวัสดีครับ ขอบคุณล่วงหน้า "])
def test_a_greeting_before_a_question_is_a_question(understander: Understander, opening: str) -> None:
    read = understander.understand(opening + "บัตรดนตรีใช้ได้กี่ปีคะ", TODAY)
    assert read["act"]["name"] == "ask"
    assert read["units"][0]["id"] == "card.validity"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ใช่ค่ะ จบแล้ว", "yes"), ("มีครับ", "yes"), ("ถึงแล้ว", "yes"), ("ไม่มีค่ะ", "no"), ("ยังครับ", "no"), ("ยังไม่ครบ", "no"),
        ("ไม่", "no"), ("มีไหมคะ", None), ("5 ปี", None), ("ไม่ทราบค่ะ", None), ("ใช่ไหม", None), ("มีนาคม", None),
    ],
)  # fmt: skip
def test_polarity(text: str, expected: str | None) -> None:
    assert polarity(text) == expected


def test_the_payload_is_the_interface(understander: Understander) -> None:
    read = understander.understand("นักดนตรี 12 คน ยืมไวโอลินวันที่ 5 เม.ย. 67 ได้ไหม", TODAY)
    assert set(read) == KEYS
    assert json.loads(json.dumps(read)) == read
    assert {"type": "date", "value": "2024-04-05", "unit": None, "text": "5 เม.ย. 67", "claimed": False} in read[
        "quantities"
    ]
    assert {"fact": "players", "value": 12, "text": "12 คน"} in read["facts"]
    assert set(read["mentions"][0]) == {"kind", "id", "text", "start", "end", "score"}
    assert len(read["subjects"]) <= 5 and len(read["aspects"]) <= 5 and len(read["units"]) <= 10
    scores = [unit["score"] for unit in read["units"]]
    assert scores == sorted(scores, reverse=True) and sum(scores) <= 1.001


def test_reading_is_deterministic(understander: Understander, tmp_path: Path) -> None:
    again = Understander.train(instruments(), tmp_path)
    for text, _ in UNSEEN:
        assert again.understand(text, TODAY) == understander.understand(text, TODAY)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=120) | st.text(alphabet="บัตรดนตรีกี่ปีใช้ได้ไหม 0123456789๕./!?ๆ", max_size=120))
def test_any_text_is_read(understander: Understander, text: str) -> None:
    read = understander.understand(text, TODAY)
    assert set(read) == KEYS and read["units"]
    assert all(read["text"][m["start"] : m["end"]] == m["text"] for m in read["mentions"])
    assert 0 <= read["scope"] <= 1 and 0 <= read["act"]["confidence"] <= 1


def test_a_unit_without_phrasings_is_found_by_its_subject_and_aspect(tmp_path: Path) -> None:
    known = instruments()
    del known.asks["card.issuer"]
    read = Understander.train(known, tmp_path).understand("บัตรสมาชิกดนตรีออกโดยใคร", TODAY)
    assert read["units"][0]["id"] == "card.issuer"


def test_a_missing_stale_or_foreign_model_is_refused(understander: Understander, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Train first"):
        Understander.load(instruments(), tmp_path)
    meta = tmp_path / "understanding.json"
    meta.write_text(json.dumps({"version": 0, "knowledge": "made up"}))
    with pytest.raises(ModelError, match="version 0"):
        Understander.load(instruments(), tmp_path)
    other = msgspec.structs.replace(instruments(), fingerprint="changed")
    Understander.train(instruments(), tmp_path)
    with pytest.raises(ModelError, match="other knowledge"):
        Understander.load(other, tmp_path)


def test_every_act_has_its_examples() -> None:
    assert {file.act for file in act_files()} == ACTS
    assert all(len(file.examples) >= 20 for file in act_files())


def test_no_fixed_message_stands_for_two_acts() -> None:
    texts = [(text, file.act) for file in act_files() for text in file.exact]
    fixed = fixed_messages()
    assert [(text, act) for text, act in texts if fixed[bare(text)] != act] == []
