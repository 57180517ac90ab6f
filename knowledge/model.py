"""What the documents say, typed: documents, subjects, aspects, provisions, oddities and facts.

All Thai text is as a citizen reads it. Lines count the source file's lines from 1, both ends included.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

import msgspec

Lines = tuple[int, int]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all parts that are written in YAML: unknown keys are refused."""


class Cite(Strict, frozen=True):
    """A place in a source document. `document` and `section` are filled in by the loader where left out."""

    lines: Lines
    quote: str | None = None
    section: str | None = None
    document: str | None = None


class Value(Strict, frozen=True):
    """A figure that a provision states, with its unit and its own place."""

    value: Any
    cite: Cite
    unit: str | None = None

    def __post_init__(self) -> None:
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal | str | dt.date):
            raise ValueError(f"Expected `int | decimal | str | date`, got `{type(self.value).__name__}`")


class Item(Strict, frozen=True):
    """One entry of a list, with its own lines. `number` is its number in the document."""

    id: str
    label: str
    cite: Cite
    aliases: list[str] = []
    number: str | None = None
    note: str | None = None
    oddity: str | None = None


class Membership(Strict, frozen=True):
    """What being in a list, or not being in it, means."""

    in_list: str
    not_in_list: str
    cite: Cite


class Subject(Strict, frozen=True):
    """A thing that the documents speak about, with every way to name it."""

    id: str
    name: str
    aliases: list[str] = []
    confused_with: list[str] = []


class Aspect(Strict, frozen=True):
    """A thing that can be asked about a subject."""

    id: str
    name: str
    words: list[str] = []


class Provision(Strict, frozen=True):
    """One statement of a document: the cell of the grid at (subject, aspect)."""

    id: str
    subject: str
    aspect: str
    says: str
    cite: Cite
    also: list[Cite] = []
    values: dict[str, Value] = {}
    items: list[Item] = []
    membership: Membership | None = None
    notes: list[str] = []
    oddities: list[str] = []
    rule: str | None = None
    near: list[str] = []
    silent: bool = False
    derived: bool = False
    binds: str | None = None


class Oddity(Strict, frozen=True):
    """A misprint, gap or conflict of the source. `says` is the sentence that answers show."""

    id: str
    kind: Literal["misprint", "gap", "overlap", "conflict", "ambiguity", "silence"]
    cite: Cite
    says: str
    printed: str | None = None
    reading: str | None = None
    also: list[Cite] = []


class Choice(Strict, frozen=True):
    """One value of a choice or set fact."""

    id: str
    label: str
    aliases: list[str] = []


FactType = Literal["bool", "integer", "decimal", "money", "date", "choice", "set", "duration", "periods"]


class Fact(Strict, frozen=True):
    """A typed thing about a person or a school. Durations are whole months; money is baht.

    `usually` (for bool) is what most people who ask would say; `after` names a fact without which this one makes no
    sense. Both only order the questions.
    """

    id: str
    type: FactType
    label: str
    question: str
    hint: str | None = None
    words: list[str] = []
    unit: str | None = None
    range: tuple[int, int] | None = None
    changes: Literal["fixed", "action", "time"] = "fixed"
    unknown: str | None = None
    usually: bool | None = None
    after: str | None = None
    ordered: bool = False
    choices: list[Choice] = []
    true_words: list[str] = []
    false_words: list[str] = []

    def choice(self, choice_id: str) -> Choice:
        """The choice of that id. Raises KeyError."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        raise KeyError(choice_id)


class Source(Strict, frozen=True):
    """The file that was received, and its SHA-256 in hexadecimal."""

    file: str
    sha256: str


class Issuer(Strict, frozen=True):
    """Who issued a document, and where it says so."""

    name: str
    lines: Lines | None = None


class Furniture(Strict, frozen=True):
    """Lines that state nothing (page marks, dot leaders), with the reason."""

    lines: Lines
    reason: str


class DocumentFile(Strict, frozen=True):
    """`document.yml`."""

    document: str
    title: str
    short_title: str
    kind: str
    source: Source
    issuer: Issuer | None = None
    date: dt.date | None = None
    date_note: str | None = None
    binds: str | None = None
    aliases: list[str] = []
    furniture: list[Furniture] = []
    subjects: list[Subject] = []
    provisions: list[Provision] = []
    oddities: list[Oddity] = []
    facts: list[Fact] = []


class SectionFile(Strict, frozen=True):
    """`NN-topic.yml`: what one section of a document says."""

    document: str
    section: str
    lines: Lines
    binds: str | None = None
    subjects: list[Subject] = []
    provisions: list[Provision] = []
    oddities: list[Oddity] = []
    facts: list[Fact] = []


class AspectsFile(Strict, frozen=True):
    """`vocabulary/aspects.yml`."""

    aspects: list[Aspect]


class FactsFile(Strict, frozen=True):
    """`vocabulary/facts.yml`."""

    facts: list[Fact]


class RuleUnit(msgspec.Struct, frozen=True, kw_only=True):
    """What the understanding needs to know of a rule."""

    id: str
    subject: str
    aspect: str
    title: str
    inputs: list[str]


class Knowledge(msgspec.Struct, kw_only=True):
    """All that the documents say, by id. `places` tells the file and line where each id was written."""

    documents: dict[str, DocumentFile] = {}
    sections: list[SectionFile] = []
    aspects: dict[str, Aspect] = {}
    subjects: dict[str, Subject] = {}
    provisions: dict[str, Provision] = {}
    oddities: dict[str, Oddity] = {}
    facts: dict[str, Fact] = {}
    asks: dict[str, list[str]] = {}
    rule_units: dict[str, RuleUnit] = {}
    places: dict[str, Any] = {}
    fingerprint: str = ""

    def of_subject(self, subject: str) -> list[Provision]:
        """The provisions on a subject, in the order of the document."""
        return [p for p in self.provisions.values() if p.subject == subject]
