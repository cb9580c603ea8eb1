"""What somebody does with a conversation's form, in the chat, a room or a team alike."""

from collections.abc import Awaitable, Callable, Collection
from datetime import date

from aiohttp import web

from bot.networks.web import posting
from bot.networks.web.answers import done, refused
from bot.networks.web.forms import Form
from bot.networks.web.identity import Seat
from bot.networks.web.posting import Word
from bot.networks.web.site import SITE, Site

Show = Callable[[Form, str], Awaitable[web.Response]]
"""The page again, with the form as it was filled and why it could not be taken."""

_WORDLESS = frozenset({"accepter"})
"""The commands that need no words."""


async def keep(
    request: web.Request, seat: Seat, form: Form, show: Show, commands: Collection[str] = ()
) -> web.Response:
    """Keep what the form says, answers or sends; `commands` are those that it may stand for there.

    A form that cannot be taken is shown again.
    """
    site = request.app[SITE]
    command = form["geste"] if form["geste"] in commands else None
    fault = None if command in _WORDLESS else fault_of(site, form)
    if fault is not None:
        return refused(request, fault) or await show(form, fault)
    word = command_of(site, form) if command else await word_of(site, seat, form)
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
    """The command that a form of the room or of the board stands for. Raises HTTPBadRequest."""
    text = form["texte"].strip()
    match form["geste"]:
        case "note":
            return Word(f"/note {text}")
        case "reco":
            template = site.templates.get_template("reco.txt")
            return Word(template.render(texte=text, echeance=_day(form["echeance"])))
        case "accepter":
            return Word(f"/accepter {form['projet']}")
        case "refuser":
            return Word(f"/refuser {form['projet']} {text}")
    raise web.HTTPBadRequest


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
