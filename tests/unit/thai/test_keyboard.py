"""Lines typed in the wrong layout."""

from __future__ import annotations

import subprocess
import sys

import pytest

from knowledge.thai.keyboard import mend_keyboard


@pytest.mark.parametrize(("typed", "meant"), [("l;ylfu8iy[", "สวัสดีครับ"), ("8i^=eokPdki", "ครูชำนาญการ")])
def test_mends_thai_typed_on_an_english_layout(typed: str, meant: str) -> None:
    assert mend_keyboard(typed) == meant


@pytest.mark.parametrize(
    "text", ["hello", "what is the fee", "PDF", "ครู abc", "12345", "", "Thai QM", "e-LAAS"]
)
def test_leaves_everything_else_alone(text: str) -> None:
    assert mend_keyboard(text) == text


def test_importing_the_thai_modules_does_not_import_pythainlp() -> None:
    modules = "knowledge.thai.normalise, knowledge.thai.keyboard, knowledge.thai.quantities"
    code = f"import {modules}, sys; print('pythainlp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
