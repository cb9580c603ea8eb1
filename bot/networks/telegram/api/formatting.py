"""The small markup of messages as Telegram's HTML, in parts that Telegram takes.

https://core.telegram.org/bots/api#html-style
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import accumulate, groupby

from bot.domain.wording.markup import Line, Mark, Span, parse
from bot.domain.wording.markup_html import Style, inline

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""In UTF-16 units, without the marks."""

_BREAKS = ("\n\n", "\n", " ")
_BULLET = "• "
_STYLE = Style(
    tags={Mark.STRONG: "b", Mark.EMPHASIS: "i", Mark.CODE: "code", Mark.SPOILER: "tg-spoiler"},
    words=lambda words: escape(words, quote=False),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message, in HTML and in plain text."""

    html: str
    plain: str


@dataclass(frozen=True, slots=True)
class Look:
    """How a character is shown: as those of that span, quoted, preformatted."""

    span: Span
    quoted: bool
    verbatim: bool


@dataclass(slots=True)
class Rich:
    """The words of a text, and of each character how it is shown."""

    words: list[str] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)

    def add(self, words: str, look: Look) -> None:
        """Go on with these words."""
        self.words.append(words)
        self.looks += [look] * len(words)


def parts(markup: str, longest: int = LONGEST_TEXT) -> list[Part]:
    """The message in parts of at most `longest` UTF-16 units, cut between paragraphs or words."""
    rich = _rich(parse(markup))
    text = "".join(rich.words)
    return [
        Part(_html(text, rich.looks, start, end), text[start:end])
        for start, end in _cuts(text, longest)
    ]


def _rich(lines: list[Line]) -> Rich:
    rich, before = Rich(), Line()
    for number, line in enumerate(lines):
        if number:
            # Quoted lines that follow each other are one quotation.
            both = (line.quoted and before.quoted, line.verbatim and before.verbatim)
            rich.add("\n", Look(Span(""), *both))
        if line.depth is not None:
            start = "  " * line.depth + _BULLET
            rich.add(start, Look(Span(""), line.quoted, verbatim=False))
        for span in line.spans:
            rich.add(span.text, Look(_shown(span), line.quoted, line.verbatim))
        before = line
    return rich


def _shown(span: Span) -> Span:
    """The span as Telegram can show it: code is neither strong nor a link."""
    if Mark.CODE not in span.marks:
        return span
    return replace(span, marks=frozenset() if span.link else frozenset({Mark.CODE}))


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


def _html(text: str, looks: Sequence[Look], start: int, end: int) -> str:
    """The HTML of a part. Set off words never straddle the edge of a quotation."""
    blocks = []
    for quoted, block in groupby(range(start, end), lambda at: looks[at].quoted):
        shown = ""
        for verbatim, run in groupby(block, lambda at: looks[at].verbatim):
            spans = _spans(text, looks, run)
            words = escape("".join(span.text for span in spans), quote=False)
            shown += f"<pre>{words}</pre>" if verbatim else inline(spans, _STYLE)
        blocks.append(f"<blockquote>{shown}</blockquote>" if quoted else shown)
    return "".join(blocks)


def _spans(text: str, looks: Sequence[Look], run: Iterable[int]) -> list[Span]:
    return [
        replace(look.span, text="".join(text[at] for at in places))
        for look, places in groupby(run, looks.__getitem__)
    ]
