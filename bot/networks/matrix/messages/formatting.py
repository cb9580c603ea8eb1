"""Our small markup as Matrix shows it: a plain body, and the same in HTML."""

import html
import itertools
import json
from collections.abc import Iterator, Sequence
from typing import Any

from bot.domain.wording.markup import plain, strong_spans, unescape
from bot.ports.network import Choice, Outgoing

CHOICES = "fr.filrouge.choices"
"""The field of a message's content that holds its choices, in order: pairs of key and label."""

MOST_BYTES = 40_000
"""The most of a message's content: an event takes 65,536 bytes, and encryption adds a third."""

_QUOTE = "> "


def contents(outgoing: Outgoing, most_bytes: int = MOST_BYTES) -> list[dict[str, Any]]:
    """The contents of the `m.room.message` events that say it, in order; choices end the last."""
    whole = _compose([outgoing.text], outgoing)
    if len(json.dumps(whole, ensure_ascii=False).encode()) <= most_bytes:
        return whole
    # A character takes at most 8 bytes, escaped, in the two forms.
    return _compose(_parts(outgoing.text, most_bytes // 8), outgoing)


def _compose(parts: Sequence[str], outgoing: Outgoing) -> list[dict[str, Any]]:
    composed = [content_of(part, outgoing.author) for part in parts]
    if outgoing.choices:
        composed[-1] |= _choices_content(composed[-1], outgoing.choices)
    return composed


def content_of(markup: str, author: str | None = None) -> dict[str, Any]:
    """The content of one message, plain and in HTML, its author before the words."""
    name = f"{author}\u00a0: " if author else ""
    strong = f"<strong>{html.escape(author)}</strong>\u00a0: " if author else ""
    return {
        "msgtype": "m.text",
        "body": f"{name}{plain(markup)}",
        "format": "org.matrix.custom.html",
        "formatted_body": f"{strong}{as_html(markup)}",
        "m.mentions": {},
    }


def _choices_content(content: dict[str, Any], choices: Sequence[Choice]) -> dict[str, Any]:
    numbered = [f"{number}. {choice.label}" for number, choice in enumerate(choices, 1)]
    items = "".join(f"<li>{html.escape(choice.label)}</li>" for choice in choices)
    return {
        "body": "\n".join((content["body"], *numbered)).lstrip("\n"),
        "formatted_body": f"{content['formatted_body']}<ol>{items}</ol>",
        CHOICES: [[choice.key, choice.label] for choice in choices],
    }


def as_html(markup: str) -> str:
    """The markup in HTML; whatever people wrote is escaped."""
    blocks = []
    lines = markup.split("\n")
    for quoted, block in itertools.groupby(lines, lambda line: line.startswith(_QUOTE)):
        text = "\n".join(line.removeprefix(_QUOTE) if quoted else line for line in block)
        shown = _inline(text)
        blocks.append(f"<blockquote>{shown}</blockquote>" if quoted else shown)
    return "".join(blocks)


def _inline(text: str) -> str:
    shown = []
    for piece, strong in strong_spans(text):
        words = html.escape(unescape(piece)).replace("\n", "<br>")
        shown.append(f"<strong>{words}</strong>" if strong else words)
    return "".join(shown)


def _parts(markup: str, most: int) -> list[str]:
    """The markup, cut between words if possible; strong words stay strong across a cut."""
    if len(markup) <= most:
        return [markup]
    parts, current = [], ""
    for piece in _pieces(markup, most):
        if current and len(current) + len(piece) > most:
            parts.append(current)
            current = ""
        current += piece
    return [*parts, current]


def _pieces(markup: str, most: int) -> Iterator[str]:
    """Each word with the space that follows it, with the marks of its own if it is strong."""
    for piece, strong in strong_spans(markup):
        for word in _words(piece, most):
            yield f"**{word}**" if strong and word.strip() else word


def _words(text: str, most: int) -> Iterator[str]:
    start = 0
    for end in range(1, len(text) + 1):
        at_space = text[end - 1].isspace()
        if at_space or end == len(text) or (end - start >= most and text[end - 1] != "\\"):
            yield text[start:end]
            start = end
