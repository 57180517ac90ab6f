"""`rabiab check`: everything that is written about the documents, against their texts."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.cli.output import console, stop, told
from bot.known import load_known
from knowledge.errors import KnowledgeError, SourceMissing
from knowledge.model import Knowledge
from knowledge.sources import Sources


@told
def check() -> None:
    """Check knowledge and rules. Prints each fault with its place and the next step; exit code 1 on any."""
    try:
        base = load_known(asks=True)
    except KnowledgeError as fault:
        raise stop(show_fault(fault) + "\n1 fault; the rest is checked when this one is mended.") from None
    from knowledge.checks import check_knowledge
    from rules.checks import check_rules

    sources = Sources()
    faults = check_knowledge(base.knowledge, sources) + check_rules(base, sources)
    for found in faults:
        typer.echo(show_fault(found))
    out = console()
    for sentence in about_sources(base.knowledge, sources):
        out.print(sentence, markup=False)
    known = base.knowledge
    counted = f"{len(known.documents)} documents, {len(known.provisions)} provisions, {len(base.programs)} rules"
    phrasings = sum(len(asks) for asks in known.asks.values())
    if faults:
        number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise stop(f"{number} in {counted}, {phrasings} phrasings.")
    out.print(f"No fault in {counted}, {phrasings} phrasings.", markup=False)


def show_fault(fault: KnowledgeError) -> str:
    """The fault with its path as short as it can be from here."""
    here = Path.cwd()
    path = fault.path.relative_to(here) if fault.path.is_relative_to(here) else fault.path
    return str(KnowledgeError(path, fault.line, fault.expected, fault.got, fault.next_step))


def about_sources(knowledge: Knowledge, sources: Sources) -> list[str]:
    """What could not be checked because a text is absent or differs."""
    sentences = []
    for document in knowledge.documents.values():
        try:
            text = sources.text(document)
        except SourceMissing as reason:
            sentences.append(f"Quotes and figures were NOT checked: {reason}.")
            continue
        if not text.exact:
            sentences.append(f"{document.document}: checked against a differing copy, {text.path}.")
    return sentences
