"""The small markup of messages as Telegram's HTML, in parts that Telegram takes.

https://core.telegram.org/bots/api#html-style
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import accumulate, pairwise

from bot.domain.wording.markup import strong_spans, unescape

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""In UTF-16 units, without the marks."""

_QUOTE = "> "
_BREAKS = ("\n\n", "\n", " ")

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message, in HTML and in plain text."""

    html: str
    plain: str


@dataclass(frozen=True, slots=True)
class Rich:
    """A text, and its strong and quoted spans: (first character, the one after the last)."""

    text: str
    strong: Spans
    quoted: Spans


def parts(markup: str, longest: int = LONGEST_TEXT) -> list[Part]:
    """The message in parts of at most `longest` UTF-16 units, cut between paragraphs or words."""
    rich = _rich(markup)
    return [
        Part(_html(rich, start, end), rich.text[start:end])
        for start, end in _cuts(rich.text, longest)
    ]


def _rich(markup: str) -> Rich:
    text, strong, quoted = "", Spans(), Spans()
    for number, (quote, pieces) in enumerate(_lines(markup)):
        text += "\n" if number else ""
        start = len(text)
        for raw, is_strong in pieces:
            words = unescape(raw)
            if is_strong and words:
                strong.append((len(text), len(text) + len(words)))
            text += words
        if quote:
            _add_line(quoted, start, len(text))
    return Rich(text, strong, quoted)


def _lines(markup: str) -> Iterator[tuple[bool, list[tuple[str, bool]]]]:
    """Each line: whether it is quoted, and its pieces with whether they are strong."""
    pieces: list[tuple[str, bool]] = []
    quote = False
    for raw, strong in strong_spans(markup):
        for number, segment in enumerate(raw.split("\n")):
            if number:
                yield quote, pieces
                pieces, quote = [], False
            starts = not pieces and (number > 0 or not strong)
            if starts and segment.startswith(_QUOTE):
                quote = True
                pieces.append((segment.removeprefix(_QUOTE), strong))
            else:
                pieces.append((segment, strong))
    yield quote, pieces


def _add_line(spans: Spans, start: int, end: int) -> None:
    """Add the span of a quoted line; one that follows another prolongs the same quotation."""
    if spans and spans[-1][1] == start - 1:
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((start, end))


def _cuts(text: str, longest: int) -> Spans:
    """The spans of the parts; white space between them and at both ends is left out."""
    units = list(accumulate((2 if c > "\uffff" else 1 for c in text), initial=0))
    cuts, start = Spans(), 0
    while start < len(text):
        if text[start].isspace():
            start += 1
            continue
        end = bisect_right(units, units[start] + longest) - 1
        if end < len(text):
            end = _break_before(text, start, end)
        cuts.append((start, start + len(text[start:end].rstrip())))
        start = end
    return cuts


def _break_before(text: str, start: int, end: int) -> int:
    """The best place to cut, in the second half; in the middle of a word if there is none."""
    for mark in _BREAKS:
        found = text.rfind(mark, start + (end - start) // 2, end + 1)
        if found > start:
            return found
    return end


def _html(rich: Rich, start: int, end: int) -> str:
    """The HTML of a part. Strong words never straddle the edge of a quotation."""
    strong, quoted = _within(rich.strong, start, end), _within(rich.quoted, start, end)
    edges = sorted({start, end, *(edge for span in strong + quoted for edge in span)})
    pieces = []
    for left, right in pairwise(edges):
        words = escape(rich.text[left:right], quote=False)
        words = f"<b>{words}</b>" if _covers(strong, left) else words
        opens = any(left == first for first, _ in quoted)
        closes = any(right == last for _, last in quoted)
        pieces.append(f"{'<blockquote>' * opens}{words}{'</blockquote>' * closes}")
    return "".join(pieces)


def _within(spans: Spans, start: int, end: int) -> Spans:
    cut = ((max(start, first), min(end, last)) for first, last in spans)
    return [(first, last) for first, last in cut if first < last]


def _covers(spans: Spans, position: int) -> bool:
    return any(first <= position < last for first, last in spans)
