"""Messages and projects, ready to be shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.domain.attachment import Attachment
from bot.networks.web.rendering import message, typed
from bot.ports.network import Choice
from bot.ports.web import Line

_FORM_COMMAND = re.compile(r"\A/(note|reco) ")
_TONES = {"safety", "recommendation", "error", "summary", "relay", "notice"}


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message of a page. `new_day` when it is the first of its day.

    `mine` when this seat said it; `tone` is a word for the style sheet; `answered` when somebody
    has spoken here since.
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


def message_views(lines: Sequence[Line], sender: str, zone: ZoneInfo) -> list[MessageView]:
    """The messages as somebody sees them who posts as `sender` and lives in that time zone."""
    last_post = max((line.id for line in lines if line.own), default=-1)
    views: list[MessageView] = []
    day = None
    for line in lines:
        at = line.at.astimezone(zone)
        views.append(
            MessageView(
                id=line.id,
                at=at,
                new_day=at.date() != day,
                mine=line.own and line.sender == sender,
                author=line.author,
                html=_words(line),
                tone=_tone(line),
                backstage=line.backstage or _command(line) == "note",
                choices=line.choices,
                answered=line.id < last_post,
                attachment=line.attachment,
            )
        )
        day = at.date()
    return views


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


def _words(line: Line) -> Markup:
    if not line.own:
        return message(line.text)
    return typed(_FORM_COMMAND.sub("", line.text))
