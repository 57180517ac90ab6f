"""`rabiab review-pages`: all that is stated of each document, on pages that a Thai lawyer can review."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.cli.output import USAGE, stop, told
from bot.known import load_known
from bot.rendering.review import review_page
from bot.settings import ROOT

PAGES = ROOT / "docs" / "review"


@told
def review_pages(
    documents: list[str] = typer.Argument(None, help="Documents to write; all when none is named."),
    folder: Path = typer.Option(PAGES, help="Where the pages are written.", show_default="docs/review"),
    check: bool = typer.Option(False, help="Write nothing; exit with 1 when a page is missing or out of date."),
) -> None:
    """Write docs/review/<document>.md from the knowledge and the rules."""
    base = load_known()
    named = documents or list(base.knowledge.documents)
    if unknown := [name for name in named if name not in base.knowledge.documents]:
        raise stop(f"No document {', '.join(unknown)}; known: {', '.join(base.knowledge.documents)}.", USAGE)
    stale = []
    for name in named:
        path, page = folder / f"{name}.md", review_page(base, name)
        if path.is_file() and path.read_text(encoding="utf-8") == page:
            continue
        stale.append(name)
        if not check:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8")
    if check and stale:
        raise stop(f"Out of date: {', '.join(stale)}. Run `rabiab review-pages`.")
    typer.echo(f"{len(named)} pages in {folder.name}, {len(stale)} of them new.")
