"""A real browser for the cards: Debian's Chromium, driven by Playwright.

Without them the tests here are skipped and say so; with ``CT_REQUIRE_BROWSER=1``
in the environment they fail instead. Playwright never downloads a browser.
"""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = "/usr/bin/chromium"
NEEDED = ("playwright", "axe_playwright_python", "pypdf", "zxingcpp", "PIL", "segno")
LEVELS = ["wcag2a", "wcag21a", "wcag2aa", "wcag21aa", "wcag22aa"]
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_runtest_setup() -> None:
    """Skip what has no browser, or fail where one is required."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    reasons = []
    if missing:
        reasons.append(f"no {', '.join(missing)}: pip install -e '.[browser]'")
    if shutil.which(CHROMIUM) is None:
        reasons.append(f"no {CHROMIUM}: apt-get install chromium")
    if not reasons:
        return
    reason = f"browser tests need a browser ({'; '.join(reasons)})"
    if os.environ.get("CT_REQUIRE_BROWSER") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


# One browser a module, not one a run: Playwright keeps an event loop going, and
# tests of other folders start their own.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium, which asks nobody but the page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Served:
    """Pages at a real address of this machine, each held until the next."""

    def __init__(self) -> None:
        self.html = ""
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = served.html.encode()
                self.send_response(200 if self.path == "/" else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever)

    @contextmanager
    def running(self) -> Iterator[Served]:
        """Serve until the block ends."""
        self._thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A server for one page at a time."""
    with Served().running() as server:
        yield server


@pytest.fixture
def visit(chromium: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """Open HTML as a page; takes the options of a browser context.

    Whatever the page asks for beside itself fails the test.
    """
    contexts = []
    asked: list[str] = []

    def open_page(html: str, **options: Any) -> Page:
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        served.html = html
        page.goto(served.address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    # A browser looks for an icon by itself.
    beside = {url for url in asked if url != served.address} - {f"{served.address}favicon.ico"}
    assert not beside, f"the page asked for {beside}"


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """Run axe-core; return what it finds against WCAG 2.2, A and AA, each as a line."""
    from axe_playwright_python.sync_playwright import Axe

    runner = Axe()

    def run(page: Page, *, rule: str | None = None) -> list[str]:
        only = {"type": "tag", "values": LEVELS} if rule is None else [rule]
        # axe-core leaves the rules of WCAG 2.2 off unless they are asked for.
        options = {"runOnly": only} | (
            {} if rule else {"rules": {"target-size": {"enabled": True}}}
        )
        response = runner.run(page, options=options).response
        assert response["passes"], "axe-core checked nothing"
        # What axe-core cannot decide counts: plain pages leave it no doubt.
        return [
            f"{found['id']}: {node['target']} {node['failureSummary']}"
            for kind in ("violations", "incomplete")
            for found in response[kind]
            for node in found["nodes"]
        ]

    return run
