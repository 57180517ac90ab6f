"""`rabiab`: check, consult, coverage, mutate, review-pages, rules, sources, understand.

Each command is a file of its own.
"""

from __future__ import annotations

import typer

from bot.cli.check import check
from bot.cli.consult import consult
from bot.cli.coverage import coverage
from bot.cli.mutate import mutate
from bot.cli.review_pages import review_pages
from bot.cli.rules import rules
from bot.cli.sources import sources_app
from bot.cli.understand import understand

app = typer.Typer(
    help="Rabiab answers from regulations and cites document, section and lines.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(check)
app.command()(consult)
app.command()(rules)
app.command()(coverage)
app.command()(mutate)
app.command("review-pages")(review_pages)
app.command()(understand)
app.add_typer(sources_app, name="sources")
