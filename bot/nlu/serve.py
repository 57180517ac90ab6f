"""Runs Rasa's server on loopback: `python -m bot.nlu.serve --model FILE --port N`.

The same as `rasa run --interface 127.0.0.1` with these, minus TensorFlow, and with a quick check of action replies.
"""

from __future__ import annotations

import argparse

from bot.nlu.quiet import quieten, settle
from bot.nlu.without_tensorflow import keep_out
from bot.settings import ROOT


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    quieten()
    keep_out()
    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints

    # Rasa would go on without these two if they could not be imported.
    import bot.nlu.component
    import bot.nlu.tracker_store  # noqa: F401
    from bot.nlu.action_replies import speed_up

    settle()
    speed_up()
    rasa.core.run.serve_application(
        model_path=arguments.model,
        interface="127.0.0.1",
        port=arguments.port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml")),
        enable_api=False,
    )


if __name__ == "__main__":
    main()
