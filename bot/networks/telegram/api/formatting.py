"""The small markup of messages as Telegram's HTML, in parts that Telegram takes.

https://core.telegram.org/bots/api#html-style
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import accumulate, count, groupby

from bot.domain.wording.markup import strong_spans, unescape

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""In UTF-16 units, without the marks."""

_QUOTE = "> "
_BREAKS = ("\n\n", "\n", " ")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message, in HTML and in plain text."""

    html: str
    plain: str


@dataclass(slots=True)
class Rich:
    """A text, and of each character whether it is quoted, and among which strong words it is: by
    their number, 0 for none.
    """

    text: str = ""
    strong: list[int] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)

    def add(self, words: str, strong: int, *, quoted: bool) -> None:
        """Go on with these words."""
        self.text += words
        self.strong += [strong] * len(words)
        self.quoted += [quoted] * len(words)


def parts(markup: str, longest: int = LONGEST_TEXT) -> list[Part]:
    """The message in parts of at most `longest` UTF-16 units, cut between paragraphs or words."""
    rich = _rich(markup)
    return [
        Part(_html(rich, start, end), rich.text[start:end])
        for start, end in _cuts(rich.text, longest)
    ]


def _rich(markup: str) -> Rich:
    rich, numbers, was_quoted = Rich(), count(1), False
    for number, (quoted, pieces) in enumerate(_lines(markup)):
        if number:
            # Quoted lines that follow each other are one quotation.
            rich.add("\n", 0, quoted=quoted and was_quoted)
        for raw, is_strong in pieces:
            rich.add(unescape(raw), next(numbers) if is_strong else 0, quoted=quoted)
        was_quoted = quoted
    return rich


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


def _cuts(text: str, longest: int) -> list[tuple[int, int]]:
    """The spans of the parts; white space between them and at both ends is left out."""
    units = list(accumulate((2 if c > "\uffff" else 1 for c in text), initial=0))
    cuts: list[tuple[int, int]] = []
    start = 0
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
    blocks = []
    for quoted, block in groupby(range(start, end), rich.quoted.__getitem__):
        shown = ""
        for strong, run in groupby(block, rich.strong.__getitem__):
            words = escape("".join(rich.text[at] for at in run), quote=False)
            shown += f"<b>{words}</b>" if strong else words
        blocks.append(f"<blockquote>{shown}</blockquote>" if quoted else shown)
    return "".join(blocks)
