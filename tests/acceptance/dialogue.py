"""What people do again and again in the tests: describe a project, accept it, go to its room."""

import re

from tests.support.botapi import RemoteTelegram
from tests.support.networked import Texter
from tests.support.page import Page
from tests.support.visitor import Visitor

MILL = "Nous avons une ancienne filature vide à Fontenay-le-Comte, on ne sait pas par où commencer."
MAYOR = "Martine Duval, maire"

SEND = "Oui, envoyer"
_PORTALS = {
    "UV": "urbanvitaliz",
    "SP": "sosponts",
    "EQ": "ecoquartiers",
    "MC": "mon-espace-collectivite",
}
_REFERENCE = re.compile(r"\b[A-Z]{2,3}-[0-9A-Z]{4,}\b")


async def submit(elu: Visitor, words: str = MILL, who: str = MAYOR) -> str:
    """Describe a project whose place and theme are clear, send it; return its reference."""
    await elu.say("/", words)
    await elu.sees("/", "Qui êtes-vous")
    await elu.say("/", who)
    await elu.sees("/", "Est-ce bien cela")
    return await send(elu)


def newcomer(telegram: RemoteTelegram) -> Texter:
    """Somebody on Telegram who has said nothing yet."""
    return Texter(telegram, telegram.does("user", first_name="Martine", last_name="Duval"))


async def submit_on_telegram(elu: Texter, words: str = MILL) -> str:
    """Describe a project whose place and theme are clear, send it; return its reference."""
    await elu.say(words)
    await elu.sees("Qui êtes-vous")
    await elu.say(MAYOR)
    await elu.sees("Est-ce bien cela")
    await elu.does("taps", label=SEND)
    return reference(str((await elu.sees("Sa référence"))["text"]))


async def send(elu: Visitor) -> str:
    """Send the project of the summary shown last; return its reference."""
    before = (await elu.get("/")).count("Sa référence")
    await elu.choose("/", SEND)
    page = await elu.until("/", lambda p: p.count("Sa référence") > before, "the reference")
    return reference([m for m in page.messages if "Sa référence" in m.text][-1].text)


def reference(text: str) -> str:
    """The reference written in a text."""
    found = _REFERENCE.search(text)
    assert found, text
    return found[0]


def board(ref: str) -> str:
    """The path of the board on which the project is."""
    return f"/equipe/{_PORTALS[ref.partition('-')[0]]}"


def room(ref: str) -> str:
    """The path of the project's room."""
    return f"/salle/{ref}"


async def accept(team: Visitor, ref: str) -> Page:
    """Accept a project on the board; return the board."""
    path = board(ref)
    page = await team.get(path)
    await team.submit(page, page.form(geste="accepter", projet=ref))
    return await team.until(
        path,
        lambda p: any(ref in m.text and "Projet accepté" in m.text for m in p.messages),
        f"{ref} accepted",
    )
