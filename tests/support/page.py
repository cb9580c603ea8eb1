"""A page as somebody sees it: its forms, and the messages of its conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form: where it goes, its filled fields, those to fill in, its buttons by label."""

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


def read(url: str, status: int, html: str) -> Page:
    """What a browser without JavaScript shows of this HTML."""
    reader = _Reader()
    reader.feed(html)
    for message in reader.messages:
        message.text, message.author = _joined([message.text]), _joined([message.author])
        message.file = _joined([message.file])
    return Page(url, status, html, reader.forms, reader.messages, _joined(reader.text))


def _joined(pieces: list[str]) -> str:
    """The words, one ordinary space apart: no-break spaces are the typographer's affair."""
    return " ".join("".join(pieces).split())
