"""Somebody at a browser without JavaScript: reads pages, fills in forms, follows links."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp

PATIENCE = timedelta(seconds=20)
LOOK_EVERY = timedelta(milliseconds=30)


@dataclass
class Form:
    """A form of a page: where it goes, its filled fields, those to fill in, its buttons by label."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)


@dataclass
class Message:
    """A message as it is shown: who signs it, its words, the label of its file, its marks."""

    id: str
    marks: frozenset[str]
    author: str = ""
    text: str = ""
    file: str = ""
    buttons: list[str] = field(default_factory=list)


@dataclass
class Page:
    """What was shown."""

    url: str
    status: int
    html: str
    forms: list[Form]
    messages: list[Message]
    text: str

    @property
    def last(self) -> Message:
        """The newest message."""
        return self.messages[-1]

    def form(self, *, field_name: str = "", button: str = "", **fields: str) -> Form:
        """The last form with that field to fill in, or that button, and those hidden fields ("":
        none).

        Answers are offered again with each question: the newest is the last.
        """
        for form in reversed(self.forms):
            offered = not field_name or field_name in form.empty
            offered = offered and (not button or button in form.buttons)
            if offered and all(form.fields.get(name, "") == fields[name] for name in fields):
                return form
        wanted = field_name or button or fields
        raise AssertionError(f"no form with {wanted!r} on {self.url}: {self.text}")

    def count(self, words: str) -> int:
        """How many messages of the conversation contain the words."""
        return sum(words in message.text for message in self.messages)

    def only(self, words: str) -> Message:
        """The one message that contains the words."""
        found = [message for message in self.messages if words in message.text]
        assert 1 == len(found), f"{words!r} is {len(found)} times in {self.messages}"
        return found[0]


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
            parts.add_field("piece", content, filename=name, content_type=media_type)
        return parts


class Visitor:
    """One browser: its cookies, and the pages it asks for.

    `lost` is called when the connection breaks; then the same page is asked for, or the same form
    is sent, again, as people do. Without it the error goes on.
    """

    def __init__(self, base: str, lost: Callable[[], None] | None = None) -> None:
        self.base = base
        self._lost = lost
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
        page = await self.get(path)
        form = page.form(field_name="texte", **({"geste": ""} | fields))
        return await self.submit(page, form, {"texte": words}, file=file)

    async def choose(self, path: str, label: str, **fields: str) -> Page:
        """Press the newest button of that label."""
        page = await self.get(path)
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
                    assert answer.status < 500, f"{address}: {answer.status}"
                    return _read(str(answer.url), answer.status, await answer.text())
            except aiohttp.ClientError:
                if self._lost is None:
                    raise
                await asyncio.to_thread(self._lost)
            if not again:
                return await self.get("/")


_BREAKS = {"blockquote", "br", "div", "li", "p", "small", "ul"}
_VOID = {"area", "br", "circle", "hr", "img", "input", "link", "meta", "path", "wbr"}


class _Reader(HTMLParser):
    """Keeps the open elements, and files each piece of text under the innermost it knows."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.messages: list[Message] = []
        self.text: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._form: Form | None = None
        self._message: Message | None = None
        self._label: list[str] = []
        self._button = ("", "")
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append((tag, at.get("class", "")))
        if tag in _BREAKS:
            self.handle_data(" ")
        if self._inside("template"):
            return
        if tag == "form":
            self._form = Form(at.get("action", ""))
            self.forms.append(self._form)
        elif tag == "li" and "message" in at.get("class", "").split():
            self._message = Message(at.get("id", ""), frozenset(at["class"].split()))
            self.messages.append(self._message)
        elif tag == "button":
            self._button, self._label = (at.get("name", ""), at.get("value", "")), []
        elif self._form is not None and "name" in at:
            self._field(self._form, tag, at)

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and not self._inside("template"):
            label = _joined(self._label)
            if self._form is not None:
                self._form.buttons[label] = self._button
            if self._message is not None:
                self._message.buttons.append(label)
        elif tag == "form":
            self._form = None
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "li" and not self._inside("li"):
            self._message = None

    def handle_data(self, data: str) -> None:
        if self._inside("template") or self._inside("script"):
            return
        self.text.append(data)
        if self._inside("button"):
            self._label.append(data)
        if self._message is not None:
            if self._inside("", "texte"):
                self._message.text += data
            elif self._inside("", "auteur"):
                self._message.author += data
            elif self._inside("", "fichier"):
                self._message.file += data

    def _field(self, form: Form, tag: str, at: Mapping[str, str]) -> None:
        if tag == "textarea" or (tag == "input" and at.get("type") in {"date", "search", "text"}):
            form.empty.add(at["name"])
        elif tag == "input" and at.get("type") != "file":
            form.fields[at["name"]] = at.get("value", "")

    def _inside(self, tag: str, mark: str = "") -> bool:
        return any(
            (not tag or tag == name) and (not mark or mark in classes.split())
            for name, classes in self._open
        )


def _read(url: str, status: int, html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    for message in reader.messages:
        message.text, message.author = _joined([message.text]), _joined([message.author])
        message.file = _joined([message.file])
    return Page(url, status, html, reader.forms, reader.messages, _joined(reader.text))


def _joined(pieces: list[str]) -> str:
    """The words, one ordinary space apart: no-break spaces are the typographer's affair."""
    return " ".join("".join(pieces).split())
