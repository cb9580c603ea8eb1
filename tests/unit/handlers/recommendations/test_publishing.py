from datetime import date

import pytest

from tests.support.scene import PLAN, Actor, Loop, kinds, submitted, texts, to


def test_a_recommendation_reaches_members_and_room_and_is_kept(loop: Loop) -> None:
    said = loop.advisor.says("/reco Contacter l’EPF avant le 30 juin 2027")
    assert ["recommendation", "recommendation"] == kinds(said)
    assert "Recommandation n° 1 de Nadège Poirier (DDTM)" in texts(to(said, loop.elu))
    assert "À faire avant le" not in texts(to(said, loop.elu)), "the words say it already"
    kept = loop.project.recommendations[0]
    assert (1, date(2027, 6, 30), "Nadège Poirier", "DDTM") == (
        kept.number,
        kept.deadline,
        kept.author,
        kept.organisation,
    )


def test_a_deadline_said_otherwise_is_written_out(loop: Loop) -> None:
    said = loop.advisor.says("/reco Contacter l’EPF avant le 30/06/2027")
    assert "À faire avant le 30 juin 2027" in texts(to(said, loop.elu))


@pytest.mark.parametrize("words", ["avant le 31 février", "avant le 30 juin 2019"])
def test_a_deadline_that_cannot_be_is_quoted_back(loop: Loop, words: str) -> None:
    said = loop.advisor.says(f"/reco Contacter l’EPF {words}")
    assert loop.project.recommendations[0].deadline is None
    assert ["recommendation", "recommendation", "notice"] == kinds(said)
    assert "sans échéance" in said[-1].text


def test_words_that_announce_no_day_are_no_deadline(loop: Loop) -> None:
    said = loop.advisor.says("/reco Prévoir l’étude avant les travaux de la rue du 8 mai")
    assert ["recommendation", "recommendation"] == kinds(said)


def test_a_deadline_in_parentheses_leaves_the_text(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF (avant le 30 juin 2027)")
    kept = loop.project.recommendations[0]
    assert ("Contacter l’EPF", date(2027, 6, 30)) == (kept.text, kept.deadline)


@pytest.mark.parametrize("rest", ["", "   ", "(avant le 30 juin 2027)"])
def test_without_text_nothing_is_published(loop: Loop, rest: str) -> None:
    assert ["error"] == kinds(loop.advisor.says(f"/reco {rest}"))
    assert [] == loop.project.recommendations


def test_too_long_a_text_is_refused(loop: Loop) -> None:
    assert "2 000 caractères" in texts(loop.advisor.says(f"/reco {'a' * 2001}"))
    assert [] == loop.project.recommendations


def test_numbers_follow_each_other(loop: Loop) -> None:
    loop.advisor.says("/reco Un")
    loop.advisor.says("/reco Deux")
    assert [1, 2] == [r.number for r in loop.project.recommendations]


def test_a_reference_in_the_text_changes_nothing(loop: Loop) -> None:
    other = submitted(loop.scene.elu("jean"), who="Jean Petit, maire")
    loop.advisor.says(f"/reco Voir aussi {other.ref}")
    assert (1, 0) == (len(loop.project.recommendations), len(other.recommendations))


def test_a_file_goes_along(loop: Loop) -> None:
    said = loop.advisor.says("/reco Suivre ce plan", file=PLAN)
    assert [PLAN, PLAN] == [message.attachment for message in said]


def test_observers_team_and_members_cannot_recommend(loop: Loop) -> None:
    assert "réservées aux conseillers" in texts(loop.observer.says("/reco Un"))
    camille = Actor(loop.scene, loop.advisor.conversation, loop.team.sender)
    assert "réservées aux conseillers" in texts(camille.says("/reco Un"))
    assert "dans la salle d’un projet" in texts(loop.elu.says("/reco Un"))
    assert [] == loop.project.recommendations


def test_before_acceptance_nothing_is_recommended(loop: Loop) -> None:
    loop.project.status = type(loop.project.status).SUBMITTED
    assert "pas encore accepté" in texts(loop.advisor.says("/reco Un"))


def test_words_show_as_they_were_typed(loop: Loop) -> None:
    said = loop.advisor.says("/reco **gras** > {name}")
    assert r"\*\*gras\*\* \> {name}" in said[0].text
