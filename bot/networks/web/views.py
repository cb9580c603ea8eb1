"""Messages and projects, ready to be shown."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.domain.attachment import Attachment
from bot.domain.wording.contact_details import without_contact_details
from bot.networks.web.rendering import message, typed
from bot.ports.network import Choice
from bot.ports.web import Line

_FORM_COMMAND = re.compile(r"\A/(note|reco) ")
_QUOTED = 120
_ANSWERED_ONCE = {"summary", "question"}
_TONES = {"safety", "recommendation", "error", "summary", "relay", "notice"}


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


def message_views(
    lines: Sequence[Line], sender: str, zone: ZoneInfo, withheld: str | None = None
) -> list[MessageView]:
    """The messages as somebody sees them who posts as `sender` and lives in that time zone.

    `withheld`, if given, stands for the contact details in what others said.
    """
    last_post = max((line.id for line in lines if line.own), default=-1)
    views: list[MessageView] = []
    day = None
    for line in lines:
        at = line.at.astimezone(zone)
        mine = line.own and line.sender == sender
        answered = line.id < last_post
        html = _words(line, None if mine else withheld)
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
                quoted=_quoted(line, withheld),
                state=f"{answered:d}-{crc32(html.encode('utf-8', 'replace')):08x}",
            )
        )
        day = at.date()
    return views


def _quoted(line: Line, withheld: str | None) -> str | None:
    """The beginning of the words that a line answers."""
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


def _words(line: Line, withheld: str | None) -> Markup:
    text = line.text if withheld is None else without_contact_details(line.text, withheld)
    return typed(_FORM_COMMAND.sub("", text)) if line.own else message(text)
