"""The messages of a conversation as a page shows them: who said what and when, as safe HTML."""

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zlib import crc32
from zoneinfo import ZoneInfo

from aiohttp import web
from markupsafe import Markup, escape

from bot.domain.attachment import Attachment
from bot.domain.wording import markup
from bot.domain.wording.contact_details import without_contact_details
from bot.networks.web.session import Seat
from bot.networks.web.site import SITE
from bot.ports.network import Choice
from bot.ports.web import Line

_FORM_COMMAND = re.compile(r"\A/(note|reco) ")
_QUOTED = 120
_ANSWERED_ONCE = {"summary", "question"}
_TONES = {"safety", "recommendation", "error", "summary", "relay", "notice"}

_QUOTE = "> "
_ADDRESS = re.compile(r"https?://[^\s<>\"\\*]+")
_TRAILING = ".,;:!?»)]}'’"


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
        html = _html_of(line, None if mine else withheld)
        views.append(
            MessageView(
                id=line.id,
                at=at,
                new_day=at.date() != day,
                mine=mine,
                author=line.author,
                html=html,
                tone=_tone(line),
                backstage=line.backstage or _command(line) == "note",
                choices=() if answered and line.kind in _ANSWERED_ONCE else line.choices,
                answered=answered,
                attachment=line.attachment,
                quoted=_quotation(line, withheld),
                state=f"{answered:d}-{crc32(html.encode('utf-8', 'replace')):08x}",
            )
        )
        day = at.date()
    return views


def typed_html(words: str) -> Markup:
    """What a person typed, exactly as typed; only web addresses become links."""
    return _paragraphs(words, _with_links)


def message_html(text: str) -> Markup:
    """A message in the small markup: strong words, quoted lines, links; all else escaped."""
    blocks: list[Markup] = []
    for quoted, group in groupby(text.split("\n"), key=lambda line: line.startswith(_QUOTE)):
        lines = "\n".join(line.removeprefix(_QUOTE) if quoted else line for line in group)
        body = _paragraphs(lines, _with_strong)
        blocks.append(Markup("<blockquote>{}</blockquote>").format(body) if quoted else body)
    return Markup("").join(blocks)


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


def _with_strong(text: str) -> Markup:
    shown = Markup("")
    for piece, strong in markup.strong_spans(text):
        words = _with_links(markup.unescape(piece))
        shown += Markup("<strong>{}</strong>").format(words) if strong else words
    return shown


def _with_links(words: str) -> Markup:
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
