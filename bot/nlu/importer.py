"""Gives Rasa its training data: the phrasings of knowledge and rules, and the rules of the talk."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.known import load_known
from bot.nlu.component import INTENT_PREFIX

RULES_FILE = Path(__file__).parent / "data" / "rules.yml"


class KnowledgeImporter(RasaFileImporter):
    """The domain and the configuration come from their files, the phrasings from the knowledge."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        """`training_data_paths` is Rasa's; this bot has its data in its own places and does not read it."""
        super().__init__(config_file, domain_path, [str(RULES_FILE)])

    def get_nlu_data(self, language: str | None = "th") -> TrainingData:
        """Each phrasing as an example of the act `ask`. They make Rasa see when the knowledge changes."""
        phrasings = load_known(asks=True).knowledge.asks.values()
        intent = INTENT_PREFIX + "ask"
        return TrainingData([Message.build(text=text, intent=intent) for texts in phrasings for text in texts])
