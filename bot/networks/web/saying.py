"""What somebody does with a conversation's form, in the chat, a room or a team alike."""

from datetime import date

from aiohttp import web

from bot.networks.web import posting
from bot.networks.web.forms import Form
from bot.networks.web.identity import Seat
from bot.networks.web.posting import Word
from bot.networks.web.site import Site


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
