"""Checks of the knowledge beyond its form: references, citations, figures, own words, phrasings.

Each fault has a place, what was expected, what was got and the next step, as the loader's first fault has.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from knowledge.citations import Citations, Fault, cites_in, digits, figures, show
from knowledge.model import Item, Knowledge, Provision
from knowledge.sources import Sources
from knowledge.strict_yaml import YamlFile, read_yaml
from knowledge.thai.normalise import squash
from knowledge.wording import Wording, check_wording

SILENT = "เอกสารไม่ได้"


def check_knowledge(knowledge: Knowledge, sources: Sources) -> list[Fault]:
    """All faults of the knowledge; load the rules (and asks) before, since both are checked with it.

    Without a source text the checks that read it are left out; ask `Citations.absent` for the reasons.
    """
    return _Checks(knowledge, Citations(knowledge, sources)).run()


class _Checks:
    def __init__(self, knowledge: Knowledge, citations: Citations) -> None:
        self.knowledge, self.citations = knowledge, citations
        self.wording = Wording(citations)

    def run(self) -> list[Fault]:
        faults: list[Fault] = []
        for file in written_files(self.knowledge):
            faults += self._file(file)
        faults += self._subjects()
        faults += check_asks(self.knowledge)
        return faults

    def _file(self, file: YamlFile) -> Iterator[Fault]:
        data = file.data or {}
        document = data.get("document", "")
        lines = data.get("lines")
        yield from self.citations.check_all(file, document, tuple(lines) if lines else None)
        yield from self._document_places(file, document, data)
        for i, written in enumerate(data.get("provisions") or []):
            yield from self._provision(file, f"$.provisions[{i}]", self.knowledge.provisions[written["id"]])
        yield from check_wording(file, self.wording, document)

    def _document_places(self, file: YamlFile, document: str, data: dict[str, Any]) -> Iterator[Fault]:
        for i, part in enumerate(data.get("furniture") or []):
            yield from self.citations.check(file, f"$.furniture[{i}]", part, document)
        issuer = data.get("issuer") or {}
        if issuer.get("lines"):
            yield from self.citations.check(file, "$.issuer", issuer, document)

    def _provision(self, file: YamlFile, where: str, provision: Provision) -> Iterator[Fault]:
        yield from self._references(file, where, provision)
        prefix = f"{provision.subject}.{provision.aspect}"
        if provision.id != prefix and not provision.id.startswith(prefix + "."):
            expected = f"an id that begins with {prefix!r}"
            yield file.error(f"{where}.id", expected, repr(provision.id), "Rename it, or mend subject or aspect.")
        if provision.silent and not provision.says.startswith(SILENT):
            expected = f"a silent provision that begins with {SILENT}"
            yield file.error(f"{where}.says", expected, repr(provision.says[:30]), "Begin with เอกสารไม่ได้ระบุ.")
        yield from self._values(file, where, provision)
        yield from self._figures(file, where, provision)
        yield from check_items(file, where, provision.items)

    def _references(self, file: YamlFile, where: str, provision: Provision) -> Iterator[Fault]:
        known = self.knowledge
        names: list[tuple[str, str, str, Container[str]]] = [
            ("subject", "a subject", provision.subject, known.subjects),
            ("aspect", "an aspect", provision.aspect, known.aspects),
        ]
        if provision.rule:
            names.append(("rule", "a rule", provision.rule, known.rule_units))
        names += [(f"near[{i}]", "a provision", name, known.provisions) for i, name in enumerate(provision.near)]
        names += [(f"oddities[{i}]", "an oddity", name, known.oddities) for i, name in enumerate(provision.oddities)]
        items = enumerate(provision.items)
        names += [(f"items[{i}].oddity", "an oddity", p.oddity, known.oddities) for i, p in items if p.oddity]
        for key, what, name, among in names:
            if name not in among:
                yield file.error(f"{where}.{key}", what, repr(name), f"Declare {name!r} or mend the name.")

    def _values(self, file: YamlFile, where: str, provision: Provision) -> Iterator[Fault]:
        for name, value in provision.values.items():
            document, lines = value.cite.document or "", value.cite.lines
            if not provision.derived and self.citations.stated(document, lines, value.value) is False:
                expected = f"a value that stands in lines {lines[0]}-{lines[1]}"
                yield file.error(f"{where}.values.{name}", expected, str(value.value), "Mend the value or its lines.")

    def _figures(self, file: YamlFile, where: str, provision: Provision) -> Iterator[Fault]:
        """Figures in `says` stand in a cited line; the count of the items is our own; a silence may give examples."""
        if provision.derived or provision.silent:
            return
        cites = list(cites_in(provision))
        passages = [self.citations.passage(cite.document or "", cite.lines) for cite in cites]
        if None in passages:
            return
        stated = figures(" ".join(p for p in passages if p)) | {Fraction(len(provision.items))}
        for figure in sorted(digits(provision.says) - stated):
            expected = "a figure that stands in the cited lines"
            next_step = "Mend it, cite its line under `also`, or say that it is derived."
            yield file.error(f"{where}.says", expected, show(figure), next_step)

    def _subjects(self) -> Iterator[Fault]:
        for subject in self.knowledge.subjects.values():
            for name in subject.confused_with:
                if name not in self.knowledge.subjects:
                    yield _at(
                        self.knowledge,
                        f"subject:{subject.id}",
                        "a subject under confused_with",
                        repr(name),
                        "Mend the name.",
                    )


def written_files(knowledge: Knowledge) -> Iterator[YamlFile]:
    """The files of the documents in which something is declared, in order, each once."""
    paths: dict[Path, None] = {}
    for key, (path, _) in knowledge.places.items():
        if key.split(":")[0] in ("document", "section", "subject", "provision", "oddity", "fact"):
            paths[path] = None
    for path in paths:
        yield read_yaml(path)


def check_items(file: YamlFile, where: str, items: list[Item]) -> Iterator[Fault]:
    """Each item id once in its list."""
    seen: set[str] = set()
    for i, item in enumerate(items):
        if item.id in seen:
            yield file.error(
                f"{where}.items[{i}].id", "each item id once", f"{item.id!r} again", "Rename one of the two."
            )
        seen.add(item.id)


def check_asks(knowledge: Knowledge) -> Iterator[Fault]:
    """Phrasings belong to units that exist, and no phrasing to two of them."""
    units = {*knowledge.provisions, *knowledge.rule_units, *(f"oddity:{name}" for name in knowledge.oddities)}
    claimed: dict[str, str] = {}
    for unit, phrasings in knowledge.asks.items():
        if unit not in units:
            yield _at(knowledge, f"asks:{unit}", "phrasings of a provision, rule or oddity", repr(unit), "Mend the id.")
        for phrasing in phrasings:
            first = claimed.setdefault(squash(phrasing), unit)
            if first != unit:
                got = f"{phrasing!r}, which {first} has too"
                yield _at(
                    knowledge, f"asks:{unit}", "phrasings of one unit", got, "Keep it with the unit that answers it."
                )


def _at(knowledge: Knowledge, key: str, expected: str, got: str, next_step: str) -> Fault:
    path, line = knowledge.places.get(key, (Path("knowledge"), 0))
    return Fault(path, line, expected, got, next_step)
