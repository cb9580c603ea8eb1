"""Somebody at a browser without JavaScript: reads pages, fills in forms, follows links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp


@dataclass
class Form:
    """A form of a page: where it goes, its filled fields, and its buttons by label."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)


@dataclass
class Page:
    """What was shown: its address, status, forms, and the text of each message of its conversation."""

    url: str
    status: int
    html: str
    forms: list[Form]
    messages: list[str]
    text: str

    def form(self, *, field_name: str = "", button: str = "") -> Form:
        """The first form that has that field, or that button."""
        for form in self.forms:
            if (field_name and field_name in form.empty | set(form.fields)) or button in form.buttons:
                return form
        raise AssertionError(f"no form with {field_name or button!r} on {self.url}: {self.text[:500]}")

    def count(self, words: str) -> int:
        """How many messages of the conversation contain the words."""
        return sum(words in message for message in self.messages)


class Visitor:
    """One browser: its cookies, and the pages it asks for."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def get(self, path: str) -> Page:
        """Open a page."""
        async with self._session.get(urljoin(self._base, path)) as answer:
            return _read(str(answer.url), answer.status, await answer.text())

    async def submit(self, page: Page, form: Form, values: Mapping[str, str], button: str = "") -> Page:
        """Send a form with these values, by that button, and see the page it leads to."""
        data = form.fields | dict(values)
        if button:
            name, value = form.buttons[button]
            data[name] = value
        address = urljoin(page.url, form.action)
        parts = aiohttp.FormData()
        for name, value in data.items():
            parts.add_field(name, value)
        async with self._session.post(address, data=parts, headers={"Origin": self._base}) as answer:
            return _read(str(answer.url), answer.status, await answer.text())

    async def say(self, path: str, words: str) -> Page:
        """Write words in the conversation of a page."""
        page = await self.get(path)
        return await self.submit(page, page.form(field_name="texte"), {"texte": words})

    async def choose(self, path: str, label: str) -> Page:
        """Press a button of a page."""
        page = await self.get(path)
        return await self.submit(page, page.form(button=label), {}, label)

    async def enter(self, path: str) -> Page:
        """Open a personal link and confirm."""
        page = await self.get(path)
        form = page.forms[0]
        return await self.submit(page, form, {})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.messages: list[str] = []
        self.text: list[str] = []
        self._form: Form | None = None
        self._button: tuple[str, str] | None = None
        self._label: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(at.get("action", ""))
            self.forms.append(self._form)
        elif tag == "input" and self._form is not None and "name" in at:
            if at.get("type") in {None, "hidden"} or "value" in at:
                self._form.fields[at["name"]] = at.get("value", "")
            elif at.get("type") != "file":
                self._form.empty.add(at["name"])
        elif tag == "textarea" and self._form is not None:
            self._form.empty.add(at["name"])
        elif tag == "button":
            self._button, self._label = (at.get("name", ""), at.get("value", "")), []
        elif tag == "li" and "message" in at.get("class", "").split():
            self.messages.append("")
            self._depth = 1
        elif tag == "li" and self._depth:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "button" and self._button is not None:
            if self._form is not None:
                self._form.buttons[" ".join("".join(self._label).split())] = self._button
            self._button = None
        elif tag == "li" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._button is not None:
            self._label.append(data)
        if self._depth:
            self.messages[-1] += data


def _read(url: str, status: int, html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    text = " ".join("".join(reader.text).split())
    messages = [" ".join(message.split()) for message in reader.messages if message.strip()]
    return Page(url, status, html, reader.forms, messages, text)
