"""The story that is played while the process is killed, and everything that people must then have
seen: each message once, in its place, in order.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.acceptance.dialogue import MAYOR, MILL, SEND, accept, board, room, send
from tests.support.page import Message, Page
from tests.support.service import Service
from tests.support.visitor import Visitor

QUESTION = "Bonjour, avez-vous le plan cadastral ?"
ANSWER = "Oui, je vous l’envoie demain avec les photos du toit."
ADVICE = "Contacter l’EPF pour une étude de capacité"
NOTE = "Le propriétaire voisin serait vendeur."
BLOCKED = "toujours bloqué avec l'EPF"

OWN = "Vous"
ASSISTANT = "Fil Rouge"
ADVISOR = "Nadège Poirier (DDTM de la Vendée)"
MEMBER = "Martine Duval (maire)"

CHAT = (
    (OWN, MILL),
    (ASSISTANT, "Je suis Fil Rouge, un assistant automatique."),
    (ASSISTANT, "Qui êtes-vous ?"),
    (OWN, MAYOR),
    (ASSISTANT, "Voici ce que j’ai compris."),
    (OWN, SEND),
    (ASSISTANT, "Sa référence : {ref}."),
    (ASSISTANT, "est accepté."),
    (ASSISTANT, "j’ai prévenu : "),
    (ADVISOR, QUESTION),
    (OWN, ANSWER),
    (ASSISTANT, "Recommandation n° 1 de Nadège Poirier"),
    (OWN, "En cours"),
    (ASSISTANT, "la recommandation n° 1 est en cours"),
    (ASSISTANT, "où en est le projet « Friche – Fontenay-le-Comte (Vendée) » ?"),
    (OWN, "Ça avance"),
    (ASSISTANT, "Merci, c’est une bonne nouvelle."),
    (ADVISOR, "Bien reçu, merci."),
    (ASSISTANT, "où en est le projet « Friche – Fontenay-le-Comte (Vendée) » ?"),
    (OWN, "/historique"),
    (ASSISTANT, "Historique de « Friche – Fontenay-le-Comte (Vendée) »"),
)
ROOM = (
    (ASSISTANT, "Pourquoi vous :"),
    (OWN, QUESTION),
    (MEMBER, ANSWER),
    (OWN, NOTE),
    (ASSISTANT, f"Coulisses – {ADVISOR} : {NOTE}"),
    (OWN, ADVICE),
    (ASSISTANT, f"Recommandation n° 1 de {ADVISOR} : {ADVICE}"),
    (ASSISTANT, f"{MEMBER} : recommandation n° 1, en cours."),
    (ASSISTANT, f"{MEMBER} donne des nouvelles : Ça avance"),
    (OWN, "Bien reçu, merci."),
)
TEAM = (
    (ASSISTANT, "Nouveau projet à examiner : Friche – Fontenay-le-Comte (Vendée) ({ref})"),
    (OWN, "/accepter {ref}"),
    (ASSISTANT, "Projet accepté : Friche – Fontenay-le-Comte (Vendée) ({ref})."),
)
"""Who signs and what is said, in each of the three places."""

Expected = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What an observer reads at the end, place by place."""

    chat: list[tuple[str, str]]
    room: list[tuple[str, str]]
    team: list[tuple[str, str]]


def everything(ref: str) -> Seen:
    """What must have been seen."""
    chat, room_, team = (
        [(author, words.format(ref=ref)) for author, words in place] for place in (CHAT, ROOM, TEAM)
    )
    return Seen(chat, room_, team)


PASSAGES = {
    "posted": 12,
    "received": 12,
    "committed": 12,
    "dispatched": 12,
    "delivered": 22,
    "ticking": 2,
    "migrating": 10,
}
"""How often the story passes each boundary of `tests.support.killing` at least."""


async def survives(service: Service) -> None:
    """Play the story while the process dies its deaths; check all that was seen."""
    deaths = len(service.deaths)
    await asyncio.to_thread(service.start)
    ref, seen = await play(service)
    assert deaths == service.killed, "a boundary was not passed so often"
    expected = everything(ref)
    assert expected.chat == seen.chat
    assert expected.room == seen.room
    assert expected.team == seen.team
    assert "Traceback" not in service.log, service.log


async def play(service: Service) -> tuple[str, Seen]:
    """Play the whole story; return the project's reference and what its people saw at the end.

    Whoever loses the connection waits until the service is back, then sends the same form again.
    """
    async with (
        Visitor(service.url, service.lost) as elu,
        Visitor(service.url, service.lost) as advisor,
        Visitor(service.url, service.lost) as team,
    ):
        await elu.get("/")
        await team.enter(service.link("team"))
        ref = await _describe(elu, team)
        await advisor.enter(service.link("advisor"))
        await _advise(elu, advisor, ref)
        await _time_passes(elu, advisor, ref)
        return ref, Seen(
            _told(await elu.get("/"), CHAT, ref),
            _told(await advisor.get(room(ref)), ROOM, ref),
            _told(await team.get(board(ref)), TEAM, ref),
        )


async def _describe(elu: Visitor, team: Visitor) -> str:
    await elu.say("/", MILL)
    await elu.sees("/", "Qui êtes-vous")
    await elu.say("/", MAYOR)
    await elu.sees("/", "Est-ce bien cela")
    ref = await send(elu)
    await team.sees(board(ref), f"Pour l’accepter : /accepter {ref}")
    await accept(team, ref)
    await elu.sees("/", "j’ai prévenu")
    return ref


async def _advise(elu: Visitor, advisor: Visitor, ref: str) -> None:
    await advisor.sees(room(ref), "Pourquoi vous")
    await advisor.say(room(ref), QUESTION)
    await elu.sees("/", QUESTION)
    await elu.say("/", ANSWER)
    await advisor.sees(room(ref), ANSWER)
    await advisor.say(room(ref), NOTE, geste="note")
    await advisor.sees(room(ref), f"Coulisses – {ADVISOR}")
    await advisor.say(room(ref), ADVICE, geste="reco")
    await advisor.sees(room(ref), "Recommandation n° 1")
    await elu.sees("/", "Recommandation n° 1")
    await elu.choose("/", "En cours")
    await elu.sees("/", "est en cours")
    await advisor.sees(room(ref), "n° 1, en cours")


async def _time_passes(elu: Visitor, advisor: Visitor, ref: str) -> None:
    await forward(elu)
    await elu.until("/", lambda p: p.count("où en est") == 1, "the first follow-up")
    await elu.choose("/", "Ça avance")
    await elu.sees("/", "c’est une bonne nouvelle")
    await advisor.sees(room(ref), "donne des nouvelles")
    await advisor.say(room(ref), "Bien reçu, merci.")
    await elu.sees("/", "Bien reçu, merci")
    await forward(elu)
    await elu.until("/", lambda p: p.count("où en est") == 2, "the second follow-up")
    await elu.say("/", "/historique")
    await elu.sees("/", "Historique de")


async def forward(visitor: Visitor) -> None:
    """Six weeks pass, once: the button is pressed again only if the day shown is still the same."""
    page = await visitor.get("/")
    before, form = _day(page), page.form(button="Six semaines plus tard")
    while before == _day(await visitor.get("/")):
        await visitor.submit(page, form, button="Six semaines plus tard", once=True)


def _day(page: Page) -> str:
    found = re.search(r"Démonstration, (.+?\d{4})", page.text)
    assert found, page.text
    return found[1]


def _told(page: Page, expected: Expected, ref: str) -> list[tuple[str, str]]:
    """Each message as (author, the expected words if it holds them, else all it says)."""
    told = []
    for number, message in enumerate(page.messages):
        words = expected[number][1].format(ref=ref) if number < len(expected) else ""
        told.append((message.author, words if words and words in message.text else _all(message)))
    return told


def _all(message: Message) -> str:
    return message.text or message.file
