"""The texts of the source documents, which the project cites and does not contain.

They are looked for in the folders of RABIAB_SOURCES (more than one is joined as in PATH), else in the copies that an
operator imported (`sources/` of RABIAB_VAR, default `var/`), else in `../shared/sources` beside this tree.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import SourceMissing
from knowledge.model import DocumentFile, Lines

ROOT = Path(__file__).resolve().parent.parent
INDEX = "imported.json"


@dataclass(frozen=True)
class SourceText:
    """The lines of a document, counted from 1. `exact` is false for an imported copy that differs."""

    path: Path
    lines: tuple[str, ...]
    exact: bool = True

    def __len__(self) -> int:
        return len(self.lines)

    def passage(self, lines: Lines) -> str:
        """The lines from the first to the last, both included, joined by spaces."""
        return " ".join(self.lines[lines[0] - 1 : lines[1]])


class Sources:
    """Reads source texts from folders, the first that has a document wins. Each text is read once."""

    def __init__(self, folders: list[Path] | None = None) -> None:
        self.folders = default_folders() if folders is None else folders
        self._texts: dict[str, SourceText] = {}

    def text(self, document: DocumentFile) -> SourceText:
        """The text of a document. Raises SourceMissing when it is absent or not the text that is cited."""
        if document.document not in self._texts:
            self._texts[document.document] = self._read(document)
        return self._texts[document.document]

    def _read(self, document: DocumentFile) -> SourceText:
        name = Path(document.source.file).name
        for folder in self.folders:
            if (folder / name).is_file():
                return _verified(folder / name, document)
        looked = ", ".join(str(folder) for folder in self.folders) or "no folder"
        raise SourceMissing(f"{document.document}: no {name} in {looked}; run `rabiab sources import` on your copy")


def default_folders() -> list[Path]:
    """The folders in which source texts are looked for, in that order."""
    named = os.environ.get("RABIAB_SOURCES")
    if named:
        return [Path(part).resolve() for part in named.split(os.pathsep) if part]
    return [imported_folder(), ROOT.parent / "shared" / "sources"]


def imported_folder() -> Path:
    """Where `rabiab sources import` puts its copies."""
    return Path(os.environ.get("RABIAB_VAR") or ROOT / "var").resolve() / "sources"


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def split_lines(data: bytes) -> tuple[str, ...]:
    """The lines of a text as they are cited: only line feeds end a line. Raises UnicodeDecodeError."""
    text = data.decode("utf-8")
    return tuple(line.removesuffix("\r") for line in text.removesuffix("\n").split("\n"))


def read_index(folder: Path) -> dict[str, dict[str, str]]:
    """What was imported into a folder: by file name, the SHA-256 of what was received and of the copy kept."""
    path = folder / INDEX
    if not path.is_file():
        return {}
    found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _verified(path: Path, document: DocumentFile) -> SourceText:
    data = path.read_bytes()
    wanted, got = document.source.sha256, sha256(data)
    entry = read_index(path.parent).get(path.name)
    if got == wanted:
        return SourceText(path, split_lines(data))
    if entry is not None and entry["kept"] == got:
        return SourceText(path, split_lines(data), exact=entry["received"] == wanted)
    raise SourceMissing(f"{document.document}: {path} is another text (sha256 {got[:12]}..., cited: {wanted[:12]}...)")
