"""`rabiab understand`: what the bot makes of a text."""

from __future__ import annotations

import json
import tarfile
import tempfile
from pathlib import Path

import typer

from bot.cli.output import console, stop, told
from bot.known import load_known
from bot.settings import models_dir

MODEL = "rabiab.tar.gz"
UNTRAINED = "No model is trained: run `make train`."


@told
def understand(text: str = typer.Argument(help="What a person would type.")) -> None:
    """Print the understanding of a text as JSON: act, mentions, facts, ranked units."""
    archive = models_dir() / MODEL
    if not archive.is_file():
        raise stop(UNTRAINED)
    from bot.understanding import Understander

    with tempfile.TemporaryDirectory() as folder:
        directory = _unpack(archive, Path(folder))
        trace = Understander.load(load_known().knowledge, directory).understand(text)
    console().print_json(json.dumps(trace, ensure_ascii=False), ensure_ascii=False)


def _unpack(archive: Path, folder: Path) -> Path:
    """The understanding's own files out of Rasa's archive: the one resource of the component."""
    with tarfile.open(archive) as packed:
        packed.extractall(folder)
    found = [path for path in sorted((folder / "components").iterdir()) if "Understanding" in path.name]
    if not found:
        raise stop(f"{archive} holds no understanding. {UNTRAINED}")
    return found[0]
