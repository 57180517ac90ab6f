"""Checks the action server's replies with a validator that is built once.

Rasa's own check calls `jsonschema.validate`, which verifies its own schema again at every call: 70 % of the time of a
turn. What is accepted stays the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


def speed_up() -> None:
    """Replace the one method of Rasa that checks replies. Calling it twice does no harm."""
    RemoteAction._validate_action_result = _validate_action_result


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """True, or raises jsonschema.ValidationError with the first fault."""
    _validator().validate(result)
    return True


@lru_cache(maxsize=1)
def _validator() -> Validator:
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema, default=Draft202012Validator)
    validator.check_schema(schema)
    return validator(schema)
