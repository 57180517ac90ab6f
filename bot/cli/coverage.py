"""`rabiab coverage`: how much of each document the knowledge accounts for."""

from __future__ import annotations

import typer
from rich.table import Table

from bot.cli.output import console, stop, told
from bot.known import load_known
from knowledge.coverage import Coverage
from knowledge.sources import Sources


@told
def coverage(
    fail_under: float = typer.Option(
        100.0, min=0, max=100, help="Exit with 1 when a document is below this percentage."
    ),
    furniture: float = typer.Option(5.0, min=0, max=100, help="Exit with 1 when more lines than this are furniture."),
) -> None:
    """Show the share of each document's non-blank lines that something cites, and the lines that nothing does."""
    from knowledge.coverage import coverage as measure

    base = load_known()
    measured = measure(base.knowledge, Sources(), [program.rule for program in base])
    table = Table(box=None)
    table.add_column("document")
    for column in ("lines", "cited", "%", "furniture %"):
        table.add_column(column, justify="right")
    table.add_column("not cited", overflow="fold")
    for part in measured:
        missed = ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in part.uncovered) or "-"
        table.add_row(
            part.document,
            f"{part.lines}",
            f"{part.covered}",
            f"{100 * part.share:.1f}",
            f"{_furniture(part):.1f}",
            missed,
        )
    console().print(table)
    below = [part.document for part in measured if 100 * part.share < fail_under]
    if below:
        raise stop(f"Below {fail_under:g} %: {', '.join(below)}.")
    much = [part.document for part in measured if _furniture(part) > furniture]
    if much:
        raise stop(f"More than {furniture:g} % furniture: {', '.join(much)}.")


def _furniture(part: Coverage) -> float:
    """Share of the non-blank lines that are listed as stating nothing, in percent."""
    return 100 * part.furniture / part.lines if part.lines else 0.0
