"""The advisors' pages."""

import dataclasses
from datetime import date

import pytest

from bot.domain.conversations import ConversationRef
from bot.domain.permissions import Right
from bot.domain.wording.command_syntax import CommandCall
from bot.ports.network import Outgoing
from tests.support.page import Page
from tests.support.visitor import Visitor
from tests.support.web_site import Site

ROOM = ConversationRef("web", "room:UV-7K3Q")
_BUTTONS = {
    Right.SAY: "Envoyer",
    Right.NOTE: "Garder la note",
    Right.RECOMMEND: "Publier la recommandation",
}


async def test_an_advisor_sees_first_the_projects_that_wait_for_the_advisors(
    advisor: Visitor,
) -> None:
    text = (await advisor.get("/salles")).text

    assert 0 <= text.index("gare désaffectée") < text.index("ancienne filature")
    assert "À vous de jouer depuis 12 jours" in text
    assert "La balle est chez la collectivité depuis 3 jours" in text
    assert "ancienne école" not in text


async def test_the_room_shows_the_project_its_recommendations_and_its_story(
    advisor: Visitor,
) -> None:
    text = (await advisor.get("/salle/UV-7K3Q")).text

    for words in (
        "ancienne filature de 4 000 m²",
        "Marie Lenoir, maire",
        "étude de capacité",
        "échéance le 30 juin 2027",
        "connaît le sujet « friche à reconvertir »",
        "intervient dans le département « Nord »",
        "note de Samuel Petit :",
        "recommandation n° 1 de Claire Morel :",
        "en cours Marie Lenoir, 8 novembre 2026 à 9 h 05",
        "conseillers choisis : Claire Morel",
    ):
        assert words in text.replace("\u00a0", " ")
    assert "Fil Rouge conseillers" not in text
    assert "relance" not in text


async def test_words_in_the_room_come_from_the_advisor_s_seat(site: Site, advisor: Visitor) -> None:
    page = await advisor.say("/salle/UV-7K3Q", "Je passe jeudi.")

    event = (await site.inbox.until(1))[0]
    assert (ROOM, "desk:11", "Je passe jeudi.") == (event.conversation, event.sender, event.text)
    assert "Vous" == page.only("Je passe jeudi.").author


async def test_another_advisor_s_words_show_under_their_name(site: Site, advisor: Visitor) -> None:
    async with Visitor(site.base) as other:
        await other.enter("/acces/samuel")
        await other.say("/salle/UV-7K3Q", "Attention au toit.")
    page = await advisor.get("/salle/UV-7K3Q")

    assert "Samuel Petit" == page.only("Attention au toit.").author


async def test_a_recommendation_carries_its_optional_deadline(site: Site, advisor: Visitor) -> None:
    await _act(advisor, "Publier la recommandation", "Bâcher le toit", echeance="2027-06-30")
    await _act(advisor, "Publier la recommandation", "Voir l’EPF", echeance="")
    await _act(advisor, "Publier la recommandation", "Voir le CAUE", echeance="31 juin")

    events = await site.inbox.until(3)
    assert [
        CommandCall("reco", "Bâcher le toit", day=date(2027, 6, 30)),
        CommandCall("reco", "Voir l’EPF"),
        CommandCall("reco", "Voir le CAUE"),
    ] == [event.command for event in events]
    assert "/reco Bâcher le toit (échéance\u00a0: 30/06/2027)" == events[0].text


async def test_a_note_is_a_command_shown_as_backstage(site: Site, advisor: Visitor) -> None:
    page = await _act(advisor, "Garder la note", "Le voisin vendrait.")

    event = (await site.inbox.until(1))[0]
    assert ("/note Le voisin vendrait.", CommandCall("note", "Le voisin vendrait.")) == (
        event.text,
        event.command,
    )
    assert "coulisse" in page.only("Le voisin vendrait.").marks
    assert 0 == page.count("/note")


async def test_an_empty_recommendation_is_explained_where_it_was_written(
    site: Site, advisor: Visitor
) -> None:
    page = await _act(advisor, "Publier la recommandation", "  ", echeance="2027-06-30")

    assert 422 == page.status
    assert "Votre message est vide" in page.text
    assert 'value="2027-06-30"' in page.html
    assert [] == site.inbox.received


@pytest.mark.parametrize(
    ("token", "offered"),
    [
        ("claire", {Right.SAY, Right.NOTE, Right.RECOMMEND}),
        ("samuel", {Right.SAY, Right.NOTE}),
        ("nadia", {Right.SAY, Right.NOTE}),
    ],
)
async def test_each_role_is_offered_what_it_may_do(
    site: Site, token: str, offered: set[Right]
) -> None:
    async with Visitor(site.base) as someone:
        await someone.enter(f"/acces/{token}")
        page = await someone.get("/salle/UV-7K3Q")

    buttons = {button for form in page.forms for button in form.buttons}
    assert 200 == page.status
    assert offered == {act for act, button in _BUTTONS.items() if button in buttons}


async def test_contact_details_typed_in_a_room_are_shown_to_whoever_typed_them_only(
    site: Site, advisor: Visitor
) -> None:
    mine = await advisor.say("/salle/UV-7K3Q", "Appelez le 03 20 11 22 33.")
    noted = await _act(advisor, "Garder la note", "Ou claire@ddt.example.")
    async with Visitor(site.base) as other:
        await other.enter("/acces/nadia")
        page = await other.get("/salle/UV-7K3Q")

    assert 1 == mine.count("Appelez le 03 20 11 22 33.")
    assert 1 == noted.count("Ou claire@ddt.example.")
    assert ["Appelez le [coordonnées retirées].", "Ou [coordonnées retirées]."] == [
        message.text for message in page.messages
    ]
    assert "03 20" not in page.html
    assert "claire@" not in page.html


async def test_a_room_where_one_does_not_sit_looks_like_one_that_does_not_exist(
    advisor: Visitor,
) -> None:
    foreign = await advisor.get("/salle/UV-9PXC")
    unknown = await advisor.get("/salle/UV-0000")

    assert (404, 404) == (foreign.status, unknown.status)
    assert foreign.text == unknown.text


async def test_a_removed_advisor_loses_access_at_once(site: Site, advisor: Visitor) -> None:
    page = await advisor.get("/salle/UV-7K3Q")
    del site.queries.desks[1]

    answer = await advisor.submit(page, page.form(field_name="texte"), {"texte": "Encore moi"})

    assert 403 == answer.status
    assert [] == site.inbox.received


async def test_hours_are_those_of_the_project_s_territory(site: Site, advisor: Visitor) -> None:
    room = site.queries.pages["UV-7K3Q"]
    overseas = dataclasses.replace(room.project, departement="974")
    site.queries.pages["UV-7K3Q"] = dataclasses.replace(room, project=overseas)
    await site.network.send(Outgoing("k", ROOM, "Bonjour", "relay", author="Marie"))

    # 8:05 UTC is 12:05 in La Réunion.
    assert "12 h 05" in (await advisor.get("/salle/UV-7K3Q")).text


async def _act(advisor: Visitor, button: str, words: str, **values: str) -> Page:
    page = await advisor.get("/salle/UV-7K3Q")
    form = page.form(button=button)
    return await advisor.submit(page, form, {"texte": words, **values}, button=button)
