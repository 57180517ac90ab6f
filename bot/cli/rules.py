"""`rabiab rules`: which rules there are and which facts they need."""

from __future__ import annotations

from rich.table import Table

from bot.cli.output import console, told
from bot.known import load_known


@told
def rules() -> None:
    """List the rules with their kind, title and facts."""
    table = Table(box=None)
    for column in ("rule", "kind", "title", "facts", "lines"):
        table.add_column(column, overflow="fold")
    for program in load_known():
        rule = program.rule
        lines = f"{rule.document} {rule.cite.lines[0]}-{rule.cite.lines[1]}"
        table.add_row(rule.rule, rule.kind, rule.title, ", ".join(program.inputs), lines)
    console().print(table)
