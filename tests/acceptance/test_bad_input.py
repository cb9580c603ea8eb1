"""Whatever is sent, the service answers kindly, keeps nothing twice and goes on."""

import re

import pytest

from tests.acceptance.conftest import COORDINATOR, House
from tests.acceptance.dialogue import MAYOR, MILL, accept, room, submit
from tests.support.visitor import File, Visitor

HELLO = "Bonjour"


async def test_an_empty_message_is_explained(elu: Visitor) -> None:
    page = await elu.say("/", "   ")
    assert (422, []) == (page.status, page.messages)
    assert "Votre message est vide." in page.text


async def test_ten_thousand_characters_are_explained_and_stay_in_the_field(elu: Visitor) -> None:
    page = await elu.say("/", "mot " * 2500)
    assert (422, []) == (page.status, page.messages)
    assert "Votre message dépasse 8 000 caractères. Il est resté dans le champ" in page.text
    assert "mot mot mot" in page.text


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (("virus.exe", b"MZ", "application/octet-stream"), "Ce type de fichier n’est pas accepté."),
        (("plan.pdf", b"MZ not a PDF", "application/pdf"), "Ce type de fichier n’est pas accepté."),
        (
            ("plan.pdf", b"%PDF-1.7\n" + bytes(20_971_520), "application/pdf"),
            "Ce fichier est trop lourd : 20 Mo au plus.",
        ),
        (("plan.pdf", b"", "application/pdf"), "Ce fichier est vide."),
    ],
    ids=["type", "disguised", "size", "empty"],
)
async def test_a_file_that_is_refused_says_why_and_the_words_stay(
    elu: Visitor, file: File, why: str
) -> None:
    page = await elu.say("/", "Voici le plan.", file)
    assert (422, []) == (page.status, page.messages)
    assert why in page.text
    assert "Voici le plan." in page.text


async def test_a_command_in_the_wrong_place_says_where_it_belongs(
    elu: Visitor, team: Visitor, advisor: Visitor
) -> None:
    ref = await submit(elu)
    await accept(team, ref)
    await elu.say("/", "/reco Faire une étude.")
    await elu.sees("/", "La commande /reco s’utilise dans la salle d’un projet.")
    await elu.say("/", f"/accepter {ref}")
    await elu.sees("/", "La commande /accepter s’utilise")
    await advisor.say(room(ref), "/projets")
    await advisor.sees(room(ref), "s’utilise dans la conversation privée")
    await elu.say("/", "/recco Faire une étude.")
    await elu.sees("/", "Je ne connais pas cette commande.")
    assert 0 == (await advisor.get(room(ref))).count("Faire une étude")


async def test_a_guessed_link_or_page_opens_nothing(
    elu: Visitor, other: Visitor, house: House
) -> None:
    ref = await submit(elu)
    link = house.links[COORDINATOR]
    guessed = link[:-1] + ("A" if link[-1] != "A" else "B")
    page = await other.get(guessed)
    assert 404 == page.status
    assert "Ce lien n’est pas reconnu" in page.text
    for path in (room(ref), "/equipe/urbanvitaliz", "/salles"):
        page = await other.get(path)
        assert 403 == page.status
        assert MILL not in page.text


async def test_a_stranger_cannot_read_a_file_by_its_number(
    elu: Visitor, other: Visitor, team: Visitor
) -> None:
    await elu.say("/", MILL, ("plan.pdf", b"%PDF-1.7\n", "application/pdf"))
    page = await elu.sees("/", MILL)
    number = page.only(MILL).id.removeprefix("m")
    assert 404 == (await other.get(f"/fichiers/{number}")).status
    assert 404 == (await team.get(f"/fichiers/{number}")).status


async def test_a_form_sent_twice_counts_once(elu: Visitor) -> None:
    page = await elu.get("/")
    form = page.form(field_name="texte")
    for _ in range(3):
        await elu.submit(page, form, {"texte": HELLO})
    page = await elu.sees("/", "Décrivez votre projet avec vos mots")
    assert ["Vous", "Fil Rouge", "Fil Rouge"] == [message.author for message in page.messages]


async def test_a_button_pressed_twice_counts_once(elu: Visitor, team: Visitor) -> None:
    await elu.say("/", MILL)
    await elu.sees("/", "Qui êtes-vous")
    await elu.say("/", MAYOR)
    page = await elu.sees("/", "Est-ce bien cela")
    form = page.form(button="Oui, envoyer")
    for _ in range(2):
        await elu.submit(page, form, button="Oui, envoyer")
    page = await elu.sees("/", "Sa référence")
    assert (1, 1) == (page.count("Oui, envoyer"), page.count("Sa référence"))


async def test_a_forged_form_is_refused_and_nothing_is_kept(elu: Visitor, other: Visitor) -> None:
    page = await elu.get("/")
    fields = page.form(field_name="texte").fields | {"texte": HELLO}
    assert 403 == (await elu.post("/", fields | {"jeton": "forged"})).status
    assert (
        403 == (await elu.post("/", fields, headers={"Origin": "https://ailleurs.example"})).status
    )
    await other.get("/")
    assert 403 == (await other.post("/", fields)).status
    assert [] == (await elu.get("/")).messages
    assert [] == (await other.get("/")).messages


async def test_an_answer_that_was_never_offered_is_refused(elu: Visitor, other: Visitor) -> None:
    await elu.say("/", MILL)
    await elu.sees("/", "Qui êtes-vous")
    await elu.say("/", MAYOR)
    page = await elu.sees("/", "Est-ce bien cela")
    form = page.form(button="Oui, envoyer")
    for forged in ({"choix": "moderate:UV-0000:accept"}, {"choix": "intake:send", "message": "1"}):
        assert 403 == (await elu.submit(page, form, forged)).status
    offered = re.search(r"intake:send:\w+", page.html)
    assert offered is not None
    assert 400 == (await elu.submit(page, form, {"choix": offered[0], "cle": "?"})).status
    assert 0 == (await elu.get("/")).count("Sa référence")


async def test_a_garbled_request_is_refused_and_the_service_goes_on(
    elu: Visitor, house: House
) -> None:
    page = await elu.get("/")
    assert 403 == (await elu.post("/", {"texte": "\x00\ufffe", "jeton": "", "cle": ""})).status
    fields = page.form(field_name="texte").fields
    await elu.post("/", fields | {"texte": f"{HELLO}\x00\x1b[31m \ud83d"[:-1]})
    page = await elu.sees("/", "Décrivez votre projet avec vos mots")
    assert page.messages[0].text.startswith(HELLO)
