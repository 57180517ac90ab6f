"""Opens pages and remembers what they asked for and complained about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

COLLECT_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  violations.push(`${violatedDirective} ${blockedURI}`);
});
"""


@dataclass
class Watch:
    """Opens pages and remembers what they did."""

    browser: Browser
    pages: list[Page] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def open(self, url: str, width: int = 390, height: int = 800, **context: Any) -> Page:
        """A page of a context of its own, at `width` x `height` CSS pixels."""
        page = self.browser.new_context(viewport={"width": width, "height": height}, **context).new_page()
        page.set_default_timeout(10_000)
        page.add_init_script(COLLECT_VIOLATIONS)
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)
        page.goto(url)
        self.pages.append(page)
        return page

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def close(self, host: str) -> None:
        """Fails if a page asked another host than `host`, broke the policy or raised an error."""
        for page in self.pages:
            self.complaints += page.evaluate("window.violations")
            page.context.close()
        assert self.hosts <= {host}, f"the page asked other hosts: {self.hosts - {host}}"
        assert not self.complaints, self.complaints
