"""From the text that a person typed to what it says and asks: an `Understanding` as plain JSON."""

from bot.understanding.errors import ModelError
from bot.understanding.understander import Understander

__all__ = ["ModelError", "Understander"]
