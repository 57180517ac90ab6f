"""`rabiab mutate`: would a test notice a wrong figure, a swapped operator or a missing row in the rules?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.table import Table

from bot.cli.output import USAGE, console, stop, told
from bot.known import load_known
from bot.settings import ROOT
from rules.mutation import Tally, Tried, mutants_of, tally, try_mutants

CASES = ROOT / "tests" / "rules"


@told
def mutate(
    rules: list[str] = typer.Argument(None, help="Rules to try; all when none is named."),
    fail_under: float = typer.Option(95.0, min=0, max=100, help="Exit with 1 below this percentage of faults caught."),
    cases: Path = typer.Option(CASES, help="Folder of the cases.", show_default="tests/rules"),
) -> None:
    """Plant single faults into the rules, in memory, and run the cases of each: what do they catch?"""
    from rules.cases import read_cases

    base = load_known()
    named = rules or list(base.programs)
    if unknown := [name for name in named if name not in base.programs]:
        raise stop(f"No rule {', '.join(unknown)}; `rabiab rules` lists them.", USAGE)
    by_rule = {file.rule: file.cases for file in read_cases(cases)}
    tried = [one for name in named for one in try_mutants(base, mutants_of(base, name), by_rule)]
    out = console()
    out.print(counts_table(tried))
    for mutant in (one.mutant for one in tried if one.survived):
        out.print(f"SURVIVED {mutant.rule} {mutant.where}: {mutant.kind}, {mutant.change}", markup=False)
    total = tally(tried)
    out.print(summary(total), markup=False)
    if 100 * total.share < fail_under:
        raise stop(f"Below {fail_under:g} %: add cases that tell the survivors from the rule.")


def summary(total: Tally) -> str:
    """The figures in one sentence."""
    return (
        f"{total.mutants} mutants: {total.caught} caught, {total.survived} survived, "
        f"{total.same} say the same of everybody; {100 * total.share:.1f} % of the faults were caught."
    )


def counts_table(tried: Sequence[Tried]) -> Table:
    """By rule and kind: mutants, those that are no fault, caught, survivors."""
    counted: dict[tuple[str, str], Tally] = {}
    for one in tried:
        counted.setdefault((one.mutant.rule, one.mutant.kind), Tally()).add(one)
    table = Table(box=None)
    for column in ("rule", "kind"):
        table.add_column(column, overflow="fold")
    for column in ("mutants", "same", "caught", "survived", "%"):
        table.add_column(column, justify="right")
    for (rule, kind), part in counted.items():
        figures = (part.mutants, part.same, part.caught, part.survived)
        table.add_row(rule, kind, *map(str, figures), f"{100 * part.share:.1f}")
    return table
