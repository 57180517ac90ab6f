"""Finds the vocabulary of the knowledge in a text: subjects, aspects, items, choices, documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from bot.understanding.forms import match_form, name_forms
from bot.understanding.fuzzy import FuzzyLookup, swallows
from bot.understanding.lookup import Lookup, Match
from knowledge.model import Knowledge

MentionKind = Literal["subject", "aspect", "item", "choice", "document"]
FUZZY_KINDS: frozenset[MentionKind] = frozenset({"subject", "item", "choice"})


@dataclass(frozen=True)
class Mention:
    """A thing named in the text at `text[start:end]`; `score` is 1 unless it was written with slips."""

    kind: MentionKind
    id: str
    text: str
    start: int
    end: int
    score: float

    def payload(self) -> dict[str, Any]:
        """The mention as plain JSON."""
        return {
            "kind": self.kind,
            "id": self.id,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "score": self.score,
        }


class Mentions:
    """The closed vocabulary of a knowledge. Each kind is matched by itself, the longest name first."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._ids: dict[MentionKind, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for kind, thing, names in _vocabulary(knowledge):
            for form in name_forms(names):
                if thing not in self._ids[kind][form]:
                    self._ids[kind][form].append(thing)
        self._exact = {kind: Lookup(forms) for kind, forms in self._ids.items()}
        self._fuzzy = {kind: FuzzyLookup(self._ids[kind]) for kind in FUZZY_KINDS if kind in self._ids}

    def find(self, text: str) -> list[Mention]:
        """Find all mentions of a normalised text, in reading order."""
        squashed, found = match_form(text), []
        for kind, lookup in self._exact.items():
            exact = lookup.find(text, squashed)
            near = self._fuzzy[kind].find(text, exact, squashed) if kind in self._fuzzy else []
            exact = [match for match in exact if not any(swallows(other, match) for other in near)]
            found += [mention for match in (*exact, *near) for mention in self._mentions(kind, match, text)]
        return sorted(found, key=lambda mention: (mention.start, mention.end, mention.kind, mention.id))

    def _mentions(self, kind: MentionKind, match: Match, text: str) -> Iterator[Mention]:
        for thing in self._ids[kind][match.form]:
            yield Mention(kind, thing, text[match.start : match.end], match.start, match.end, round(match.score, 4))


def _vocabulary(knowledge: Knowledge) -> Iterator[tuple[MentionKind, str, Iterable[str]]]:
    for subject in knowledge.subjects.values():
        yield "subject", subject.id, [subject.name, *subject.aliases]
    for aspect in knowledge.aspects.values():
        yield "aspect", aspect.id, aspect.words
    for provision in knowledge.provisions.values():
        for item in provision.items:
            yield "item", f"{provision.id}#{item.id}", [item.label, *item.aliases]
    for fact in knowledge.facts.values():
        for choice in fact.choices:
            yield "choice", f"{fact.id}={choice.id}", [choice.label, *choice.aliases]
    for document in knowledge.documents.values():
        yield "document", document.document, [document.title, document.short_title, *document.aliases]
