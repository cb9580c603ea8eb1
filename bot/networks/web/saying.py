"""What somebody does with a conversation's form, in the chat, a room or a team alike."""

from collections.abc import Awaitable, Callable
from datetime import date

from aiohttp import web

from bot.domain.wording.command_syntax import CommandCall
from bot.networks.web import posting
from bot.networks.web.answers import done, refused
from bot.networks.web.forms import Form
from bot.networks.web.identity import Seat
from bot.networks.web.posting import Word
from bot.networks.web.site import SITE, Site

Show = Callable[[Form, str], Awaitable[web.Response]]
"""The page again, with the form as it was filled and why it could not be taken."""


async def keep(request: web.Request, seat: Seat, form: Form, show: Show) -> web.Response:
    """Keep what the form says, answers, sends, or commands. One that cannot be taken is shown
    again.
    """
    site = request.app[SITE]
    command = site.forms(seat.conversation.kind).get(form["geste"])
    fault = None if command is not None and command.wordless else fault_of(site, form)
    if fault is not None:
        return refused(request, fault) or await show(form, fault)
    word = await word_of(site, seat, form) if command is None else command_of(site, form)
    await posting.post(request, seat, form, word)
    return done(request, request.path)


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
    if form["choix"]:
        return await posting.chosen(site, seat, form)
    return Word(form["texte"].strip(), attachment=form.attachment)


def command_of(site: Site, form: Form) -> Word:
    """The command that the form gives, and how the page shows it."""
    call = CommandCall(
        form["geste"],
        form["texte"].strip(),
        reference=form["projet"] or None,
        day=_day(form["echeance"]),
    )
    shown = site.templates.get_template("commande.txt").render(commande=call)
    return Word(shown, command=call)


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
