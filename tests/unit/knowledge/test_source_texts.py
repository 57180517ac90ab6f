"""Where source texts are found, and that only the text that is cited counts as it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.errors import SourceMissing
from knowledge.model import DocumentFile, Source
from knowledge.sources import INDEX, Sources, default_folders, sha256

TEXT = "หนึ่ง\n\nสาม\n"


def document(text: str = TEXT) -> DocumentFile:
    return DocumentFile("d", "เอกสาร", "เอกสาร", "ระเบียบ", Source("d.txt", sha256(text.encode())))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "d.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_lines_count_from_one(folder: Path) -> None:
    text = Sources([folder]).text(document())
    assert (len(text), text.exact) == (3, True)
    assert text.passage((1, 1)) == "หนึ่ง"
    assert text.passage((1, 3)) == "หนึ่ง  สาม"


def test_the_first_folder_that_has_the_text_wins(folder: Path, tmp_path: Path) -> None:
    assert Sources([tmp_path / "none", folder]).text(document()).path == folder / "d.txt"


def test_an_absent_text_is_told_with_the_places_and_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing) as fault:
        Sources([tmp_path]).text(document())
    assert str(fault.value) == f"d: no d.txt in {tmp_path}; run `rabiab sources import` on your copy"


def test_another_text_under_the_same_name_is_refused(folder: Path) -> None:
    wanted = document("another\n")
    with pytest.raises(SourceMissing, match=rf"d: .*d\.txt is another text \(sha256 {sha256(TEXT.encode())[:12]}"):
        Sources([folder]).text(wanted)


@pytest.mark.parametrize(("received", "exact"), [("cited", True), ("other", False)])
def test_an_imported_copy_counts_as_what_it_was_made_from(folder: Path, received: str, exact: bool) -> None:
    cited = document("the text before its password was masked\n")
    hashes = {"cited": cited.source.sha256, "other": sha256(b"other")}
    index = {"d.txt": {"received": hashes[received], "kept": sha256(TEXT.encode())}}
    (folder / INDEX).write_text(json.dumps(index), encoding="utf-8")
    assert Sources([folder]).text(cited).exact is exact


def test_an_imported_copy_that_was_changed_afterwards_is_refused(folder: Path) -> None:
    cited = document("the text before\n")
    index = {"d.txt": {"received": cited.source.sha256, "kept": sha256(TEXT.encode())}}
    (folder / INDEX).write_text(json.dumps(index), encoding="utf-8")
    (folder / "d.txt").write_text(TEXT + "more\n", encoding="utf-8")
    with pytest.raises(SourceMissing):
        Sources([folder]).text(cited)


def test_where_it_is_looked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RABIAB_SOURCES", f"{tmp_path / 'a'}:{tmp_path / 'b'}")
    assert default_folders() == [tmp_path / "a", tmp_path / "b"]
    monkeypatch.delenv("RABIAB_SOURCES")
    monkeypatch.setenv("RABIAB_VAR", str(tmp_path))
    first, second = default_folders()
    assert first == tmp_path / "sources"
    assert second.parts[-2:] == ("shared", "sources")
