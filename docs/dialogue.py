"""Writes the dialogue of the README from a running bot: `python docs/dialogue.py http://127.0.0.1:5005`."""

from __future__ import annotations

import argparse
from pathlib import Path

import httpx

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN = "<!-- dialogue: written by docs/dialogue.py from a running bot -->"
END = "<!-- end of dialogue -->"
TURNS = ("เป็นครูเทศบาลมา 5 ปี จบ ป.โท ขอชำนาญการได้ยัง", "ใช่", "ใช่")


def main() -> None:
    """Hold the talk and put it between the markers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    url = parser.parse_args().url
    session, lines = None, []
    for text in TURNS:
        reply = httpx.post(f"{url}/api/chat", json={"session": session, "text": text}, timeout=30).json()
        session = reply["session"]
        lines.append(f"> {text}\n")
        lines += [message["text"] + "\n" for message in reply["messages"]]
    body = "\n".join(["```", *lines, "```"])
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2] if END in rest else rest
    README.write_text(f"{before}{BEGIN}\n{body}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
