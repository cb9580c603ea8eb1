"""Reads the entities of a text as lines of our small markup. Pure.

https://core.telegram.org/bots/api#messageentity
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from telegram import MessageEntity

from bot.domain.wording.markup import Line, Mark, Span, is_address

_MARKS = {
    "bold": Mark.STRONG,
    "italic": Mark.EMPHASIS,
    "code": Mark.CODE,
    "spoiler": Mark.SPOILER,
}
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_TAKEN = frozenset({*_MARKS, *_QUOTES, "pre", "text_link"})


@dataclass(frozen=True, slots=True)
class _Entity:
    kind: str
    start: int
    end: int
    url: str | None


def read_entities(text: str, entities: Sequence[MessageEntity]) -> list[Line]:
    """The lines, with what we know to set off; an address that none may lead to is said."""
    taken = _in_characters(text, [e for e in entities if str(e.type) in _TAKEN])
    lines: list[Line] = []
    spans: list[Span] = []
    block = (False, False)
    for words, around in _pieces(text, taken):
        here = _block(around)
        if spans and here != block and words != "\n":
            lines.append(Line(tuple(spans), block[0], verbatim=block[1]))
            spans = []
        if words == "\n":
            lines.append(Line(tuple(spans), (block if spans else here)[0], verbatim=block[1]))
            spans = []
        else:
            block = here
            spans += _spans(words, around)
    return [*lines, Line(tuple(spans), block[0], verbatim=block[1])]


def _in_characters(text: str, entities: Sequence[MessageEntity]) -> list[_Entity]:
    """Telegram counts in UTF-16 units."""
    units = list(accumulate((2 if sign > "\uffff" else 1 for sign in text), initial=0))
    return [
        _Entity(
            str(each.type),
            min(bisect_left(units, each.offset), len(text)),
            min(bisect_left(units, each.offset + each.length), len(text)),
            each.url,
        )
        for each in entities
    ]


def _pieces(text: str, entities: Sequence[_Entity]) -> Iterator[tuple[str, list[_Entity]]]:
    """The text cut where an entity begins or ends, and at line breaks; with those around each."""
    ends = {0, len(text)} | {at for each in entities for at in (each.start, each.end)}
    cuts = sorted(ends)
    for start, end in pairwise(cuts):
        around = [each for each in entities if each.start <= start and end <= each.end]
        for number, line in enumerate(text[start:end].split("\n")):
            if number:
                yield "\n", around
            if line:
                yield line, around


def _block(around: Sequence[_Entity]) -> tuple[bool, bool]:
    kinds = {each.kind for each in around}
    return bool(kinds & _QUOTES), "pre" in kinds


def _spans(words: str, around: Sequence[_Entity]) -> list[Span]:
    marks = frozenset(_MARKS[each.kind] for each in around if each.kind in _MARKS)
    url = next((each.url for each in around if each.url), None)
    if url is None or is_address(url):
        return [Span(words, marks, url)]
    return [Span(words, marks), Span(f" ({' '.join(url.split())})")]
