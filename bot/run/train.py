"""Trains the model when it does not fit what it is trained from: `python -m bot.run.train [--force]`."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bot.nlu.fingerprint import fingerprint
from bot.run import environment
from bot.run.logs import fresh_log, tail
from bot.run.say import Stop, complain, say, stop
from bot.settings import ROOT, models_dir

PROGRESS_EVERY = 5  # seconds


def model_path() -> Path:
    """Where the model stands."""
    return models_dir() / "rabiab.tar.gz"


def ensure_model(force: bool = False) -> None:
    """Train if the model is missing or no longer fits. Raises Stop when that fails."""
    with _alone():
        wanted = fingerprint()
        if not force and model_path().exists() and _trained_from() == wanted:
            return
        _train()
        _fingerprint_path().write_text(wanted, encoding="utf-8")


def _train() -> None:
    say("กำลังฝึกโมเดลจากความรู้ที่เปลี่ยนไป", "Training the model")
    log = fresh_log("train")
    fresh = models_dir() / "fresh.tar.gz"
    began = time.monotonic()
    with log.open("w", encoding="utf-8") as output:
        command = [sys.executable, "-m", "bot.nlu.train", str(fresh)]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment.for_training(), stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait(process, began)
        finally:
            process.kill()
    if process.returncode or not fresh.exists():
        raise stop(f"ฝึกโมเดลไม่สำเร็จ ดู {log}", f"Training failed; see {log}\n{tail(log)}")
    fresh.replace(model_path())
    say("ฝึกโมเดลเสร็จแล้ว", f"Trained in {time.monotonic() - began:.0f} s")


def _wait(process: subprocess.Popen[bytes], began: float) -> None:
    while True:
        try:
            process.wait(PROGRESS_EVERY)
            return
        except subprocess.TimeoutExpired:
            say("  กำลังฝึกอยู่", f"still training, {time.monotonic() - began:.0f} s")


def _fingerprint_path() -> Path:
    return models_dir() / "rabiab.fingerprint"


def _trained_from() -> str | None:
    path = _fingerprint_path()
    return path.read_text(encoding="utf-8") if path.exists() else None


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time look and train; the others wait and then find the model."""
    models_dir().mkdir(parents=True, exist_ok=True)
    with (models_dir() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--force", action="store_true", help="train even if nothing changed")
    try:
        ensure_model(parser.parse_args().force)
    except Stop as error:
        complain(error)
        return 1
    say("โมเดลพร้อมใช้", f"The model is ready: {os.path.relpath(model_path())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
