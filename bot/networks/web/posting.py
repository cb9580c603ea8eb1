"""What somebody does with a conversation's form, in the chat, a room or a team alike: it is kept,
and the next page shows the assistant's answer if it comes soon.
"""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from aiohttp import web

from bot.domain.attachment import Attachment
from bot.domain.wording.command_syntax import CommandCall
from bot.networks.web.forms import Form
from bot.networks.web.session import Seat
from bot.networks.web.site import SITE, Site
from bot.networks.web.templates import fault_text
from bot.ports.network import Incoming
from bot.ports.web import Line

Show = Callable[[Form, str], Awaitable[web.Response]]
"""The page again, with the form as it was filled and why it could not be taken."""

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


async def keep(request: web.Request, seat: Seat, form: Form, show: Show) -> web.Response:
    """Keep what the form says, answers, sends, or commands. One that cannot be taken is shown
    again.
    """
    site = request.app[SITE]
    command = site.forms(seat.conversation.kind).get(form["geste"])
    fault = None if command is not None and command.wordless else fault_of(site, form)
    if fault is not None and wants_json(request):
        return web.json_response({"faute": fault_text(request, fault)}, status=422)
    if fault is not None:
        return await show(form, fault)
    word = await word_of(site, seat, form) if command is None else command_of(site, form)
    await post(request, seat, form, word)
    if wants_json(request):
        return web.json_response({"ok": True})
    # On to the page, where the newest message is.
    return web.Response(status=303, headers={"Location": f"{request.path}#fin"})


def fault_of(site: Site, form: Form) -> str | None:
    """Why the form cannot be taken, as a word that pages explain, or None.

    "vide", "longue", or "fichier_…" with the reason of the file's refusal.
    """
    if form.refused is not None:
        return f"fichier_{form.refused}"
    if len(form["texte"]) > site.parts.limits.message_max_chars:
        return "longue"
    given = form["texte"].strip() or form["choix"] or form.attachment
    return None if given else "vide"


async def word_of(site: Site, seat: Seat, form: Form) -> Word:
    """What the form says. Raises HTTPForbidden for a choice that was not offered there."""
    if not form["choix"]:
        return Word(form["texte"].strip(), attachment=form.attachment)
    line = await _line_at(site, seat, form["message"])
    labels = {choice.key: choice.label for choice in line.choices}
    if form["choix"] not in labels:
        raise web.HTTPForbidden
    return Word(labels[form["choix"]], choice=form["choix"], target=str(line.id))


def command_of(site: Site, form: Form) -> Word:
    """The command that the form gives, and how the page shows it."""
    call = CommandCall(
        form["geste"],
        form["texte"].strip(),
        reference=form["projet"] or None,
        day=_day(form["echeance"]),
        details=tuple(form.details()),
    )
    shown = site.templates.get_template("commande.txt").render(commande=call)
    return Word(shown, command=call)


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
        await _wait_for_answer(site, seat, key)
    site.wake_pages(seat.conversation.name)


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


async def _line_at(site: Site, seat: Seat, number: str) -> Line:
    """The message of that number in the seat's conversation. Raises HTTPForbidden."""
    if number.isascii() and number.isdecimal() and len(number) < 19:
        found = await site.parts.chat.line(int(number))
        if found is not None and found[0] == seat.conversation.name:
            return found[1]
    raise web.HTTPForbidden


async def _wait_for_answer(site: Site, seat: Seat, key: str) -> None:
    """Returns once the event is handled and its answers are shown, or when patience ends."""
    patience = site.parts.limits.answer_wait.total_seconds()
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while not await site.parts.is_answered(seat.conversation, key):  # noqa: ASYNC110  the turn is elsewhere
                await asyncio.sleep(_POLL.total_seconds())


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
