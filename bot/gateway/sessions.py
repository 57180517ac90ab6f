"""Session ids: random, signed with a key that stays on this machine, so that only issued ones are taken."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

RANDOM_BYTES = 16
SIGNATURE_BYTES = 16
KEY_BYTES = 32


class Sessions:
    """Issues and recognises session ids."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def recognise(self, session: str | None) -> str | None:
        """The same id if this server issued it, otherwise None."""
        try:
            raw = base64.b64decode((session or "").encode("ascii") + b"=", altchars=b"-_", validate=True)
        except ValueError:
            return None
        value, signature = raw[:RANDOM_BYTES], raw[RANDOM_BYTES:]
        return session if hmac.compare_digest(signature, self._sign(b"session:" + value)) else None

    def issue(self) -> str:
        """A new id of 43 characters, safe in URLs."""
        value = secrets.token_bytes(RANDOM_BYTES)
        return base64.urlsafe_b64encode(value + self._sign(b"session:" + value)).decode().rstrip("=")

    def sender(self, session: str) -> str:
        """What Rasa knows the conversation by. The session id cannot be told from it."""
        return self._sign(b"sender:" + session.encode()).hex()

    def _sign(self, value: bytes) -> bytes:
        return hmac.new(self._key, value, hashlib.sha256).digest()[:SIGNATURE_BYTES]


def load_key(path: Path) -> bytes:
    """The key in the file, which is made, readable by its owner alone, when it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise ValueError(f"{path} is no session key of {KEY_BYTES} bytes: remove it, and a new one is made.")
    return key
