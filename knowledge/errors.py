"""The errors of the knowledge and of the rules, one hierarchy, drawn once.

RabiabError
├── SourceMissing        a source document is not at hand
└── KnowledgeError       a file of knowledge or rules is wrong: place, expected, got, next step
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class RabiabError(Exception):
    """Base of all errors that this project raises on purpose."""


class SourceMissing(RabiabError):
    """The text of a source document is not at hand, so its lines cannot be read."""


@dataclass
class KnowledgeError(RabiabError):
    """A file is wrong. `line` counts from 1; 0 when the place is the whole file."""

    path: Path
    line: int
    expected: str
    got: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: expected {self.expected}, got {self.got}. {self.next_step}"
