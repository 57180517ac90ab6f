"""What can go wrong with a model of the understanding."""

from __future__ import annotations


class ModelError(Exception):
    """The stored model is missing, of another version, or of other knowledge: train again."""
