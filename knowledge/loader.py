"""Reads the knowledge from its folder, strictly: the first fault stops it with `file:line`.

Layout: see docs/authoring.md. The order of files and of entries is kept: it is the order of the document.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec

from knowledge.model import (
    AspectsFile,
    Cite,
    DocumentFile,
    FactsFile,
    Knowledge,
    Provision,
    SectionFile,
)
from knowledge.strict_yaml import YamlFile, convert, read_yaml

ROOT = Path(__file__).resolve().parent
ASKS_SUFFIX = ".asks.yml"


def load_knowledge(root: Path | None = None, asks: bool = False) -> Knowledge:
    """Load all documents and the vocabulary under `root` (default: this package's folder).

    With `asks`, the example phrasings too (they are many, and only training needs them).
    Raises KnowledgeError for the first fault.
    """
    root = root or ROOT
    knowledge = Knowledge()
    _load_vocabulary(root / "vocabulary", knowledge)
    for folder in sorted(p for p in (root / "documents").iterdir() if p.is_dir()):
        _load_document(folder, knowledge)
    if asks:
        load_asks(root / "documents", knowledge)
    return knowledge


def load_asks(folder: Path, knowledge: Knowledge) -> None:
    """Add the phrasings of every `*.asks.yml` below `folder`."""
    for path in sorted(folder.rglob("*" + ASKS_SUFFIX)):
        file = read_yaml(path)
        asks = convert(file, dict[str, list[str]], file.data or {})
        for unit, phrasings in asks.items():
            if unit in knowledge.asks:
                raise file.error(f"$.{unit}", "phrasings of a unit in one file", f"{unit!r} again", "Join the lists.")
            knowledge.asks[unit] = phrasings
            knowledge.places[f"asks:{unit}"] = (path, file.line_of(f"$.{unit}"))


def fingerprint(*folders: Path) -> str:
    """SHA-256 over every YAML file below the folders: changes when anything that is known changes."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.yml")):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _load_vocabulary(folder: Path, knowledge: Knowledge) -> None:
    file = read_yaml(folder / "aspects.yml")
    for i, aspect in enumerate(convert(file, AspectsFile).aspects):
        _add(file, f"$.aspects[{i}]", "aspect", knowledge.aspects, aspect, knowledge)
    shared = folder / "facts.yml"
    if shared.exists():
        file = read_yaml(shared)
        for i, fact in enumerate(convert(file, FactsFile).facts):
            _add(file, f"$.facts[{i}]", "fact", knowledge.facts, fact, knowledge)


def _load_document(folder: Path, knowledge: Knowledge) -> None:
    file = read_yaml(folder / "document.yml")
    document: DocumentFile = convert(file, DocumentFile)
    if document.document != folder.name:
        raise file.error("$.document", f"the folder's name {folder.name!r}", repr(document.document), "Rename one.")
    knowledge.documents[document.document] = document
    knowledge.places[f"document:{document.document}"] = (file.path, file.line_of("$.document"))
    _add_parts(file, document, document.document, document.title, document.binds, knowledge)
    for path in sorted(folder.glob("[0-9]*.yml")):
        if not path.name.endswith(ASKS_SUFFIX):
            _load_section(path, document, knowledge)


def _load_section(path: Path, document: DocumentFile, knowledge: Knowledge) -> None:
    file = read_yaml(path)
    section: SectionFile = convert(file, SectionFile)
    if section.document != document.document:
        raise file.error("$.document", repr(document.document), repr(section.document), "Move the file or mend the id.")
    knowledge.sections.append(section)
    _add_parts(file, section, section.document, section.section, section.binds, knowledge)


def _add_parts(
    file: YamlFile,
    part: DocumentFile | SectionFile,
    document: str,
    section: str,
    binds: str | None,
    knowledge: Knowledge,
) -> None:
    for i, subject in enumerate(part.subjects):
        _add(file, f"$.subjects[{i}]", "subject", knowledge.subjects, subject, knowledge)
    for i, provision in enumerate(part.provisions):
        placed = _place_provision(provision, document, section, binds)
        _add(file, f"$.provisions[{i}]", "provision", knowledge.provisions, placed, knowledge)
    for i, oddity in enumerate(part.oddities):
        placed_oddity = msgspec.structs.replace(
            oddity,
            cite=placed_cite(oddity.cite, document, section),
            also=[placed_cite(c, document, section) for c in oddity.also],
        )
        _add(file, f"$.oddities[{i}]", "oddity", knowledge.oddities, placed_oddity, knowledge)
    for i, fact in enumerate(part.facts):
        _add(file, f"$.facts[{i}]", "fact", knowledge.facts, fact, knowledge)


def placed_cite(cite: Cite, document: str, section: str | None) -> Cite:
    """The citation with its document and section filled in."""
    return msgspec.structs.replace(cite, document=cite.document or document, section=cite.section or section)


def _place_provision(provision: Provision, document: str, section: str, binds: str | None) -> Provision:
    cite = placed_cite(provision.cite, document, section)

    def inner(part: Cite) -> Cite:
        return placed_cite(part, document, cite.section)

    replace = msgspec.structs.replace
    membership = provision.membership
    return replace(
        provision,
        cite=cite,
        also=[placed_cite(c, document, section) for c in provision.also],
        values={k: replace(v, cite=inner(v.cite)) for k, v in provision.values.items()},
        items=[replace(item, cite=inner(item.cite)) for item in provision.items],
        membership=replace(membership, cite=inner(membership.cite)) if membership else None,
        binds=provision.binds or binds,
    )


def _add(file: YamlFile, where: str, kind: str, into: dict[str, Any], part: Any, knowledge: Knowledge) -> None:
    if part.id in into:
        path, line = knowledge.places[f"{kind}:{part.id}"]
        got = f"{part.id!r} again (first at {path}:{line})"
        raise file.error(f"{where}.id", f"each {kind} id once", got, "Rename one of the two.")
    into[part.id] = part
    knowledge.places[f"{kind}:{part.id}"] = (file.path, file.line_of(where))
