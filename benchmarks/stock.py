"""A stock Rasa 3.6 bot to measure beside: the default DIET pipeline of `rasa init`, canned replies, our phrasings.

Made in a folder of its own, trained and served by Rasa's own command line. WhitespaceTokenizer refuses `th`, so the
language is `en`; the text is ours. Policies: RulePolicy alone, which is faster than the default set.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import yaml

from knowledge.loader import load_knowledge

INTENTS = 40
PHRASINGS = 15
PIPELINE = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
    {"name": "EntitySynonymMapper"},
    {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "SANIC_HOST": "127.0.0.1",
}


def write_stock_bot(folder: Path) -> list[str]:
    """Write the stock bot's files into `folder`. Returns some of its phrasings, to ask."""
    asks = load_knowledge(asks=True).asks
    units = [unit for unit in asks if len(asks[unit]) >= PHRASINGS][:INTENTS]
    names = [f"intent_{number}" for number in range(len(units))]
    nlu = [
        {
            "intent": name,
            "examples": "".join(f"- {text.replace('[', '').replace(']', '')}\n" for text in asks[unit][:PHRASINGS]),
        }
        for name, unit in zip(names, units, strict=True)
    ]
    rules = [{"rule": name, "steps": [{"intent": name}, {"action": f"utter_{name}"}]} for name in names]
    domain = {
        "version": "3.1",
        "intents": names,
        "responses": {f"utter_{name}": [{"text": f"คำตอบที่ {number}"}] for number, name in enumerate(names)},
    }
    config = {"recipe": "default.v1", "language": "en", "pipeline": PIPELINE, "policies": [{"name": "RulePolicy"}]}
    _write(folder / "config.yml", config)
    _write(folder / "domain.yml", domain)
    _write(folder / "data" / "nlu.yml", {"version": "3.1", "nlu": nlu})
    _write(folder / "data" / "rules.yml", {"version": "3.1", "rules": rules})
    _write(folder / "credentials.yml", {"rest": None})
    _write(folder / "endpoints.yml", {"tracker_store": {"type": "SQL", "dialect": "sqlite", "db": "tracker.db"}})
    return [asks[unit][0] for unit in units]


def train_stock_bot(folder: Path) -> float:
    """Train it. Returns the seconds."""
    begun = time.perf_counter()
    _rasa(folder, "train", "--quiet").check_returncode()
    return time.perf_counter() - begun


@contextlib.contextmanager
def stock_bot(folder: Path, port: int) -> Iterator[str]:
    """Serve it on loopback; gives the address of its REST webhook."""
    log = (folder / "serve.log").open("wb")
    command = [sys.executable, "-m", "rasa", "run", "--port", str(port), "--interface", "127.0.0.1"]
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, **QUIET}, stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}/webhooks/rest/webhook"
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("the stock bot ended; see serve.log")
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(url).status_code == 200:
                return
        time.sleep(0.2)
    raise RuntimeError("the stock bot was not ready in time")


def _rasa(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "rasa", *arguments]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **QUIET}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _write(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
