"""Gives Rasa its training data: the rules of the talk, and one example of a message."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import INTENT_PREFIX

RULES_FILE = Path(__file__).parent / "data" / "rules.yml"


class KnowledgeImporter(RasaFileImporter):
    """The domain and the configuration come from their files, the rules of the talk from this package."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        """`training_data_paths` is Rasa's; this bot has its data in its own places and does not read it."""
        super().__init__(config_file, domain_path, [str(RULES_FILE)])

    def get_nlu_data(self, language: str | None = "th") -> TrainingData:
        """One example, since Rasa trains nothing without any. The component reads the phrasings themselves.

        Rasa copies and hashes its examples several times, which took a third of the training; the component's
        fingerprint tells it when the knowledge changes.
        """
        return TrainingData([Message.build(text="ถาม", intent=INTENT_PREFIX + "ask")])
