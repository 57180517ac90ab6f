"""The shapes of the HTTP contract. Unknown fields are let through: the contract grows by adding fields."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

Status = Literal["answer", "verdict", "question", "clarify", "not_covered", "smalltalk", "error"]
NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]


class ChatRequest(msgspec.Struct):
    """Body of POST /api/chat."""

    text: str
    session: str | None = None


class Citation(msgspec.Struct):
    """A place in a source document; lines count from 1, both ends included."""

    document: NonEmpty
    title: str
    section: str | None
    lines: tuple[int, int]
    quote: str | None = None


class Choice(msgspec.Struct):
    """Something to tap; `value` is sent back as text."""

    label: NonEmpty
    value: NonEmpty


class Message(msgspec.Struct):
    """One bubble of the reply."""

    text: NonEmpty
    status: Status
    citations: list[Citation] = []
    verdict: dict[str, Any] | None = None
    choices: list[Choice] = []
    notes: list[str] = []

    def __post_init__(self) -> None:
        if self.status in ("answer", "verdict") and not self.citations:
            raise ValueError("an answer without a source")


class _Custom(msgspec.Struct):
    messages: Annotated[list[msgspec.Raw], msgspec.Meta(min_length=1)]


class _RasaReply(msgspec.Struct):
    custom: _Custom


def read_rasa_reply(body: bytes) -> list[dict[str, Any]]:
    """The messages in the reply of Rasa's REST channel, every field of the contract present.

    Raises msgspec.DecodeError when there is none, or one is not as the contract says.
    """
    replies = msgspec.json.decode(body, type=list[_RasaReply])
    messages = [_read_message(raw) for reply in replies for raw in reply.custom.messages]
    if not messages:
        raise msgspec.ValidationError("no message")
    return messages


def _read_message(raw: msgspec.Raw) -> dict[str, Any]:
    """The message as it was written, with what it left out: the check itself drops unknown fields."""
    msgspec.json.decode(raw, type=Message)
    written: dict[str, Any] = msgspec.json.decode(raw)
    citations = [{"quote": None, **citation} for citation in written.get("citations", [])]
    return {"verdict": None, "choices": [], "notes": [], **written, "citations": citations}


def error_message(text: str) -> dict[str, Any]:
    """A message of status `error`."""
    return dict(msgspec.to_builtins(Message(text=text, status="error")))
