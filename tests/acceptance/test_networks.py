"""The loop on real networks: an élu on Telegram, an advisor on Matrix, the team on the pages."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.dialogue import (
    accept,
    newcomer,
    submit_on_telegram,
)
from tests.support.botapi import RemoteTelegram, remote_telegram
from tests.support.matrix_people import Person, person
from tests.support.networked import Texter, networked, plain
from tests.support.service import Service, running
from tests.support.synapse import synapse
from tests.support.visitor import Visitor

Event = dict[str, Any]

ADVISOR = "Nadège Poirier (DDTM de la Vendée)"
ADVISOR_LINE = "Nadège Poirier;DDTM de la Vendée;conseiller;urbanvitaliz;friche;85;{matrix}"
QUESTION = "Bonjour, avez-vous le plan cadastral ?"
ANSWER = "Oui, je vous l’envoie demain."
BETTER = "Oui, je vous l’envoie lundi."
MISTAKE = "Message envoyé par erreur."
ADVICE = "Contacter l’EPF pour une étude de capacité"
SECRET = "Le propriétaire voisin serait vendeur."
PLAN = b"%PDF-1.7\nplan\n%%EOF\n"

MEMBER = "Martine Duval (maire)"
TO_ELU = (
    "Je suis Fil Rouge",
    "Qui êtes-vous ?",
    "Voici ce que j’ai compris",
    "Sa référence",
    "est accepté",
    "je préviens",
    f"{ADVISOR} : {QUESTION}",
    f"Recommandation n° 1 de {ADVISOR}",
    "la recommandation n° 1 est en cours",
)
TO_ROOM = (
    "Pourquoi vous :",
    f"{MEMBER} : {ANSWER}",
    f"* {MEMBER} : {BETTER}",
    f"Coulisses – {ADVISOR} : {SECRET}",
    f"Recommandation n° 1 de {ADVISOR}",
    f"{MEMBER} : recommandation n° 1, en cours",
)
"""What the assistant says to them, each once."""


@pytest.fixture
def telegram() -> Iterator[RemoteTelegram]:
    """A Bot API server of its own."""
    with remote_telegram() as server:
        yield server


async def test_an_elu_on_telegram_and_an_advisor_on_matrix_talk(
    telegram: RemoteTelegram, folder: Path
) -> None:
    homeserver = synapse()
    account = homeserver.register()
    elu = newcomer(telegram)
    roster = [ADVISOR_LINE.format(matrix=account.user_id)]
    clear = {"FILROUGE_MATRIX__ENCRYPTED": "false"}
    with running(networked(folder, telegram, homeserver, roster, **clear)) as service:
        async with person(homeserver.base, account) as advisor:
            room = await opened(service, elu, advisor)
            await talk(elu, advisor, room)
            await hand_over(elu, advisor, room)
            await recommend(elu, advisor, room)
            assert [1] * len(TO_ELU) == counted(TO_ELU, await elu.read())
            assert [1] * len(TO_ROOM) == counted(TO_ROOM, tidy(await advisor.read(room)))


async def opened(service: Service, elu: Texter, advisor: Person) -> str:
    """A project is described and accepted; returns its room, where the advisor is."""
    async with Visitor(service.url) as team:
        ref = await submit_on_telegram(elu)
        await team.enter(service.link("team"))
        await accept(team, ref)
    room = await advisor.invited()
    await advisor.until(partial(event_that_says, advisor, room, "Pourquoi vous"))
    await elu.sees("je préviens")
    return room


async def talk(elu: Texter, advisor: Person, room: str) -> None:
    """A question, a reply to it, its edit, a reaction, a deletion: each reaches the other side."""
    asked = await advisor.say(room, QUESTION)
    question = await elu.sees(QUESTION)
    answer = await elu.say(ANSWER, reply_to=question["message_id"])
    answered = await advisor.until(partial(event_that_says, advisor, room, ANSWER))
    assert {"event_id": asked} == answered["content"]["m.relates_to"]["m.in_reply_to"]
    await elu.does("edits", message_id=answer, text=BETTER)
    await advisor.until(partial(edit_of, advisor, room, answered["event_id"]))
    await elu.does("reacts", message_id=question["message_id"], emoji="👍")
    await advisor.until(partial(reaction_to, advisor, room, asked))
    mistake = await advisor.say(room, MISTAKE)
    await elu.sees(MISTAKE)
    await advisor.redact(room, mistake)
    await elu.does_not_see(MISTAKE)


async def hand_over(elu: Texter, advisor: Person, room: str) -> None:
    """A file arrives whole."""
    await elu.does(
        "sends_document", name="plan.pdf", media_type="application/pdf", content=PLAN.decode()
    )
    event = await advisor.until(partial(file_in, advisor, room))
    assert "plan.pdf" == event["content"]["filename"]
    assert PLAN == await advisor.download(event["content"]["url"])


async def recommend(elu: Texter, advisor: Person, room: str) -> None:
    """A note stays among advisors; a recommendation comes with buttons, whose answer is told."""
    await advisor.say(room, f"/note {SECRET}")
    backstage = f"Coulisses – {ADVISOR} : {SECRET}"
    await advisor.until(partial(event_that_says, advisor, room, backstage))
    await advisor.say(room, f"/reco {ADVICE}")
    await elu.sees("Recommandation n° 1")
    await elu.does("taps", label="En cours")
    await elu.sees("est en cours")
    await advisor.until(partial(event_that_says, advisor, room, "n° 1, en cours"))
    assert not any(SECRET in said for said in await elu.read())


def counted(texts: Sequence[str], read: Sequence[str]) -> list[int]:
    """How many of what was read holds each text."""
    return [sum(text in said for said in read) for text in texts]


def tidy(read: Sequence[str]) -> list[str]:
    """It, with plain spaces."""
    return [plain(said) for said in read]


async def event_that_says(advisor: Person, room: str, words: str) -> Event | None:
    """The first message that holds these words."""
    messages = [
        e for e in await advisor.history(room) if words in plain(e["content"].get("body", ""))
    ]
    return messages[0] if messages else None


async def edit_of(advisor: Person, room: str, event_id: str) -> Event | None:
    """The first edit of a message."""
    return await related(advisor, room, "m.replace", event_id)


async def reaction_to(advisor: Person, room: str, event_id: str) -> Event | None:
    """The first reaction to a message."""
    return await related(advisor, room, "m.annotation", event_id)


async def related(advisor: Person, room: str, how: str, event_id: str) -> Event | None:
    """The first event that relates so to another."""
    for event in await advisor.history(room):
        relation = event["content"].get("m.relates_to", {})
        if (how, event_id) == (relation.get("rel_type"), relation.get("event_id")):
            return event
    return None


async def file_in(advisor: Person, room: str) -> Event | None:
    """The first file."""
    events = await advisor.history(room)
    return next((e for e in events if e["content"].get("msgtype") == "m.file"), None)
