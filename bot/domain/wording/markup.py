r"""The small markup of messages: `**strong**`, lines that begin with `> ` (quoted words), web
addresses; and what people set off with the means of their network.

All marks but these two begin with a backslash, which `escape` doubles. So whatever a person typed,
put into a message by `escape`, shows as typed, and so does what was escaped before there were
other marks: `\/emphasis\/`, ``\`code\` ``, `\|spoiler\|`, `\(https://address\)link\;`, and lines
that begin with `\- ` (an item, two spaces before it for each list that its list is in) or `\=`
(preformatted).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

DEEPEST = 5
"""How deep an item stands at most: in so many lists around its own."""


class Mark(StrEnum):
    """What sets words off, by its sign at both their ends."""

    STRONG = "**"
    EMPHASIS = r"\/"
    CODE = r"\`"
    SPOILER = r"\|"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a line that are set off alike, and the address to which they lead."""

    text: str
    marks: frozenset[Mark] = frozenset()
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a message. `depth`: it is an item of a list that is in so many others."""

    spans: tuple[Span, ...] = ()
    quoted: bool = False
    depth: int | None = None
    verbatim: bool = False


_SPECIAL = re.compile(r"([\\*>])")
_ESCAPED = re.compile(r"\\([\\*>])")
_START = re.compile(rf"(> )?(?:((?:  ){{0,{DEEPEST}}})\\- |(\\=))?")
_TOKEN = re.compile(
    r"\\(?P<sign>[\\*>])"
    r"|(?P<mark>\*\*|\\[/`|])"
    r"|\\\((?P<link>(?:[^\\\n]|\\[\\*>])*)\\\)"
    r"|(?P<end>\\;)"
    r"|(?P<words>[^\\*]+|[\\*])"
)
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"\\\x00-\x1f\x7f]+", re.IGNORECASE)
_LONGEST_ADDRESS = 2000
_SCHEMES = ("https://", "http://", "mailto:")


def escape(words: str) -> str:
    """The markup that shows these words as they are."""
    return _SPECIAL.sub(r"\\\1", words)


def quote(words: str) -> str:
    """The markup that shows these words as quoted, line by line."""
    return "\n".join(f"> {escape(line)}" for line in words.splitlines() or [""])


def plain(markup: str) -> str:
    """The message without its marks, for places that show none: a link's address follows it."""
    if "\\" not in markup and "**" not in markup:
        return markup
    return "\n".join(_plain_line(line) for line in parse(markup))


def is_address(address: str) -> bool:
    """Whether words may lead there: to a page, or to a mailbox."""
    return len(address) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(address) is not None


def on_lines_of_its_own(markup: str) -> str:
    """The markup as it can follow other words: a quotation, an item begin a line."""
    start = _START.match(markup)
    return f"\n{markup}" if start and start[0] else markup


def parse(markup: str) -> list[Line]:
    """The lines that the markup stands for. A `**` that is not ended is two stars."""
    lines = [(start, _tokens(line[start.end() :])) for line, start in _starts(markup)]
    strong = sum(token[0] == Mark.STRONG for _, tokens in lines for token in tokens)
    marker = _Marker(strong - strong % 2)
    return [
        Line(
            spans=marker.spans(tokens),
            quoted=bool(start[1]),
            depth=len(start[2]) // 2 if start[2] is not None else None,
            verbatim=bool(start[3]),
        )
        for start, tokens in lines
    ]


def write(lines: Iterable[Line]) -> str:
    """The markup that stands for these lines."""
    return "\n".join(_start_of(line) + "".join(map(_write, line.spans)) for line in lines)


def said(lines: Sequence[Line]) -> tuple[str, str | None]:
    """What somebody said: plain text, and the markup unless the text says it all."""
    markup = write(lines)
    text = plain(markup)
    return text, None if markup == escape(text) else markup


def ending(markup: str | None, words: str) -> str | None:
    """The end of the markup that says these words; None if it does not end with just them."""
    if markup is None:
        return None
    lines, at = parse(markup), 0
    left = len(plain(markup).rstrip()) - len(words.rstrip())
    while at < len(lines) and left > len(_plain_line(lines[at])):
        left -= len(_plain_line(lines[at])) + 1
        at += 1
    kept = lines[at:]
    if kept and left > 0:
        kept[0] = replace(kept[0], spans=_without_start(kept[0].spans, left))
    found = write(kept).rstrip("\n")
    return found if plain(found).strip() == words.strip() else None


def joined(lines: Sequence[Line]) -> list[Span]:
    """The words of lines as one, with line breaks; what is set off on both sides of one goes on."""
    spans: list[Span] = []
    for number, line in enumerate(lines):
        if number:
            before = spans[-1].marks if spans else frozenset()
            after = line.spans[0].marks if line.spans else frozenset()
            spans.append(Span("\n", before & after))
        spans += line.spans
    return spans


class _Marker:
    """Reads tokens, knowing what is open; `strong` signs of strong words are signs."""

    def __init__(self, strong: int) -> None:
        self._strong = strong
        self._marks: frozenset[Mark] = frozenset()
        self._link: str | None = None

    def spans(self, tokens: Iterable[re.Match[str]]) -> tuple[Span, ...]:
        pieces = [span for span in map(self._read, tokens) if span.text]
        return tuple(
            Span("".join(span.text for span in run), marks, link)
            for (marks, link), run in groupby(pieces, attrgetter("marks", "link"))
        )

    def _read(self, token: re.Match[str]) -> Span:
        words = ""
        if token["mark"] == Mark.STRONG and not self._strong:
            words = token[0]
        elif token["mark"]:
            self._strong -= token[0] == Mark.STRONG
            self._marks ^= {Mark(token[0])}
        elif token["link"] is not None:
            address = _ESCAPED.sub(r"\1", token["link"])
            self._link = address if is_address(address) else None
        elif token["end"]:
            self._link = None
        else:
            words = token["sign"] or token["words"]
        return Span(words, self._marks, self._link)


def _starts(markup: str) -> Iterator[tuple[str, re.Match[str]]]:
    for line in markup.split("\n"):
        start = _START.match(line)
        assert start is not None  # noqa: S101  every part of the pattern may be missing
        yield line, start


def _tokens(line: str) -> list[re.Match[str]]:
    return list(_TOKEN.finditer(line))


def _start_of(line: Line) -> str:
    start = "> " if line.quoted else ""
    if line.verbatim:
        return rf"{start}\="
    if line.depth is not None:
        return rf"{start}{'  ' * min(line.depth, DEEPEST)}\- "
    return start


def _write(span: Span) -> str:
    marks = [mark for mark in Mark if mark in span.marks]
    words = "".join([*marks, escape(span.text), *marks[::-1]])
    return rf"\({escape(span.link)}\){words}\;" if span.link else words


def _plain_line(line: Line) -> str:
    start = "> " if line.quoted else ""
    if line.depth is not None:
        start += "  " * line.depth + "- "
    runs = groupby(line.spans, attrgetter("link"))
    return start + "".join(_with_address("".join(s.text for s in run), to) for to, run in runs)


def _with_address(words: str, link: str | None) -> str:
    if link is None:
        return words
    bare = link.rstrip("/")
    said_already = {bare, *(bare.removeprefix(scheme) for scheme in _SCHEMES)}
    return words if words.strip().rstrip("/") in said_already else f"{words} ({link})"


def _without_start(spans: Sequence[Span], count: int) -> tuple[Span, ...]:
    kept = []
    for span in spans:
        if len(span.text) > count:
            kept.append(replace(span, text=span.text[count:]))
        count = max(0, count - len(span.text))
    return tuple(kept)
