"""Keeps TensorFlow out of a process that runs Rasa.

Rasa imports TensorFlow at start-up for components that this bot does not use (DIET, TED, response selector): 9 of its
14 seconds to start, and 400 of its 600 MB. Here the Rasa modules that are built on it are replaced by empty ones whose
classes exist (Rasa compares against them while it checks a configuration) but cannot be instantiated.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

BUILT_ON_TENSORFLOW = {
    "rasa.core.policies.ted_policy",
    "rasa.core.policies.unexpected_intent_policy",
    "rasa.nlu.classifiers.diet_classifier",
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer",
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer",
    "rasa.nlu.selectors.response_selector",
    "rasa.utils.tensorflow.callback",
    "rasa.utils.tensorflow.data_generator",
    "rasa.utils.tensorflow.models",
}


def keep_out() -> None:
    """From now on, import the modules above as empty ones. Call it before the first import of rasa."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        return importlib.machinery.ModuleSpec(name, _Loader()) if name in BUILT_ON_TENSORFLOW else None


class _Loader(importlib.abc.Loader):
    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        def make_class(name: str) -> type:
            if name.startswith("__"):
                raise AttributeError(name)
            made = type(name, (_Unusable,), {"__module__": module.__name__})
            setattr(module, name, made)
            return made

        module.__getattr__ = make_class  # type: ignore[method-assign]


class _Unusable:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError(
            f"{type(self).__name__} needs TensorFlow, which this process keeps out. "
            "Use `rasa train` and `rasa run` in place of bot.nlu.train and bot.nlu.serve."
        )
