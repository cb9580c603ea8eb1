"""Whatever is sent on Telegram is answered kindly, reaches nobody it should not, and stops nothing.

The real program, the strict server; the team and the advisor are on the pages.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.acceptance.conftest import ADVISOR, COORDINATOR, House
from tests.acceptance.dialogue import (
    MILL,
    accept,
    newcomer,
    room,
    submit_on_telegram,
)
from tests.support.botapi import RemoteTelegram, remote_telegram
from tests.support.networked import Texter
from tests.support.service import Service, running
from tests.support.visitor import Visitor

HOUR_S = 3600
NOT_TAKEN = {
    "voice": "Je ne peux pas écouter les messages vocaux",
    "sticker": "votre autocollant",
    "poll": "Je ne peux pas transmettre un sondage",
    "contact": "Je ne transmets pas les fiches de contact",
    "location": "Je ne peux pas lire une position sur une carte",
    "video": "Je ne peux pas transmettre une vidéo",
    "dice": "Je n’ai pas su lire",
}


@pytest.fixture(scope="module")
def telegram() -> Iterator[RemoteTelegram]:
    """A Bot API server."""
    with remote_telegram() as server:
        yield server


@pytest.fixture(scope="module")
def served(telegram: RemoteTelegram, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One service for all, with links of its advisor and team."""
    service = Service(tmp_path_factory.mktemp("telegram"), settings=settings(telegram))
    links = service.invite(ADVISOR, COORDINATOR)
    with running(service):
        yield House(service, links)


@dataclass
class Talk:
    """An accepted project: its élu on Telegram, its advisor in the room on the pages."""

    telegram: RemoteTelegram
    elu: Texter
    advisor: Visitor
    room: str


def settings(telegram: RemoteTelegram) -> dict[str, str]:
    """Those of a service with one bot."""
    return {
        "FILROUGE_TELEGRAM__TOKEN": telegram.token,
        "FILROUGE_TELEGRAM__BASE_URL": telegram.url,
        "FILROUGE_OUTBOX__PACE__TELEGRAM__PLACE_PER_MINUTE": "0",
    }


@pytest.fixture
async def talk(telegram: RemoteTelegram, served: House) -> AsyncIterator[Talk]:
    """Both have been introduced, and all that there was to say about it is said."""
    base = served.service.url
    elu = newcomer(telegram)
    async with Visitor(base) as advisor, Visitor(base) as team:
        await advisor.enter(served.links[ADVISOR])
        await team.enter(served.links[COORDINATOR])
        ref = await submit_on_telegram(elu)
        await accept(team, ref)
        await elu.sees("j’ai prévenu")
        yield Talk(telegram, elu, advisor, room(ref))


async def test_what_is_not_taken_is_answered_once_and_passed_on_to_nobody(talk: Talk) -> None:
    for kind in NOT_TAKEN:
        await talk.elu.does("sends", kind=kind)
    await talk.elu.say("Voilà tout.")
    page = await talk.advisor.sees(talk.room, "Voilà tout.")
    for answer in NOT_TAKEN.values():
        await talk.elu.sees(answer)
        assert 1 == sum(answer in said for said in await talk.elu.read())
    mine = [m for m in page.messages if "Martine Duval" in m.author]
    assert ["Voilà tout."] == [message.text for message in mine]


async def test_an_edited_command_is_not_run_again(talk: Talk) -> None:
    command = await talk.elu.say("/recos")
    await talk.elu.sees("Aucune recommandation")
    await talk.elu.does("edits", message_id=command, text="/clore")
    await talk.elu.sees("Je ne relance pas une commande qui a été modifiée")
    assert not any("Clore" in said for said in await talk.elu.read())


async def test_a_file_that_is_refused_is_told_and_its_words_go_on(talk: Talk) -> None:
    file = {"media_type": "application/octet-stream", "content": "MZ", "caption": "Le plan"}
    await talk.elu.does("sends_document", name="plan.exe", **file)
    await talk.elu.sees("Je ne peux pas transmettre ce type de fichier")
    page = await talk.advisor.sees(talk.room, "Le plan")
    assert "plan.exe" not in page.text


async def test_a_file_alone_is_named_for_what_it_is(talk: Talk) -> None:
    file = {"media_type": "application/pdf", "content": "%PDF-1.7"}
    await talk.elu.does("sends_document", name="plan.pdf", **file)
    page = await talk.advisor.sees(talk.room, "(document joint)")
    assert "plan.pdf" in page.text


@pytest.mark.parametrize("off", [HOUR_S, -HOUR_S])
async def test_a_clock_wrong_by_an_hour_loses_and_repeats_nothing(talk: Talk, off: int) -> None:
    await talk.elu.say("Avant.")
    await talk.advisor.sees(talk.room, "Avant.")
    await asyncio.to_thread(talk.telegram.does, "pass_time", seconds=off)
    await talk.elu.say("Après.")
    await talk.advisor.sees(talk.room, "Après.")
    await talk.advisor.say(talk.room, "Bien lu.")
    await talk.elu.sees("Bien lu.")
    page = await talk.advisor.get(talk.room)
    assert [1, 1] == [page.count("Avant."), page.count("Après.")]
    assert 1 == sum("Bien lu." in said for said in await talk.elu.read())


async def test_what_telegram_refuses_is_given_up_at_once_and_its_author_told(talk: Talk) -> None:
    await asyncio.to_thread(
        talk.telegram.does, "fault", method="sendMessage", fault="status", number=413
    )
    await talk.advisor.say(talk.room, "Un mot que Telegram refuse.")
    await talk.advisor.sees(talk.room, "le réseau de son destinataire l’a refusé")
    await talk.advisor.say(talk.room, "Un autre mot.")
    await talk.elu.sees("Un autre mot.")
    assert not any("que Telegram refuse" in said for said in await talk.elu.read())


async def test_with_a_wrong_token_the_pages_go_on_and_the_log_says_it_in_one_line(
    telegram: RemoteTelegram, folder: Path
) -> None:
    wrong = f"{telegram.token[:-1]}Z"
    service = Service(folder, settings=settings(telegram) | {"FILROUGE_TELEGRAM__TOKEN": wrong})
    with running(service):
        async with Visitor(service.url) as elu:
            await elu.say("/", MILL)
            await elu.sees("/", "Qui êtes-vous")
    refused = [line for line in service.log.splitlines() if "refuses the bot's token" in line]
    assert 1 == len(refused)
    assert wrong not in service.log
