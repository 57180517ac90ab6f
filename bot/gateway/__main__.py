"""Runs the public server: `python -m bot.gateway`. HOST defaults to 127.0.0.1, PORT to 5005; see bot.gateway.config."""

from __future__ import annotations

import os

import uvicorn

from bot.gateway.app import create_app
from bot.gateway.config import Config


def main() -> None:
    """Serve until the process is ended."""
    uvicorn.run(
        create_app(Config.from_environment()),
        host=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "5005")),
        ws="none",  # Rasa pins a websockets that uvicorn cannot use
        proxy_headers="FORWARDED_ALLOW_IPS" in os.environ,  # otherwise a client could name its own address
        server_header=False,
        access_log=False,
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    main()
