"""Imports one document: recognises it, masks passwords, keeps a copy and what it was made from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.model import DocumentFile
from knowledge.sources import INDEX, read_index, sha256

MASK = "••••"
_SECRET = re.compile(
    r"((?:รหัส\s?ผ่าน|pass\s?word|passwd|pwd)(?:\s|:|=|\"|'|คือ|ว่า|เป็น|\bis\b|<[^>]*>)*)([!-;=?-~]{4,})", re.IGNORECASE
)


@dataclass(frozen=True)
class Outcome:
    """What became of a file; `document` is None when it was not recognised."""

    document: str | None
    says: str


def mask(text: str) -> tuple[str, int]:
    """The text with each token after a word for password masked, and how many were."""
    return _SECRET.subn(lambda found: found[1] + MASK, text)


def import_file(path: Path, documents: Iterable[DocumentFile], folder: Path) -> Outcome:
    """Copy one file into the folder under the name by which it is cited."""
    data = path.read_bytes()
    text = _decoded(data)
    if text is None:
        return Outcome(None, f"{path.name}: not plain text in UTF-8 or TIS-620; export it as text first.")
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    hashes = [sha256(data), sha256(plain.encode())]
    document = _recognised(path, hashes, documents, folder)
    if document is None:
        return Outcome(None, f"{path.name}: not a document that the knowledge cites; left alone.")
    return _keep(path, document, plain, hashes, folder)


def _keep(path: Path, document: DocumentFile, plain: str, hashes: list[str], folder: Path) -> Outcome:
    name = Path(document.source.file).name
    entry = read_index(folder).get(name)
    if entry and entry["kept"] in hashes:
        return Outcome(document.document, f"{path.name}: {document.document} is there already.")
    masked, secrets = mask(plain)
    exact = document.source.sha256 in hashes
    received = document.source.sha256 if exact else hashes[0]
    kept = sha256(masked.encode())
    masking = f", {secrets} password(s) masked" if secrets else ""
    says = f"{path.name}: imported as {document.document}{masking}."
    if not exact:
        says += " WARNING: it differs from the text that is cited, so lines may not match; run `rabiab check`."
    if entry == {"received": received, "kept": kept} and _holds(folder / name, kept):
        return Outcome(document.document, f"{path.name}: {document.document} is there already.")
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / name, masked)
    index = {**read_index(folder), name: {"received": received, "kept": kept}}
    _write(folder / INDEX, json.dumps(index, indent=1, sort_keys=True) + "\n")
    return Outcome(document.document, says)


def _recognised(path: Path, hashes: list[str], documents: Iterable[DocumentFile], folder: Path) -> DocumentFile | None:
    index = read_index(folder)
    by_name = None
    for document in documents:
        name = Path(document.source.file).name
        if document.source.sha256 in hashes or index.get(name, {}).get("kept") in hashes:
            return document
        if path.name.casefold() == name.casefold() or document.document in path.stem.casefold():
            by_name = document
    return by_name


def _decoded(data: bytes) -> str | None:
    if b"\0" in data:
        return None
    for encoding in ("utf-8", "cp874"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _holds(path: Path, wanted: str) -> bool:
    return path.is_file() and sha256(path.read_bytes()) == wanted


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    fresh = path.with_suffix(path.suffix + ".new")
    fresh.write_bytes(text.encode())
    fresh.replace(path)
