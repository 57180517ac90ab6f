"""An understander trained on a small made-up knowledge."""

from __future__ import annotations

import pytest
from made_up_instruments import instruments

from bot.understanding import Understander
from knowledge.model import Knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return instruments()


@pytest.fixture(scope="session")
def understander(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Understander:
    directory = tmp_path_factory.mktemp("model")
    Understander.train(knowledge, directory)
    return Understander.load(knowledge, directory)
