"""The environment of the processes behind the gateway."""

from __future__ import annotations

import os

from bot.settings import var_dir

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "PYTHONUNBUFFERED": "1",
    "PYTHONWARNINGS": "ignore",
}
# One turn is a few milliseconds of work: more threads only wait for each other.
SERVING = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "SANIC_HOST": "127.0.0.1",
    "SANIC_WORKERS": "1",
    "ACTION_SERVER_SANIC_WORKERS": "1",
}
TRAINING = {"RASA_MAX_CACHE_SIZE": "0"}  # bot.nlu.fingerprint tells when to train; Rasa's own cache is not needed


def for_training() -> dict[str, str]:
    """For `bot.nlu.train`."""
    return {**os.environ, **QUIET, **TRAINING}


def for_serving(rasa_url: str, actions_url: str, host: str, port: int) -> dict[str, str]:
    """For the three servers."""
    return {
        **os.environ,
        **QUIET,
        **SERVING,
        "RABIAB_VAR": str(var_dir()),
        "RABIAB_RASA_URL": rasa_url,
        "RABIAB_ACTIONS_URL": actions_url,
        "HOST": host,
        "PORT": str(port),
    }
