"""Our small markup as Matrix shows it: a plain body, and the same in HTML."""

import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.wording import markup_html
from bot.domain.wording.markup import Line, Span, parse, plain, write
from bot.ports.network import Choice, Outgoing

CHOICES = "fr.filrouge.choices"
"""The field of a message's content that holds its choices, in order: pairs of key and label."""

MOST_BYTES = 40_000
"""The most of a message's content: an event takes 65,536 bytes, and encryption adds a third."""

_STYLE = markup_html.Style(markup_html.page_tags(spoiler="span data-mx-spoiler"))
_MARK_COST = 8
"""A mark takes as much of a message as so many characters."""


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
    return markup_html.as_html(parse(markup), _STYLE)


def _parts(markup: str, most: int) -> list[str]:
    """The markup, cut between words if possible; what is set off stays so across a cut."""
    if len(markup) <= most:
        return [markup]
    parts: list[list[Line]] = [[]]
    size = 0
    for line in parse(markup):
        spans: list[Span] = []
        size += 1
        for piece in _pieces(line.spans, most):
            if size > 1 and size + _cost(piece) > most:
                parts[-1].append(replace(line, spans=tuple(spans)))
                parts.append([])
                spans, size = [], 0
            spans.append(piece)
            size += _cost(piece)
        parts[-1].append(replace(line, spans=tuple(spans)))
    return [write(lines) for lines in parts]


def _cost(span: Span) -> int:
    return len(span.text) + _MARK_COST * len(span.marks) + len(span.link or "")


def _pieces(spans: Sequence[Span], most: int) -> Iterator[Span]:
    """Each word with the space that follows it, set off as it was."""
    for span in spans:
        for word in _words(span.text, most):
            yield replace(span, text=word)


def _words(text: str, most: int) -> Iterator[str]:
    start = 0
    for end in range(1, len(text) + 1):
        if text[end - 1].isspace() or end == len(text) or end - start >= most:
            yield text[start:end]
            start = end
