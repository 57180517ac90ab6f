"""What the commands share: consoles, and errors told in one sentence without a traceback."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import typer
from rich.console import Console

from knowledge.errors import RabiabError

FAULT, USAGE = 1, 2
WIDE = 400
P = ParamSpec("P")
R = TypeVar("R")


def console() -> Console:
    """Standard output; wide where it is no terminal, so that nothing is folded for programs."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)


def stop(sentence: str, code: int = FAULT) -> typer.Exit:
    """Print a sentence on standard error; raise what this returns."""
    typer.echo(sentence, err=True)
    return typer.Exit(code)


def told(command: Callable[P, R]) -> Callable[P, R]:
    """A command whose known errors become one sentence and exit code 1."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except RabiabError as error:
            raise stop(str(error)) from None
        except OSError as error:
            raise stop(f"{error.filename or 'A file'}: {error.strerror or error}.") from None

    return wrapped
