"""`rabiab sources`: bring in an operator's own copies of the documents, so that passages can be checked and shown."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.cli.importing import import_file
from bot.cli.output import FAULT, stop, told
from bot.known import load_known
from knowledge.errors import SourceMissing
from knowledge.sources import Sources, imported_folder

sources_app = typer.Typer(help="The texts of the source documents.", no_args_is_help=True)


@sources_app.command("import")
@told
def import_(path: Path = typer.Argument(help="A document as plain text, or a folder of them.")) -> None:
    """Copy documents into var/sources. Passwords in them are masked. May be repeated."""
    if not path.exists():
        raise stop(f"{path} does not exist.", 2)
    files = sorted(part for part in path.iterdir() if part.is_file()) if path.is_dir() else [path]
    documents = list(load_known().knowledge.documents.values())
    done = [import_file(file, documents, imported_folder()) for file in files]
    for outcome in done:
        typer.echo(outcome.says)
    if not any(outcome.document for outcome in done):
        raise stop(f"Nothing was imported. Known documents: {', '.join(d.document for d in documents)}.", FAULT)


@sources_app.command("list")
@told
def list_() -> None:
    """Tell for each document whether its text is at hand."""
    sources = Sources()
    for document in load_known().knowledge.documents.values():
        try:
            text = sources.text(document)
        except SourceMissing as reason:
            typer.echo(f"- {reason}")
            continue
        typer.echo(f"+ {document.document}: {text.path}" + ("" if text.exact else " (differs from the cited text)"))
