"""Logging of Rasa's processes: warnings and errors, never what a person typed (Rasa's debug log holds every text)."""

from __future__ import annotations

import logging
import warnings

LEVEL = logging.WARNING


def quieten() -> None:
    """Call it before the first import of rasa, and `settle` after it."""
    warnings.filterwarnings("ignore")
    logging.basicConfig(level=LEVEL, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def settle() -> None:
    """Set the level of the loggers that Rasa made."""
    import rasa.utils.common
    import structlog

    rasa.utils.common.configure_logging_and_warnings(LEVEL, warn_only_once=True)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(LEVEL))
