"""The small markup of messages as safe HTML."""

import re
from collections.abc import Callable
from itertools import groupby

from markupsafe import Markup, escape

from bot.domain.wording import markup

_QUOTE = "> "
_ADDRESS = re.compile(r"https?://[^\s<>\"\\*]+")
_TRAILING = ".,;:!?»)]}'’"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def clean(words: str) -> str:
    """The words with line ends as "\\n" and without control characters, which no field can type."""
    return _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def typed(words: str) -> Markup:
    """What a person typed, exactly as typed; only web addresses become links."""
    return _paragraphs(words, _linked)


def message(text: str) -> Markup:
    """A message in the small markup: strong words, quoted lines, links; all else escaped."""
    blocks: list[Markup] = []
    for quoted, group in groupby(text.split("\n"), key=lambda line: line.startswith(_QUOTE)):
        lines = "\n".join(line.removeprefix(_QUOTE) if quoted else line for line in group)
        body = _paragraphs(lines, _strong)
        blocks.append(Markup("<blockquote>{}</blockquote>").format(body) if quoted else body)
    return Markup("").join(blocks)


def _strong(text: str) -> Markup:
    pieces = (
        Markup("<strong>{}</strong>").format(_linked(markup.unescape(piece)))
        if strong
        else _linked(markup.unescape(piece))
        for piece, strong in markup.strong_spans(text)
    )
    return Markup("").join(pieces)


def _linked(words: str) -> Markup:
    pieces: list[Markup] = []
    end = 0
    for match in _ADDRESS.finditer(words):
        address = match[0].rstrip(_TRAILING)
        pieces.append(escape(words[end : match.start()]))
        pieces.append(Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(address))
        end = match.start() + len(address)
    pieces.append(escape(words[end:]))
    return Markup("").join(pieces)


def _paragraphs(text: str, inline: Callable[[str], Markup]) -> Markup:
    # dir=auto isolates each paragraph's direction: foreign or hostile text cannot reorder the page.
    return Markup("").join(
        Markup('<p dir="auto">{}</p>').format(inline(paragraph).replace("\n", Markup("<br>")))
        for paragraph in re.split(r"\n[ \t]*\n+", text.strip("\n"))
        if paragraph.strip()
    )
