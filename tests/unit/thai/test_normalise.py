"""The one cleaning of Thai text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.thai.normalise import normalise, squash, squash_with_offsets

THAI = st.text(
    alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B) | st.sampled_from(" aZ5.\n​"),
    max_size=60,
)


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("ระด ับชั้น", "ระดับชั้น"),  # a mark behind a stray space is joined, not lost
        ("เเผนงาน", "แผนงาน"),
        ("เพ่ือนครู", "เพื่อนครู"),
        ("นํ้าดื่ม", "น้ำดื่ม"),
        ("ครั้งที่ ๑๒", "ครั้งที่ 12"),
        ("มากกกกก", "มาก"),
        ("ครับบบบ", "ครับ"),
        ("ด่วนนนนจ้าาา", "ด่วนจ้า"),
        ("อยากกกกรู้", "อยากรู้"),
        ("หนู​อยากถาม", "หนูอยากถาม"),
        ("  สอบ \t ถาม\nหน่อย ", "สอบ ถาม หน่อย"),
        ("จริงเหรอ!!!???", "จริงเหรอ!?"),
        ("สสส. ให้ทุน", "สสส. ให้ทุน"),  # three letters alone may be an abbreviation
        ("ปี 2555 มี 1,000 คน", "ปี 2555 มี 1,000 คน"),
        ("55555", "55555"),
    ],
)
def test_normalise(typed: str, clean: str) -> None:
    assert normalise(typed) == clean


def test_sara_am_stays_whole() -> None:
    assert normalise("ทำงาน") == "ทำงาน"
    assert len(normalise("ำ")) <= 1


def test_squash_drops_white_space() -> None:
    assert squash(" ครู  ผู้ ช่วย ๒ คน") == "ครูผู้ช่วย2คน"


@given(THAI)
def test_normalise_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=80))
def test_normalise_takes_any_text(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(THAI)
def test_offsets_lead_back_to_the_text(text: str) -> None:
    clean = normalise(text)
    squashed = squash_with_offsets(clean)
    assert "".join(clean[place] for place in squashed.offsets) == squashed.text
    if squashed.text:
        start, end = squashed.span(0, len(squashed.text))
        assert "".join(clean[start:end].split()) == squashed.text
