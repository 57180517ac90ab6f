"""From an understanding and a state to messages of the HTTP contract."""

from bot.answering.answering import Answering

__all__ = ["Answering"]
