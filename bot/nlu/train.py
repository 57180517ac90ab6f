"""Trains the model: `python -m bot.nlu.train OUTPUT.tar.gz`. See bot.run.train for when that is needed."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.known import load_known
from bot.nlu.quiet import quieten, settle
from bot.nlu.without_tensorflow import keep_out
from bot.settings import ROOT
from knowledge.errors import RabiabError


def main(output: str) -> int:
    """Train from the tree's configuration. Returns 0, or Rasa's code of failure.

    Raises KnowledgeError for a fault of the knowledge, before Rasa would wrap it in errors of its own.
    """
    load_known(asks=True)
    quieten()
    keep_out()
    import rasa.model_training

    import bot.nlu.importer  # noqa: F401  Rasa would go on without it if it could not be imported

    settle()
    model = Path(output)
    result = rasa.model_training.train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=None,
        output=str(model.parent),
        fixed_model_name=model.name,
        force_training=True,
    )
    return int(result.code)


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except RabiabError as error:
        sys.exit(str(error))
