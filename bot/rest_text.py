"""How a person's text travels over Rasa's REST channel.

Rasa takes a text that begins with `/` for an intent of its own. Such a text gets a mark in front on the way in, and
loses it again before it is understood. U+2060 (word joiner) is no white space, so that Rasa's stripping leaves it.
"""

from __future__ import annotations

MARK = "\u2060"


def escape(text: str) -> str:
    """The text as it is sent to Rasa: never begins with `/`, and `unescape` gives the same text back."""
    return MARK + text if text.lstrip().startswith(("/", MARK)) else text


def unescape(text: str) -> str:
    """The text as the person typed it."""
    return text[len(MARK) :] if text.startswith(MARK) else text
