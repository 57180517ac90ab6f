"""Tells whether a model still fits what it was trained from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from bot.settings import ROOT, knowledge_dir, rules_dir

CODE = ("knowledge", "rules", "bot/understanding", "bot/nlu")
FILES = ("config.yml", "domain.yml", "requirements.lock")


def fingerprint() -> str:
    """SHA-256, in hexadecimal, over knowledge, rules, the code that reads them, and Rasa's settings."""
    digest = hashlib.sha256()
    for path in _inputs():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _inputs() -> Iterator[Path]:
    for folder in (knowledge_dir(), rules_dir()):
        yield from sorted(folder.rglob("*.yml"))
    for code in CODE:
        yield from sorted((ROOT / code).rglob("*.py"))
    yield from (ROOT / name for name in FILES)
