"""`python -m bot.cli`."""

from __future__ import annotations

from bot.cli.main import app

if __name__ == "__main__":
    app(prog_name="rabiab")
