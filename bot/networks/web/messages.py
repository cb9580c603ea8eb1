"""The messages of a conversation as a page shows them: who said what and when, as safe HTML."""

import html
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32
from zoneinfo import ZoneInfo

from aiohttp import web
from markupsafe import Markup

from bot.domain.attachment import Attachment
from bot.domain.wording import markup_html
from bot.domain.wording.contact_details import without_contact_details
from bot.domain.wording.markup import Line as MarkupLine
from bot.domain.wording.markup import Span, parse
from bot.networks.web.session import Seat
from bot.networks.web.site import SITE
from bot.ports.network import Choice
from bot.ports.web import Line

_FORM_COMMAND = re.compile(r"\A/(note|reco) ")
_QUOTED = 120
_ANSWERED_ONCE = {"summary", "question"}
_TONES = {"safety", "recommendation", "error", "summary", "relay", "notice"}

_ADDRESS = re.compile(r"https?://[^\s<>\"\\*]+")
_TRAILING = ".,;:!?»)]}'’"
_REL = ' rel="noopener noreferrer"'


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message of a page. `new_day` when it is the first of its day.

    `mine` when this seat said it; `tone` is a word for the style sheet; `answered` when somebody
    has spoken here since: its `choices` are then gone, unless the answer may change later. `quoted`
    is the beginning of what it answers; `state` changes with what is shown of it.
    """

    id: int
    at: datetime
    new_day: bool
    mine: bool
    author: str | None
    html: Markup
    tone: str
    backstage: bool
    choices: tuple[Choice, ...]
    answered: bool
    attachment: Attachment | None
    quoted: str | None
    state: str


async def messages_for(
    request: web.Request, seat: Seat, zone: ZoneInfo, withheld: str | None = None
) -> list[MessageView]:
    """The seat's latest messages, as `message_views`; with `?tout` in the address, many more."""
    parts = request.app[SITE].parts
    wanted = parts.limits.lines_shown * (50 if "tout" in request.query else 1)
    lines = await parts.chat.lines(seat.conversation.name, wanted)
    return message_views(lines, seat.sender, zone, withheld)


def message_views(
    lines: Sequence[Line], sender: str, zone: ZoneInfo, withheld: str | None = None
) -> list[MessageView]:
    """The messages as `sender` sees them; `withheld` stands for contact details of others."""
    last_post = max((line.id for line in lines if line.own), default=-1)
    views: list[MessageView] = []
    day = None
    for line in lines:
        at = line.at.astimezone(zone)
        mine = line.own and line.sender == sender
        answered = line.id < last_post
        shown = _html_of(line, None if mine else withheld)
        views.append(
            MessageView(
                id=line.id,
                at=at,
                new_day=at.date() != day,
                mine=mine,
                author=line.author,
                html=shown,
                tone=_tone(line),
                backstage=line.backstage or _command(line) == "note",
                choices=() if answered and line.kind in _ANSWERED_ONCE else line.choices,
                answered=answered,
                attachment=line.attachment,
                quoted=_quotation(line, withheld),
                state=f"{answered:d}-{crc32(shown.encode('utf-8', 'replace')):08x}",
            )
        )
        day = at.date()
    return views


def typed_html(words: str) -> Markup:
    """What a person typed, exactly as typed; only web addresses become links."""
    return _shown([MarkupLine((Span(line),)) for line in words.split("\n")])


def message_html(text: str) -> Markup:
    """A message in the small markup; all else is escaped, and web addresses become links."""
    return _shown(parse(text))


def _quotation(line: Line, withheld: str | None) -> str | None:
    if not line.quoted:
        return None
    words = line.quoted
    if withheld is not None:
        words = without_contact_details(words, withheld)
    return textwrap.shorten(_FORM_COMMAND.sub("", words), _QUOTED, placeholder=" …")


def _tone(line: Line) -> str:
    if line.own:
        return "said"
    if line.kind.startswith("followup"):
        return "followup"
    return line.kind if line.kind in _TONES else "answer"


def _command(line: Line) -> str | None:
    """The command of a room's form, which the page names instead of showing."""
    match = _FORM_COMMAND.match(line.text) if line.own else None
    return match[1] if match else None


def _html_of(line: Line, withheld: str | None) -> Markup:
    text = line.text if withheld is None else without_contact_details(line.text, withheld)
    return typed_html(_FORM_COMMAND.sub("", text)) if line.own else message_html(text)


def _shown(lines: Sequence[MarkupLine]) -> Markup:
    return Markup(markup_html.as_html(lines, _STYLE))  # noqa: S704  its words are escaped


def _with_links(words: str) -> str:
    pieces: list[str] = []
    end = 0
    for match in _ADDRESS.finditer(words):
        address = match[0].rstrip(_TRAILING)
        pieces.append(markup_html.with_breaks(words[end : match.start()]))
        link = html.escape(address)
        pieces.append(f'<a href="{link}"{_REL}>{link}</a>')
        end = match.start() + len(address)
    pieces.append(markup_html.with_breaks(words[end:]))
    return "".join(pieces)


# dir=auto isolates each paragraph's direction: foreign or hostile text cannot reorder the page.
_STYLE = markup_html.Style(
    markup_html.page_tags(spoiler='span class="masque" tabindex="0"'),
    link=_REL,
    paragraph=' dir="auto"',
    words=_with_links,
)
