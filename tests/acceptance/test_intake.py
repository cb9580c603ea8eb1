"""What people say first, and how it is understood, corrected, or kindly turned down."""

import pytest

from tests.acceptance.dialogue import MAYOR, MILL, board, reference, room, send, submit
from tests.support.visitor import Visitor

BRIDGE = (
    "URGENT : le pont de la Vie au Poiré-sur-Vie menace de s’effondrer et des voitures passent "
    "encore dessus !"
)


async def test_in_danger_the_safety_text_comes_before_any_question_and_advisors_are_alerted(
    elu: Visitor, team: Visitor, bridge_advisor: Visitor
) -> None:
    await elu.say("/", BRIDGE)
    page = await elu.until("/", lambda p: len(p.messages) >= 3, "an answer")
    safety = page.messages[1].text
    assert "appelez tout de suite le 112 ou le 18" in safety
    assert "fermer un pont" in safety
    assert "Prévenez le préfet" in safety
    await elu.sees("/", "Qui êtes-vous")
    await elu.say("/", MAYOR)
    await elu.sees("/", "Est-ce bien cela")
    ref = await send(elu)
    alert = (await bridge_advisor.sees(room(ref), "Danger immédiat signalé")).only("Danger")
    assert "Le Poiré-sur-Vie (Vendée)" in alert.text
    assert BRIDGE in alert.text
    await team.sees(board(ref), "Danger immédiat signalé : Pont")


async def test_the_place_and_the_theme_can_be_corrected(elu: Visitor) -> None:
    await elu.say("/", MILL)
    await elu.sees("/", "Qui êtes-vous")
    await elu.say("/", MAYOR)
    await elu.sees("/", "Lieu : Fontenay-le-Comte (Vendée)")
    await elu.choose("/", "Changer le lieu")
    await elu.sees("/", "Pour quelle commune ou quelle intercommunalité ?")
    await elu.say("/", "Luçon")
    await elu.sees("/", "Lieu : Luçon (Vendée)")
    await elu.choose("/", "Changer le sujet")
    await elu.sees("/", "De quoi s’agit-il surtout ?")
    await elu.say("/", "un écoquartier")
    page = await elu.sees("/", "au portail Conseil ÉcoQuartiers")
    assert "Lieu : Luçon (Vendée)" in page.last.text
    assert MILL in page.last.text


async def test_an_unknown_commune_is_asked_again_and_never_blocks(elu: Visitor) -> None:
    await elu.say("/", "Nous avons une friche industrielle au centre du village.")
    await elu.sees("/", "Pour quelle commune ou quelle intercommunalité ?")
    await elu.say("/", "Zblorgueville")
    page = await elu.sees("/", "Je ne trouve pas « Zblorgueville »")
    assert [] == page.last.buttons
    await elu.say("/", "Trucmuche sur Machin")
    page = await elu.sees("/", "Je ne trouve pas « Trucmuche sur Machin »")
    assert ["Continuer sans commune"] == page.last.buttons
    await elu.choose("/", "Continuer sans commune")
    await elu.sees("/", "Qui êtes-vous")
    await elu.say("/", MAYOR)
    assert "Lieu : à préciser" in (await elu.sees("/", "Est-ce bien cela")).last.text


async def test_homonyms_are_told_apart_by_their_departement(elu: Visitor) -> None:
    await elu.say("/", "La mairie de Saint-Sauveur veut réhabiliter une friche industrielle.")
    await elu.sees("/", "Dans quel département est le vôtre ?")
    await elu.say("/", "en Haute-Saône")
    await elu.sees("/", "Qui êtes-vous")
    await elu.say("/", MAYOR)
    page = await elu.sees("/", "Est-ce bien cela")
    assert "Lieu : Saint-Sauveur (Haute-Saône)" in page.last.text


async def test_few_homonyms_are_offered_by_one_tap(elu: Visitor) -> None:
    await elu.say("/", "Nous voulons réhabiliter une friche industrielle à Montreuil.")
    page = await elu.sees("/", "Lequel est le vôtre ?")
    assert "Un autre lieu" == page.last.buttons[-1]
    assert 4 == len(page.last.buttons)
    await elu.choose("/", "Montreuil (Vendée)")
    await elu.sees("/", "Qui êtes-vous")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Bonjour", "Décrivez votre projet avec vos mots"),
        ("Comment renouveler ma carte d’identité ?", "service-public.fr"),
    ],
)
async def test_a_greeting_or_another_subject_is_answered_and_creates_nothing(
    elu: Visitor, words: str, answer: str
) -> None:
    await elu.say("/", words)
    page = await elu.sees("/", answer)
    assert ["Vous", "Fil Rouge", "Fil Rouge"] == [message.author for message in page.messages]
    await elu.say("/", "/projets")
    await elu.sees("/", "Vous n’avez pas encore de projet ici.")
    await elu.say("/", MILL)
    await elu.sees("/", "Qui êtes-vous")


async def test_stop_is_immediate_and_reversible(elu: Visitor) -> None:
    await submit(elu)
    await elu.say("/", "Stop, je ne veux plus recevoir de messages.")
    await elu.sees("/", "vous ne recevrez plus de relances")
    await elu.say("/", "/reprendre")
    await elu.sees("/", "les relances reprennent, avec mesure")


async def test_somebody_with_two_projects_is_asked_which_one_unless_they_say_it(
    elu: Visitor, team: Visitor, advisor: Visitor
) -> None:
    mill = await submit(elu)
    await elu.say("/", "/nouveau À Luçon, l’ancienne gare est une friche industrielle à l’abandon.")
    await elu.until("/", lambda p: p.count("Est-ce bien cela") == 2, "the second summary")
    station = await send(elu)
    for ref in (mill, station):
        await team.sees(board(ref), ref)
        page = await team.get(board(ref))
        await team.submit(page, page.form(geste="accepter", projet=ref))
        await advisor.sees(room(ref), ref)
    await elu.say("/", "Le toit s’est ouvert cette nuit.")
    page = await elu.sees("/", "De quel projet parlez-vous ?")
    await elu.choose("/", next(label for label in page.last.buttons if station in label))
    told = await advisor.sees(room(station), "Le toit s’est ouvert cette nuit.")
    assert "Martine Duval (maire)" == told.only("Le toit s’est ouvert").author
    await elu.say("/", f"{mill} : le notaire a répondu.")
    await advisor.sees(room(mill), "le notaire a répondu.")
    assert 0 == (await advisor.get(room(mill))).count("Le toit s’est ouvert")
    assert 0 == (await advisor.get(room(station))).count("le notaire")
    await advisor.say(room(mill), "Bonne nouvelle pour le notaire !")
    page = await elu.sees("/", "Bonne nouvelle pour le notaire !")
    assert "À propos de Friche – Fontenay-le-Comte (Vendée)" in page.last.text
    await elu.say("/", "/projets")
    listed = (await elu.sees("/", "Vos projets")).last.text
    assert {mill, station} == {reference(line) for line in listed.split("•")[1:]}
