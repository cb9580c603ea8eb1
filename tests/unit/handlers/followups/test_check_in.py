"""A member answers « où en êtes-vous ? » by one tap."""

import pytest

from bot.domain.followup import facts_of
from bot.domain.followup.caps import count_unanswered
from bot.domain.people import Side
from tests.support.scene import WEEK, Loop, kinds, labels, texts, to


@pytest.fixture
def asked(loop: Loop) -> Loop:
    """The member was asked where the project is, having said nothing to a recommendation since."""
    loop.advisor.says("/reco Contacter l’EPF")
    loop.scene.move_to(loop.scene.now + 9 * WEEK)
    assert "followup.where_are_you" == loop.elu.last.kind
    return loop


def test_where_are_you_offers_three_answers(asked: Loop) -> None:
    assert ["Ça avance", "C’est bloqué", "Plus tard"] == labels(asked.elu.last)


def test_news_are_told_to_the_room_thanked_for_and_answer_what_was_asked(asked: Loop) -> None:
    said = asked.elu.taps("Ça avance")
    assert "Martine Duval (maire) donne des nouvelles : Ça avance." in texts(
        to(said, asked.advisor)
    )
    assert "bonne nouvelle" in texts(to(said, asked.elu))
    assert (None, None) == (asked.project.members_owe_since, asked.project.advisors_owe_since)
    assert 0 == count_unanswered(facts_of(asked.project))


def test_stuck_gives_the_ball_to_the_advisors(asked: Loop) -> None:
    asked.elu.says("C’est bloqué")
    assert asked.scene.now == asked.project.advisors_owe_since


def test_later_is_a_date_for_the_whole_project(asked: Loop) -> None:
    assert ["question"] == kinds(asked.elu.taps("Plus tard"))
    asked.elu.taps("Dans 4 semaines")
    assert asked.project.later_until is not None


def test_the_answer_is_in_the_story_on_the_members_side(asked: Loop) -> None:
    asked.elu.taps("Ça avance")
    entry = asked.scene.story(asked.project)[-1]
    assert (Side.MEMBERS, "Ça avance") == (entry.side, entry.text)


def test_the_same_news_tapped_again_is_told_once(asked: Loop) -> None:
    asked.elu.taps("Ça avance")
    count = len(asked.scene.story(asked.project))
    said = asked.elu.taps("Ça avance")
    assert said == to(said, asked.elu)
    assert "C’est déjà noté, merci : Ça avance." in texts(said)
    assert count == len(asked.scene.story(asked.project))
    assert ["notice"] == kinds(to(asked.elu.taps("C’est bloqué"), asked.advisor))
