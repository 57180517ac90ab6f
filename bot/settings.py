"""Where things are, read from the environment at each call so that tests can point elsewhere.

RABIAB_KNOWLEDGE  folder of the knowledge (default: knowledge/ of this tree)
RABIAB_RULES      folder of the rules (default: rules/base/)
RABIAB_MODELS     folder of the trained model (default: models/)
RABIAB_VAR        folder of what the running bot writes (default: var/)
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def knowledge_dir() -> Path:
    """Folder with `documents/` and `vocabulary/`."""
    return _folder("RABIAB_KNOWLEDGE", ROOT / "knowledge")


def rules_dir() -> Path:
    """Folder with one sub-folder of rules per document."""
    return _folder("RABIAB_RULES", ROOT / "rules" / "base")


def models_dir() -> Path:
    """Folder with the trained model and the fingerprint of what it was trained from."""
    return _folder("RABIAB_MODELS", ROOT / "models")


def var_dir() -> Path:
    """Folder for logs, conversations, the session key and imported sources."""
    return _folder("RABIAB_VAR", ROOT / "var")


def _folder(variable: str, default: Path) -> Path:
    value = os.environ.get(variable)
    return Path(value).resolve() if value else default
