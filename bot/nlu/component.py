"""The one component of Rasa's pipeline: hands each text to bot.understanding."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.known import load_known
from bot.nlu.fingerprint import fingerprint
from bot.rest_text import unescape
from bot.understanding import Understander

INTENT_PREFIX = "act_"  # Rasa keeps the intents `restart` and `back` for itself


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class UnderstandingComponent(GraphComponent, IntentClassifier):
    """Sets the act as the intent, and puts the whole understanding into the message's parse data."""

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, understander: Understander | None = None
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._understander = understander

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> UnderstandingComponent:
        """A component that is yet to be trained."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> UnderstandingComponent:
        """A trained component."""
        with model_storage.read_from(resource) as directory:
            return cls(model_storage, resource, Understander.load(load_known().knowledge, directory))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Makes Rasa's cache miss when the knowledge, the rules or the code of the understanding changed."""
        return fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit and store. Rasa's format has no place for the unit of a phrasing, so they are read anew."""
        knowledge = load_known(asks=True).knowledge
        with self._model_storage.write_to(self._resource) as directory:
            Understander.train(knowledge, directory)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing is added to the training data."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Understand each message. Raises RuntimeError when the component was not trained."""
        if self._understander is None:
            raise RuntimeError("The understanding is not trained: run `make train`.")
        for message in messages:
            understanding = self._understander.understand(unescape(message.get(TEXT) or ""))
            act = understanding["act"]
            intent = {"name": INTENT_PREFIX + act["name"], "confidence": act["confidence"]}
            message.set(INTENT, intent, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [intent], add_to_output=True)
            message.set("understanding", understanding, add_to_output=True)
        return messages
