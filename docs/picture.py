"""Takes the README's picture: a short talk with a running bot, as a phone shows it.

python docs/picture.py http://127.0.0.1:5005
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer
from playwright.sync_api import Page, expect, sync_playwright

PICTURE = Path(__file__).with_name("picture.png")
QUESTIONS = ["นักเรียน 400 คน มีรองผู้อำนวยการได้กี่คน"]
ANSWER_WITHIN = 60_000  # milliseconds
TALL = "Math.min(document.documentElement.scrollHeight, 1600)"


def main(
    url: Annotated[str, typer.Argument(help="Address of a running bot")],
    questions: Annotated[list[str] | None, typer.Argument(help="What to ask, in turn")] = None,
    to: Annotated[Path, typer.Option(help="File to write")] = PICTURE,
    width: Annotated[int, typer.Option(help="CSS pixels")] = 390,
    height: Annotated[int, typer.Option(help="CSS pixels")] = 844,
    dark: Annotated[bool, typer.Option("--dark", help="Dark colours")] = False,
) -> None:
    """Ask a running bot through its page and write a picture of the talk."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise typer.BadParameter("chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(
            viewport={"width": width, "height": height},
            device_scale_factor=2,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            has_touch=True,
            is_mobile=True,
        )
        talk(page, url, questions or QUESTIONS)
        page.screenshot(path=to)
        browser.close()
    typer.echo(f"{to} ({to.stat().st_size // 1024} kB)")


def talk(page: Page, url: str, questions: list[str]) -> None:
    """Asks in turn, then makes the screen tall enough for the whole talk."""
    page.goto(url)
    for count, question in enumerate(questions, 1):
        page.get_by_label("คำถามของคุณ").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".turn.bot")).to_have_count(count, timeout=ANSWER_WITHIN)
        expect(page.locator(".failed, .status.error")).to_have_count(0)
    page.evaluate("document.activeElement.blur()")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": page.evaluate(TALL)})


if __name__ == "__main__":
    typer.run(main)
