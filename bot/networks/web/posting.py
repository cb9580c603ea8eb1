"""Keeps what a person posts, and waits a little for the assistant's answer."""

import asyncio
import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from bot.domain.attachment import Attachment
from bot.domain.wording.command_syntax import CommandCall
from bot.networks.web.forms import Form
from bot.networks.web.identity import Seat
from bot.networks.web.site import SITE, Site
from bot.ports.network import Incoming
from bot.ports.web import Line

_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_POLL = timedelta(milliseconds=25)


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody does in a conversation: says, answers with a choice, gives a file or a
    command.
    """

    text: str = ""
    choice: str | None = None
    target: str | None = None
    attachment: Attachment | None = None
    command: CommandCall | None = None


async def chosen(site: Site, seat: Seat, form: Form) -> Word:
    """The answer given by a choice's button. Raises HTTPForbidden if it was never offered."""
    line = await _line(site, seat, form["message"])
    labels = {choice.key: choice.label for choice in line.choices}
    if form["choix"] not in labels:
        raise web.HTTPForbidden
    return Word(labels[form["choix"]], choice=form["choix"], target=str(line.id))


async def post(request: web.Request, seat: Seat, form: Form, word: Word) -> None:
    """Keep the word, once for each form shown, and wait a little for its answer.

    Raises HTTPBadRequest when the form has no key.
    """
    site = request.app[SITE]
    key = _event_key(seat, form, word)
    incoming = Incoming(
        conversation=seat.conversation,
        key=key,
        sender=seat.sender,
        at=site.parts.clock.now(),
        text=word.text,
        choice=word.choice,
        target=word.target,
        attachment=word.attachment,
        command=word.command,
    )
    if await site.parts.chat.post(incoming, seat.author):
        site.metrics.posts.inc()
    site.posted.set()
    # Forms that decide something redraw the page: they wait with JavaScript too.
    if form["geste"] or not wants_json(request):
        await _answered(site, seat, key)
    site.ring(seat.conversation.name)


def wants_json(request: web.Request) -> bool:
    """Whether the page's own script asks: it shows the answer as it comes, and needs no wait."""
    return "application/json" in request.headers.get("Accept", "")


def _event_key(seat: Seat, form: Form, word: Word) -> str:
    # The words count too: a form brought back by the browser's history, filled anew, is a new act.
    if not _KEY.fullmatch(form["cle"]):
        raise web.HTTPBadRequest
    parts = (
        seat.conversation.name,
        seat.sender,
        form["cle"],
        word.choice or "",
        word.attachment.sha256 if word.attachment else "",
        word.text,
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


async def _line(site: Site, seat: Seat, number: str) -> Line:
    if number.isascii() and number.isdecimal() and len(number) < 19:
        found = await site.parts.chat.line(int(number))
        if found is not None and found[0] == seat.conversation.name:
            return found[1]
    raise web.HTTPForbidden


async def _answered(site: Site, seat: Seat, key: str) -> None:
    """Returns once the event is handled and its answers are shown, or when patience ends."""
    patience = site.parts.limits.answer_wait.total_seconds()
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while not await site.parts.answered(seat.conversation, key):  # noqa: ASYNC110  the turn is elsewhere
                await asyncio.sleep(_POLL.total_seconds())
