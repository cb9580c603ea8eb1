"""Time passes: follow-ups arrive when they are due, and answers in words are understood.

The tests of this file share one service whose time moves forward; each has its own people.
"""

from collections.abc import AsyncIterator, Iterator
from datetime import date

import pytest

from config import french
from tests.acceptance.dialogue import accept, room, submit
from tests.support.page import Page
from tests.support.service import MONDAY, Service, running
from tests.support.visitor import Visitor

ANSWERS = ["C’est fait", "En cours", "C’est bloqué", "Plus tard", "Pas intéressé"]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service whose time moves forward."""
    with running(Service(tmp_path_factory.mktemp("followups"))) as service:
        yield service


@pytest.fixture
async def people(service: Service) -> AsyncIterator[tuple[Visitor, Visitor, Visitor]]:
    """An élu, an advisor, the team."""
    async with (
        Visitor(service.url) as elu,
        Visitor(service.url) as advisor,
        Visitor(service.url) as team,
    ):
        await advisor.enter(service.link("advisor"))
        await team.enter(service.link("team"))
        yield elu, advisor, team


async def test_a_recommendation_put_off_comes_back_with_its_buttons_and_the_story_tells_all(
    people: tuple[Visitor, Visitor, Visitor],
) -> None:
    elu, advisor, team = people
    ref = await submit(elu)
    await accept(team, ref)
    await advisor.say(room(ref), "/reco Contacter l’EPF")
    await elu.sees("/", "Recommandation n° 1")

    await elu.choose("/", "Plus tard")
    page = await elu.sees("/", "Quand voulez-vous que je vous en reparle ?")
    assert ["Dans 2 semaines", "Dans 4 semaines", "Dans 8 semaines"] == page.last.buttons
    await elu.say("/", "dans 3 semaines")
    day = french.day(date.fromordinal(MONDAY.toordinal() + 21))
    await elu.sees("/", f"je vous en reparle à partir du {day}".replace("\u00a0", " "))
    await advisor.sees(room(ref), "préfère en reparler à partir du")

    await elu.choose("/", "Deux semaines plus tard")
    await elu.say("/", "/recos")
    page = await elu.sees("/", "Recommandations pour")
    assert 0 == page.count("des nouvelles de la recommandation")

    await elu.choose("/", "Deux semaines plus tard")
    page = await elu.sees("/", "des nouvelles de la recommandation n° 1")
    assert ANSWERS == page.last.buttons
    assert "Contacter l’EPF" in page.last.text

    await elu.say("/", "toujours bloqué avec l'EPF")
    await elu.sees("/", "la recommandation n° 1 est bloquée")
    told = (await advisor.sees(room(ref), "toujours bloqué avec l'EPF")).last
    assert "Martine Duval (maire) : recommandation n° 1, bloquée." in told.text

    await elu.say("/", "/historique")
    story = (await elu.sees("/", "Historique de")).last.text
    parts = [
        "La balle est chez les conseillers",
        "projet envoyé par Martine Duval (maire)",
        "projet accepté par l’équipe du portail",
        "conseillers choisis : ",
        "recommandation n° 1 de Nadège Poirier (DDTM de la Vendée) : Contacter l’EPF",
        "Martine Duval (maire) : à revoir à partir du",
        "relance de l’assistant",
        "Martine Duval (maire) : recommandation n° 1 bloquée toujours bloqué avec l'EPF",
    ]
    assert parts == [part for part in parts if part in story]
    assert sorted(story.index(part) for part in parts) == [story.index(part) for part in parts]


async def test_a_silent_project_is_asked_about_and_one_tap_wakes_it(
    people: tuple[Visitor, Visitor, Visitor],
) -> None:
    elu, advisor, team = people
    ref = await submit(elu)
    await accept(team, ref)
    await advisor.say(room(ref), "Avez-vous le plan cadastral ?")
    await elu.sees("/", "plan cadastral")
    await elu.choose("/", "Six semaines plus tard")
    page = await elu.sees("/", "attend votre réponse sur le projet « Friche – Fontenay-le-Comte")
    assert ["Plus tard"] == page.last.buttons
    await elu.choose("/", "Six semaines plus tard")
    page = await elu.sees("/", "où en est le projet « Friche – Fontenay-le-Comte (Vendée) » ?")
    assert ["Ça avance", "C’est bloqué", "Plus tard"] == page.last.buttons
    assert "ton-followup" in page.last.marks
    await elu.choose("/", "Ça avance")
    await elu.sees("/", "c’est une bonne nouvelle")
    await advisor.sees(room(ref), "donne des nouvelles : Ça avance")


async def test_advisors_who_owe_an_answer_are_reminded_backstage_only(
    people: tuple[Visitor, Visitor, Visitor],
) -> None:
    elu, advisor, team = people
    ref = await submit(elu)
    await accept(team, ref)
    await elu.sees("/", "j’ai prévenu")
    await elu.say("/", "Pouvez-vous nous aider à chiffrer la dépollution ?")
    await advisor.sees(room(ref), "chiffrer la dépollution")
    await elu.choose("/", "Six semaines plus tard")
    page = await advisor.sees(room(ref), "attend une réponse sur")
    assert "coulisse" in page.last.marks
    assert 0 == (await elu.get("/")).count("attend une réponse sur")


async def test_after_stop_no_follow_up_arrives(people: tuple[Visitor, Visitor, Visitor]) -> None:
    elu, advisor, team = people
    ref = await submit(elu)
    await accept(team, ref)
    await advisor.say(room(ref), "/reco Contacter l’EPF")
    await elu.sees("/", "Recommandation n° 1")
    await elu.say("/", "/stop")
    await elu.sees("/", "vous ne recevrez plus de relances")
    async with Visitor(elu.base) as witness:
        other = await submit(witness)
        await accept(team, other)
        await advisor.say(room(other), "/reco Contacter l’EPF")
        await witness.sees("/", "Recommandation n° 1")
        await elu.choose("/", "Six semaines plus tard")
        await witness.sees("/", "des nouvelles de la recommandation n° 1")
    assert [] == followups(await elu.get("/"))


def followups(page: Page) -> list[str]:
    """The follow-ups that a page shows."""
    return [message.text for message in page.messages if "ton-followup" in message.marks]
