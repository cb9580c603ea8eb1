"""Reads the HTML of a message as lines of our small markup. Pure, and linear in its length.

https://spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape

from bot.domain.wording.markup import DEEPEST, Line, Mark, Span, is_address

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>|<!--[^<>]*-->")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_MARKS = {
    "strong": Mark.STRONG,
    "b": Mark.STRONG,
    "em": Mark.EMPHASIS,
    "i": Mark.EMPHASIS,
    "code": Mark.CODE,
    **{f"h{level}": Mark.STRONG for level in range(1, 7)},
}
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr table caption tr details summary".split()
)
_APART = frozenset("p h1 h2 h3 h4 h5 h6".split())
_EMPTY = frozenset({"br", "hr", "img"})
# Elements that a message may hold, of which we keep the words alone.
_PLAIN = frozenset("span a u del s strike sub sup font thead tbody th td mx-reply".split())
_KNOWN = _BLOCKS | _EMPTY | _PLAIN | frozenset(_MARKS)
_PERSON = re.compile(r"https://matrix\.to/#/(?:@|%40)", re.IGNORECASE)

Attributes = Mapping[str, str]


def read_html(source: str) -> list[Line]:
    """The lines. Elements that no message may hold show as they were written; the words that a
    reply repeats are left out.
    """
    reader = _Reader()
    end = 0
    for tag in _TAG.finditer(source):
        reader.words(source[end : tag.start()])
        end = tag.end()
        name = (tag[2] or "").lower()
        if name and name not in _KNOWN:
            reader.words(tag[0])
        elif name and tag[1]:
            reader.close(name)
        elif name:
            reader.open(name, _attributes(tag[3]))
    reader.words(source[end:])
    return reader.finish()


def _attributes(written: str) -> dict[str, str]:
    return {
        found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(written)
    }


@dataclass(slots=True)
class _Reader:
    """`_ends` says what is to be done where each open element ends."""

    _lines: list[Line] = field(default_factory=list)
    _spans: list[Span] = field(default_factory=list)
    _ends: list[tuple[str, Callable[[], None] | None]] = field(default_factory=list)
    _open: Counter[str] = field(default_factory=Counter)
    _marks: Counter[Mark] = field(default_factory=Counter)
    _links: list[str | None] = field(default_factory=list)
    _lists: list[int | None] = field(default_factory=list)
    """Of each list around: the number of its next item, None if they have none."""
    _item: str | None = None
    """What the item begins with that has no words yet."""
    _apart: bool = False

    def words(self, source: str) -> None:
        """Go on with words, in HTML."""
        if self._open["mx-reply"]:
            return
        text = unescape(source)
        if not self._open["pre"]:
            self._say(_SPACES.sub(" ", text))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._end_line(even_empty=True)
            self._say(line)

    def open(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if name in _BLOCKS:
            self._end_line()
        if name in _EMPTY:
            self._stand_alone(name, attributes)
            return
        if name in {"td", "th"} and self._spans:
            self._say(" ")
        self._open[name] += 1
        self._ends.append((name, self._begin(name, attributes)))

    def close(self, name: str) -> None:
        """An element ends, and with it those that were not ended in it."""
        while self._open[name]:
            inner, end = self._ends.pop()
            self._open[inner] -= 1
            if inner in _BLOCKS:
                self._end_line()
            if end is not None:
                end()
            self._apart |= inner in _APART
            if inner == name:
                return

    def finish(self) -> list[Line]:
        """The lines, without empty ones at both ends."""
        self._end_line()
        filled = [at for at, line in enumerate(self._lines) if _has_words(line)]
        return self._lines[filled[0] : filled[-1] + 1] if filled else []

    def _begin(self, name: str, attributes: Attributes) -> Callable[[], None] | None:
        if name == "a":
            return self._begin_link(attributes.get("href", ""))
        if name in {"ul", "ol"}:
            start = attributes.get("start", "1")
            first = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
            self._lists.append(first if name == "ol" else None)
            return self._end_list
        if name == "li":
            self._begin_item()
            return self._end_item
        mark = _MARKS.get(name)
        if name == "span" and "data-mx-spoiler" in attributes:
            mark = Mark.SPOILER
            if reason := attributes["data-mx-spoiler"]:
                self._say(f"({_SPACES.sub(' ', reason)}) ")
        if mark is None:
            return None
        self._marks[mark] += 1
        return lambda: self._marks.subtract([mark])

    def _begin_link(self, address: str) -> Callable[[], None] | None:
        """Words lead to pages and mailboxes. A person's name is a name; where words would lead
        elsewhere, that is said.
        """
        named = _PERSON.match(address) is not None or not address
        safe = is_address(address) and not named
        self._links.append(address if safe else None)

        def end() -> None:
            self._links.pop()
            if not safe and not named:
                self._say(f" ({_SPACES.sub(' ', address)})")

        return end

    def _end_list(self) -> None:
        self._lists.pop()

    def _begin_item(self) -> None:
        number = self._lists[-1] if self._lists else None
        if number is None:
            self._item = ""
        else:
            self._item = f"{number}. "
            self._lists[-1] = number + 1

    def _end_item(self) -> None:
        self._item = None

    def _stand_alone(self, name: str, attributes: Attributes) -> None:
        if name == "br":
            self._end_line(even_empty=True)
        elif name == "img":
            self._say(_SPACES.sub(" ", attributes.get("alt") or attributes.get("title") or ""))

    def _say(self, text: str) -> None:
        if self._open["mx-reply"]:
            return
        if not self._spans and not self._open["pre"]:
            text = text.lstrip(" ")
        elif self._spans and self._spans[-1].text.endswith(" ") and not self._open["pre"]:
            text = text.removeprefix(" ")
        if text:
            marks = frozenset(mark for mark, count in self._marks.items() if count)
            self._spans.append(Span(text, marks, self._links[-1] if self._links else None))

    def _end_line(self, *, even_empty: bool = False) -> None:
        if self._open["mx-reply"] or not (self._spans or even_empty):
            return
        line = self._line()
        is_plain = line.depth is None and not line.verbatim
        if self._apart and is_plain and self._lines and self._item is None:
            self._lines.append(Line(quoted=line.quoted and self._lines[-1].quoted))
        self._lines.append(line)
        self._spans, self._apart = [], False
        if _has_words(line):
            self._item = None

    def _line(self) -> Line:
        spans, quoted = tuple(self._spans), self._open["blockquote"] > 0
        if self._open["pre"]:
            return Line(tuple(Span(s.text) for s in spans), quoted, verbatim=True)
        depth = max(0, min(len(self._lists) - 1, DEEPEST))
        if self._item == "":
            return Line(spans, quoted, depth)
        if self._item is not None:
            spans = (Span("  " * depth + self._item), *spans)
        return Line(spans, quoted)


def _has_words(line: Line) -> bool:
    return any(span.text.strip() for span in line.spans)
