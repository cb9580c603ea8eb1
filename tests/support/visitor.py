"""Somebody at a browser without JavaScript: reads pages, fills in forms, follows links."""

import asyncio
import io
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import aiohttp

from tests.support.page import Form, Page, read

__all__ = ["PATIENCE", "File", "Page", "Visitor"]

PATIENCE = timedelta(seconds=30)
LOOK_EVERY = timedelta(milliseconds=30)


File = tuple[str, bytes, str]
"""Name, content, media type."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sends."""

    fields: Mapping[str, str]
    file: File | None
    headers: Mapping[str, str]

    def body(self) -> aiohttp.FormData:
        """It, as browsers write it."""
        parts = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
        for name, value in self.fields.items():
            parts.add_field(name, value)
        if self.file is not None:
            name, content, media_type = self.file
            parts.add_field("piece", io.BytesIO(content), filename=name, content_type=media_type)
        return parts


class Visitor:
    """One browser: its cookies, and the page it shows.

    `lost` is called when the connection breaks; then the same page is asked for, or the same form
    is sent, again, as people do. Without it the error goes on.
    """

    def __init__(self, base: str, lost: Callable[[], None] | None = None) -> None:
        self.base = base
        self._lost = lost
        self._shown: Page | None = None
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def get(self, path: str) -> Page:
        """Open a page."""
        return await self._ask("GET", urljoin(self.base, path))

    async def submit(
        self,
        page: Page,
        form: Form,
        values: Mapping[str, str] | None = None,
        *,
        button: str = "",
        file: File | None = None,
        once: bool = False,
    ) -> Page:
        """Send a form with these values, by that button, and see the page it leads to.

        `once`: not again if the connection breaks; the first page is asked for instead.
        """
        data = form.fields | dict(values or {})
        if button:
            name, value = form.buttons[button]
            data[name] = value
        return await self.post(urljoin(page.url, form.action), data, file, once=once)

    async def post(
        self,
        path: str,
        data: Mapping[str, str],
        file: File | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        once: bool = False,
    ) -> Page:
        """Send these fields, whatever page they come from."""
        sent = Sent(data, file, {"Origin": self.base} | dict(headers or {}))
        return await self._ask("POST", urljoin(self.base, path), sent, again=not once)

    async def say(self, path: str, words: str, file: File | None = None, **fields: str) -> Page:
        """Write words in the conversation of a page."""
        page = await self._at(path)
        form = page.form(field_name="texte", **({"geste": ""} | fields))
        return await self.submit(page, form, {"texte": words}, file=file)

    async def choose(self, path: str, label: str, **fields: str) -> Page:
        """Press the newest button of that label."""
        page = await self._at(path)
        return await self.submit(page, page.form(button=label, **fields), button=label)

    async def enter(self, path: str) -> Page:
        """Open a personal link and confirm."""
        page = await self.get(path)
        return await self.submit(page, page.form(button="Entrer"), button="Entrer")

    async def download(self, path: str) -> bytes:
        """The content of a file that the page offers."""
        async with self._session.get(urljoin(self.base, path)) as answer:
            assert 200 == answer.status
            return await answer.read()

    async def sees(self, path: str, words: str) -> Page:
        """Wait until a message of the page contains the words."""
        return await self.until(path, lambda page: page.count(words) > 0, f"{words!r}")

    async def until(self, path: str, found: Callable[[Page], bool], what: str) -> Page:
        """Look at the page until it is as wanted; fails, saying what was awaited, after a while."""
        deadline = time.monotonic() + PATIENCE.total_seconds()
        while True:
            page = await self.get(path)
            if found(page):
                return page
            assert time.monotonic() < deadline, f"{what} never came on {path}: {page.messages}"
            await asyncio.sleep(LOOK_EVERY.total_seconds())

    async def _at(self, path: str) -> Page:
        """The page shown, as it was when it was opened, or another one opened now."""
        shown = self._shown
        return shown if shown and path == urlsplit(shown.url).path else await self.get(path)

    async def _ask(
        self, method: str, address: str, sent: Sent | None = None, *, again: bool = True
    ) -> Page:
        while True:
            try:
                async with self._session.request(
                    method,
                    address,
                    data=sent.body() if sent else None,
                    headers=sent.headers if sent else None,
                ) as answer:
                    self._shown = read(str(answer.url), answer.status, await answer.text())
                    return self._shown
            except aiohttp.ClientError:
                if self._lost is None:
                    raise
                await asyncio.to_thread(self._lost)
            if not again:
                return await self.get("/")
