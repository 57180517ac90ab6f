"""Names found in a text: exact, with slips, and not by chance inside other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.forms import match_form, name_forms
from bot.understanding.fuzzy import FuzzyLookup
from bot.understanding.lookup import Lookup
from bot.understanding.mentions import Mentions
from knowledge.model import Knowledge
from knowledge.thai.normalise import normalise


@pytest.fixture(scope="module")
def mentions(knowledge: Knowledge) -> Mentions:
    return Mentions(knowledge)


def ids(mentions: Mentions, text: str, kind: str) -> set[str]:
    return {mention.id for mention in mentions.find(normalise(text)) if mention.kind == kind}


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("บัตรสมาชิกดนตรีหมดอายุเมื่อไหร่", {"card"}),
        ("บัตร สมาชิก ดนตรี", {"card"}),  # spaces do not matter
        ("บัตรดนตรีหาย", {"card"}),
        ("มี บ.ด. แล้ว", {"card"}),
        ("มี บ ด แล้ว", {"card"}),
        ("บัตรเยี่ยมชมกับบัตรดนตรีต่างกันไหม", {"card", "guest_card"}),
        ("บัตรสมาชกดนตรี", {"card"}),  # a letter left out
        ("บัตรสมาชิคดนตรี", {"card"}),  # a wrong letter
        ("บัตรผู้เยียมชมดนตรี", {"guest_card"}),  # never its near name
        ("วันนี้ฝนตก", set()),
    ],
)
def test_subjects(mentions: Mentions, text: str, subjects: set[str]) -> None:
    assert ids(mentions, text, "subject") == subjects


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("ยืม วลน ได้ไหม", {"loan.list#violin"}),
        ("ยืม ว.ล.น. ได้ไหม", {"loan.list#violin"}),
        ("รนอ ยืมได้ไหม", {"loan.list#ranad"}),  # the name in the brackets of a label
        ("ระนาดเอกยืมได้ไหม", {"loan.list#ranad"}),
        ("ขวลนาน", set()),  # three consonants inside other words
        ("ขิมกับไวโอลิน", {"loan.list#khim", "loan.list#violin"}),
    ],
)
def test_items_and_abbreviations(mentions: Mentions, text: str, items: set[str]) -> None:
    assert ids(mentions, text, "item") == items


@pytest.mark.parametrize("text", ["พม่าแพ้", "ข้าวพม", "เคพมา", "กพมข", "พิมพ์พมด"])
def test_two_letters_do_not_match_inside_words(text: str) -> None:
    assert Lookup(["พม"]).find(text) == []


@pytest.mark.parametrize("text", ["พม", "มี พ.ม. แล้ว", "จบ พม ค่ะ", "วุฒิ(พ.ม.)"])
def test_two_letters_match_as_a_word(text: str) -> None:
    assert [match.form for match in Lookup(["พม"]).find(text)] == ["พม"]


def test_the_longest_name_wins() -> None:
    found = Lookup(["ครู", "ครูชำนาญการ", "ครูชำนาญการพิเศษ"]).find("อยากเป็นครูชำนาญการพิเศษ")
    assert [match.form for match in found] == ["ครูชำนาญการพิเศษ"]


def test_aspect_words(mentions: Mentions) -> None:
    assert ids(mentions, "เสียเงินกี่บาท แล้วหมดอายุวันไหน", "aspect") == {"fee", "validity"}


def test_a_decimal_point_stays_and_other_dots_go() -> None:
    assert match_form("คศ.2 ได้ 1.5 ขั้น").text == "คศ2ได้1.5ขั้น"


def test_name_forms_take_the_brackets_apart() -> None:
    assert set(name_forms(["ระนาดเอก (ร.น.อ.)"])) == {"ระนาดเอกรนอ", "ระนาดเอก", "รนอ"}


def test_two_names_equally_near_are_both_left_out() -> None:
    assert FuzzyLookup(["วิทยากรชาย", "วิทยากรขาย"]).find("วิทยากรฉาย", []) == []


def test_short_names_take_no_slips() -> None:
    assert FuzzyLookup(["ครูใหญ"]).find("ครูไหญ", []) != []
    assert FuzzyLookup(["ครูให"]).find("ครูไห", []) == []


@given(text=st.text(alphabet="บัตรสมาชิกดนตรีเยี่ยมผู้ว.ล.น ขิมครู12", max_size=60))
def test_spans_lie_inside_the_text(mentions: Mentions, text: str) -> None:
    clean = normalise(text)
    for mention in mentions.find(clean):
        assert clean[mention.start : mention.end] == mention.text
        assert 0 <= mention.start < mention.end <= len(clean)
        assert 0 < mention.score <= 1
