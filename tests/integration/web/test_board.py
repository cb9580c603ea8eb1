"""The team's board."""

from bot.domain.conversations import ConversationRef
from bot.domain.wording.command_syntax import CommandCall
from bot.ports.network import Outgoing
from tests.support.page import Page
from tests.support.visitor import Visitor
from tests.support.web_site import Site

BOARD = "/equipe/urbanvitaliz"
TEAM = ConversationRef("web", "team:urbanvitaliz")


async def test_the_board_shows_what_awaits_the_team_then_who_has_the_ball(
    coordinator: Visitor,
) -> None:
    page = await coordinator.get("/equipe")

    assert page.url.endswith(BOARD)
    assert page.text.index("ancienne école") < page.text.index("gare désaffectée")
    for words in (
        "Paul Dumont, adjoint à l’urbanisme",
        "la collectivité depuis 3 jours",
        "les conseillers depuis 12 jours",
        "Claire Morel et Samuel Petit",
    ):
        assert words in page.text
    assert "relance" not in page.text


async def test_accepting_is_a_command_of_the_team_s_conversation(
    site: Site, coordinator: Visitor
) -> None:
    await _decide(coordinator, "Accepter L’ancienne école et son préau, vides depuis 2019")

    event = (await site.inbox.until(1))[0]
    assert (TEAM, "desk:13", "/accepter UV-9PXC") == (event.conversation, event.sender, event.text)
    assert CommandCall("accepter", reference="UV-9PXC") == event.command


async def test_refusing_carries_the_reason(site: Site, coordinator: Visitor) -> None:
    await _decide(coordinator, "Refuser avec ce motif", "Ce terrain est privé.")

    event = (await site.inbox.until(1))[0]
    assert "/refuser UV-9PXC Ce terrain est privé." == event.text
    assert CommandCall("refuser", "Ce terrain est privé.", "UV-9PXC") == event.command


async def test_refusing_without_a_reason_is_explained(site: Site, coordinator: Visitor) -> None:
    page = await _decide(coordinator, "Refuser avec ce motif", " ")

    assert 422 == page.status
    assert "Votre message est vide" in page.text
    assert [] == site.inbox.received


async def test_nobody_decides_on_a_project_of_another_portal(
    site: Site, coordinator: Visitor
) -> None:
    page = await coordinator.get(BOARD)
    form = page.form(button="Refuser avec ce motif")
    answer = await coordinator.submit(page, form, {"projet": "SP-0001", "texte": "Non."})

    assert 403 == answer.status
    assert [] == site.inbox.received


async def test_notices_to_the_team_are_shown_and_commands_are_taken(
    site: Site, coordinator: Visitor
) -> None:
    await site.network.send(Outgoing("n", TEAM, "Nouveau projet : **UV-9PXC**.", "notice"))

    page = await coordinator.say(BOARD, "/attribuer UV-7K3Q Claire Morel")

    assert 1 == page.count("Nouveau projet : UV-9PXC.")
    assert "/attribuer UV-7K3Q Claire Morel" == (await site.inbox.until(1))[0].text


async def test_an_advisor_does_not_enter_the_board(advisor: Visitor) -> None:
    assert 403 == (await advisor.get("/equipe")).status
    assert 403 == (await advisor.get(BOARD)).status


async def test_a_coordinator_sees_all_projects_of_her_portals_and_no_others(
    coordinator: Visitor,
) -> None:
    assert 200 == (await coordinator.get("/salle/UV-9PXC")).status
    assert 200 == (await coordinator.get("/equipe/sosponts")).status
    assert 403 == (await coordinator.get("/equipe/ecoquartiers")).status


async def _decide(coordinator: Visitor, button: str, words: str = "") -> Page:
    page = await coordinator.get(BOARD)
    return await coordinator.submit(page, page.form(button=button), {"texte": words})
