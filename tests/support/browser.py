"""A real browser for the pages: the machine's own chromium, driven by playwright."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, ViewportSize, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}

_SPARING = ("--disable-gpu", "--renderer-process-limit=1")
"""No picture is drawn by a card, and one process shows every page."""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser, closed afterwards. Skips the test, loudly, on a machine without chromium."""
    if not CHROMIUM.exists():  # noqa: ASYNC240
        pytest.skip(f"!!! no browser at {CHROMIUM}: what people see was NOT tested")
    async with async_playwright() as playwright:
        # Tests may run as root, where chromium's own sandbox does not start.
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage", *_SPARING]
        )
        try:
            yield browser
        finally:
            await browser.close()
