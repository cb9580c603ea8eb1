"""Messages in HTML, for the places that show it. Tags always nest, and words make none."""

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from bot.domain.wording.markup import Line, Mark, Span, joined

_NESTING = (Mark.SPOILER, Mark.STRONG, Mark.EMPHASIS, Mark.CODE)
_PAGE_TAGS = {Mark.STRONG: "strong", Mark.EMPHASIS: "em", Mark.CODE: "code"}


def with_breaks(words: str) -> str:
    """The words in HTML, with their line breaks."""
    return html.escape(words).replace("\n", "<br>")


@dataclass(frozen=True, slots=True)
class Style:
    """How a place writes its HTML: the opening tag of each mark by its element's name, what goes
    into the tag of a link and of a paragraph, and how words are written that lead nowhere.

    `paragraph` None: lines are broken, and paragraphs are not told from them.
    """

    tags: Mapping[Mark, str]
    link: str = ""
    paragraph: str | None = None
    words: Callable[[str], str] = with_breaks


def page_tags(spoiler: str) -> dict[Mark, str]:
    """The tags of pages; each place has its own for what is hidden."""
    return {**_PAGE_TAGS, Mark.SPOILER: spoiler}


def inline(spans: Iterable[Span], style: Style) -> str:
    """The words with their marks and links."""
    shown = []
    for address, group in groupby(spans, attrgetter("link")):
        words = _marked(list(group), _NESTING, style)
        tag = f'<a href="{html.escape(address)}"{style.link}>' if address else ""
        shown.append(f"{tag}{words}</a>" if tag else words)
    return "".join(shown)


def as_html(lines: Sequence[Line], style: Style) -> str:
    """The message: quotations, lists, preformatted lines, and the others."""
    blocks = []
    for quoted, group in groupby(lines, attrgetter("quoted")):
        shown = "".join(
            _block(list(block), style) for _, block in groupby(group, key=_kind_of_block)
        )
        blocks.append(f"<blockquote>{shown}</blockquote>" if quoted else shown)
    return "".join(blocks)


def _kind_of_block(line: Line) -> tuple[bool, bool]:
    return line.verbatim, line.depth is not None


def _block(lines: Sequence[Line], style: Style) -> str:
    if lines[0].verbatim:
        words = "".join(span.text for span in joined(lines))
        return f"<pre><code>{html.escape(words)}</code></pre>"
    if lines[0].depth is not None:
        return _list(lines, style)
    if style.paragraph is None:
        return inline(joined(lines), style)
    return "".join(
        f"<p{style.paragraph}>{inline(joined(list(group)), style)}</p>"
        for blank, group in groupby(lines, key=_is_blank)
        if not blank
    )


def _is_blank(line: Line) -> bool:
    return not any(span.text.strip() for span in line.spans)


def _list(lines: Sequence[Line], style: Style) -> str:
    """A list; deeper lines are lists in the item before them."""
    top = min(line.depth or 0 for line in lines)
    items: list[str] = []
    for is_deeper, group in groupby(lines, lambda line: (line.depth or 0) > top):
        if not is_deeper:
            items += [inline(line.spans, style) for line in group]
        elif items:
            items[-1] += _list(list(group), style)
        else:
            items.append(_list(list(group), style))
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _marked(spans: Sequence[Span], nesting: Sequence[Mark], style: Style) -> str:
    if not nesting:
        return "".join(
            with_breaks(span.text) if span.link else style.words(span.text) for span in spans
        )
    mark, *inner = nesting
    shown = []
    for marked, group in groupby(spans, lambda span: mark in span.marks):
        words, tag = _marked(list(group), inner, style), style.tags.get(mark)
        shown.append(f"<{tag}>{words}</{tag.split()[0]}>" if marked and tag else words)
    return "".join(shown)
