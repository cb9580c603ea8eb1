"""What a conversation's form says is kept; the next page shows the answer if it comes soon."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from aiohttp import web

from bot.domain.conversations import ConversationRef
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


async def keep(request: web.Request, seat: Seat, form: Form, show: Show) -> web.Response:
    """Keep what the form says, answers, sends or commands; show again one that cannot be taken."""
    site = request.app[SITE]
    command = site.forms(seat.conversation.kind).get(form["geste"])
    fault = None if command is not None and command.wordless else fault_of(site, form)
    if fault is not None and wants_json(request):
        return web.json_response({"faute": fault_text(request, fault)}, status=422)
    if fault is not None:
        return await show(form, fault)
    # Until all that is said is known, the key is the form's.
    blank = Incoming(seat.conversation, form["cle"], seat.sender, site.parts.clock.now())
    if command is not None:
        await _post(request, seat, form, _with_command(site, blank, form))
    else:
        await _post(request, seat, form, await _with_words(site, blank, form))
    if wants_json(request):
        return web.json_response({"ok": True})
    # On to the page, where the newest message is.
    return web.Response(status=303, headers={"Location": f"{request.path}#fin"})


def fault_of(site: Site, form: Form) -> str | None:
    """Why the form cannot be taken, if so: "vide", "longue", or "fichier_…" with the reason."""
    if form.refused is not None:
        return f"fichier_{form.refused}"
    if len(form["texte"]) > site.parts.limits.message_max_chars:
        return "longue"
    given = form["texte"].strip() or form["choix"] or form.attachment
    return None if given else "vide"


async def _with_words(site: Site, blank: Incoming, form: Form) -> Incoming:
    """With what the form says. Raises HTTPForbidden for a choice that was not offered there."""
    if not form["choix"]:
        return replace(blank, text=form["texte"].strip(), attachment=form.attachment)
    line = await _line_at(site, blank.conversation, form["message"])
    labels = {choice.key: choice.label for choice in line.choices}
    if form["choix"] not in labels:
        raise web.HTTPForbidden
    return replace(blank, text=labels[form["choix"]], choice=form["choix"], target=str(line.id))


def _with_command(site: Site, blank: Incoming, form: Form) -> Incoming:
    """With the command that the form gives, and how the page shows it."""
    call = CommandCall(
        form["geste"],
        form["texte"].strip(),
        reference=form["projet"] or None,
        day=_day(form["echeance"]),
        details=tuple(form.details()),
    )
    shown = site.templates.get_template("commande.txt").render(commande=call)
    return replace(blank, text=shown, command=call)


async def _post(request: web.Request, seat: Seat, form: Form, said: Incoming) -> None:
    """Keep it, once for each form shown, and wait a little for its answer."""
    site = request.app[SITE]
    said = replace(said, key=_event_key(said))
    if await site.parts.chat.post(said, seat.author):
        site.metrics.posts.inc()
    site.posted.set()
    # Forms that decide something redraw the page: they wait with JavaScript too.
    if form["geste"] or not wants_json(request):
        await _wait_for_answer(site, said)
    site.wake_pages(seat.conversation.name)


def wants_json(request: web.Request) -> bool:
    """Whether the page's own script asks: it shows the answer as it comes, and needs no wait."""
    return "application/json" in request.headers.get("Accept", "")


def _event_key(said: Incoming) -> str:
    # The words count too: a form brought back by the browser's history, filled anew, is a new act.
    if not _KEY.fullmatch(said.key):
        raise web.HTTPBadRequest
    parts = (
        said.conversation.name,
        said.sender,
        said.key,
        said.choice or "",
        said.attachment.sha256 if said.attachment else "",
        said.text,
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


async def _line_at(site: Site, conversation: ConversationRef, number: str) -> Line:
    """The message of that number in the conversation. Raises HTTPForbidden."""
    if number.isascii() and number.isdecimal() and len(number) < 19:
        found = await site.parts.chat.line(int(number))
        if found is not None and found[0] == conversation.name:
            return found[1]
    raise web.HTTPForbidden


async def _wait_for_answer(site: Site, said: Incoming) -> None:
    """Returns once the event is handled and its answers are shown, or when patience ends."""
    patience = site.parts.limits.answer_wait.total_seconds()
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while not await site.parts.is_answered(said.conversation, said.key):  # noqa: ASYNC110  the turn is elsewhere
                await asyncio.sleep(_POLL.total_seconds())


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
