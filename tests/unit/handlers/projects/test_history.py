from bot.domain.people import Role
from tests.support.scene import DAY, MONDAY, Actor, Loop, Scene, kinds, submitted, texts

SECRET = "Le propriétaire voisin serait vendeur."


def test_the_story_tells_everything_that_happened_in_order(loop: Loop) -> None:
    loop.advisor.says("Bonjour, avez-vous le plan ?")
    loop.elu.says("Oui.")
    loop.advisor.says("/reco Contacter l’EPF")
    loop.elu.taps("En cours")
    story = texts(loop.elu.says("/historique"))
    told = [
        "projet envoyé par Martine Duval (maire)",
        "projet accepté par l’équipe du portail",
        "conseillers choisis : Nadège Poirier (DDTM)",
        "Nadège Poirier (DDTM) : Bonjour, avez-vous le plan ?",
        "Martine Duval (maire) : Oui.",
        "recommandation n° 1 de Nadège Poirier (DDTM) : Contacter l’EPF",
        "Martine Duval (maire) : recommandation n° 1 en cours",
    ]
    places = [story.index(line) for line in told]
    assert sorted(places) == places
    assert "La balle est chez la collectivité" in story


def test_a_member_never_sees_what_was_said_backstage(loop: Loop) -> None:
    loop.advisor.says(f"/note {SECRET}")
    assert SECRET not in texts(loop.elu.says("/historique"))
    assert SECRET in texts(loop.advisor.says("/historique"))
    assert SECRET in texts(loop.team.says(f"/historique {loop.project.ref}"))


def test_nor_does_an_advisor_in_a_private_chat(loop: Loop) -> None:
    loop.advisor.says(f"/note {SECRET}")
    place = type(loop.elu.conversation)("web", loop.advisor.sender)
    assert SECRET not in texts(Actor(loop.scene, place, loop.advisor.sender).says("/historique"))


def test_the_story_in_a_room_is_backstage(loop: Loop) -> None:
    assert all(message.backstage for message in loop.advisor.says("/historique"))


def test_a_long_story_comes_in_several_messages_in_order(loop: Loop) -> None:
    for number in range(60):
        loop.elu.says(f"Message {number} : {'le toit fuit ' * 12}")
    pages = loop.elu.says("/historique")
    assert len(pages) > 2
    assert all(len(page.text) <= 3700 for page in pages)
    assert texts(pages).index("Message 3 ") < texts(pages).index("Message 59 ")


def test_days_are_those_of_the_territory(loop: Loop) -> None:
    loop.project.departement = "988"
    assert "23 novembre 2026 – projet envoyé" in texts(loop.elu.says("/historique"))


def test_projects_are_listed_with_who_has_the_ball(loop: Loop) -> None:
    loop.scene.now += 3 * DAY
    listed = texts(loop.elu.says("/projets"))
    assert f"({loop.project.ref}) : La balle est chez les conseillers depuis 3 jours." in listed


def test_a_stranger_has_no_project(scene: Scene) -> None:
    for command in ("/projets", "/recos", "/historique"):
        assert "pas encore de projet" in texts(scene.elu().says(command))


def test_nobody_reads_the_story_of_a_project_that_is_not_theirs(loop: Loop) -> None:
    jean = loop.scene.elu("jean")
    submitted(jean, who="Jean Petit, maire")
    said = texts(jean.says(f"/historique {loop.project.ref}"))
    assert loop.project.ref not in said
    assert "Martine" not in said
    paul = loop.scene.register("Paul", "Autre", Role.COORDINATOR, "sosponts")
    other_team = loop.scene.in_team(paul, "sosponts")
    assert ["error"] == kinds(other_team.says(f"/historique {loop.project.ref}"))
    assert ["error"] == kinds(loop.team.says("/historique"))


def test_recommendations_are_listed_with_their_state_and_deadline(loop: Loop) -> None:
    assert "Aucune recommandation" in texts(loop.elu.says("/recos"))
    loop.advisor.says("/reco Contacter l’EPF avant le 30 juin 2027")
    loop.elu.taps("C’est bloqué")
    listed = texts(loop.elu.says("/recos"))
    assert "1. Contacter l’EPF avant le 30 juin 2027 — DDTM, bloquée" in listed


def test_words_in_the_story_show_as_they_were_typed(loop: Loop) -> None:
    loop.elu.says("**gras** {name}")
    assert r"\*\*gras\*\* {name}" in loop.elu.says("/historique")[0].text


def test_days_are_counted_over_midnight_of_the_territory(loop: Loop) -> None:
    loop.scene.now = MONDAY.replace(hour=21)
    loop.elu.says("Avez-vous des nouvelles du plan ?")
    loop.scene.now += DAY / 2
    assert "depuis 1 jour" in texts(loop.elu.says("/projets"))
