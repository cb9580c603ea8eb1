from datetime import UTC, datetime

import pytest

from bot.domain.conversations import ConversationRef
from bot.domain.projects.history import EntryKind
from bot.domain.projects.recommendation import RecommendationStatus
from tests.support.scene import Actor, Loop, kinds, labels, texts, to


def at(month: int, day: int, year: int = 2026) -> datetime:
    """9:00 in Vendée, in winter."""
    return datetime(year, month, day, 8, tzinfo=UTC)


def test_plus_tard_asks_when_and_says_what_happens_without_an_answer(reco: Loop) -> None:
    said = reco.elu.taps("Plus tard")
    assert ["question"] == kinds(said)
    assert ["Dans 2 semaines", "Dans 4 semaines", "Dans 8 semaines"] == labels(said[0])
    assert "Sans réponse, ce sera à partir du 7 décembre 2026" in texts(said)
    assert at(12, 7) == reco.project.later_until


def test_a_tap_gives_the_date_and_it_is_repeated(reco: Loop) -> None:
    reco.elu.taps("Plus tard")
    said = reco.elu.taps("Dans 4 semaines")
    assert at(12, 21) == reco.project.later_until
    # Members are left in peace from 20 December to 5 January.
    assert "C’est noté pour le 21 décembre 2026" in texts(to(said, reco.elu))
    assert "je vous en reparle à partir du 6 janvier 2027" in texts(to(said, reco.elu))
    assert "préfère en reparler à partir du 6 janvier 2027" in texts(to(said, reco.advisor))


def test_words_give_the_date_as_well(reco: Loop) -> None:
    reco.elu.taps("Plus tard")
    reco.elu.says("plutôt dans 3 semaines")
    recommendation = reco.project.recommendation(1)
    assert recommendation is not None
    assert at(12, 14) == recommendation.later_until
    assert ["relay"] == kinds(to(reco.elu.says("Bonjour à tous"), reco.advisor))


def test_a_date_said_at_once_is_not_asked_for(reco: Loop) -> None:
    said = reco.elu.says("pas maintenant, plutôt le 15 mars")
    assert "question" not in kinds(said)
    assert at(3, 15, 2027) == reco.project.later_until


def test_words_that_are_no_date_are_relayed_and_explained_and_the_question_stays(
    reco: Loop,
) -> None:
    reco.elu.taps("Plus tard")
    said = reco.elu.says("Je dois d’abord en parler à ma femme.")
    assert ["relay"] == kinds(to(said, reco.advisor))
    asked = to(said, reco.elu)[-1]
    assert "pas trouvé de date dans « Je dois d’abord en parler à ma femme. »" in texts([asked])
    assert "« dans 3 semaines » ou « le 15 mars »" in texts([asked])
    assert ["Dans 2 semaines", "Dans 4 semaines", "Dans 8 semaines"] == labels(asked)
    assert at(12, 7) == reco.project.later_until
    reco.elu.says("dans 3 semaines")
    assert at(12, 14) == reco.project.later_until


@pytest.mark.parametrize("words", ["Oui, le 3 décembre.", "2", "je vous rappelle"])
def test_after_a_question_of_an_advisor_words_answer_the_advisor(reco: Loop, words: str) -> None:
    reco.elu.taps("Plus tard")
    reco.advisor.says("Pouvons-nous passer vous voir ?")
    said = reco.elu.says(words)
    assert [words] == [m.text for m in to(said, reco.advisor)]
    assert at(12, 7) == reco.project.later_until


def test_once_the_day_has_come_words_are_words(reco: Loop) -> None:
    reco.elu.taps("Plus tard")
    reco.scene.now = at(12, 8)
    said = reco.elu.says("Nous voyons le notaire le 15 mars.")
    assert ["relay"] == kinds(to(said, reco.advisor))


def test_what_is_said_besides_the_date_reaches_the_room(reco: Loop) -> None:
    reco.elu.taps("Plus tard")
    said = to(reco.elu.says("dans 3 semaines, après le passage de l’architecte"), reco.advisor)
    assert "> dans 3 semaines, après le passage de l’architecte" in said[0].text
    assert at(12, 14) == reco.project.later_until


def test_it_is_explained_once(reco: Loop) -> None:
    reco.elu.taps("Plus tard")
    reco.elu.says("Je dois d’abord en parler à ma femme.")
    said = reco.elu.says("Le notaire a répondu.")
    assert ["relay"] == kinds(to(said, reco.advisor))
    assert [] == [m for m in to(said, reco.elu) if m.choices]


def test_a_command_whose_date_cannot_be_read_says_so(reco: Loop) -> None:
    said = reco.elu.says("/plustard 1 quand le maire rentrera")
    assert "pas trouvé de date dans « quand le maire rentrera »" in texts(said)
    reco.elu.says("2")
    assert at(12, 21) == reco.project.later_until


def test_a_state_instead_of_a_date_is_a_state(reco: Loop) -> None:
    reco.elu.taps("Plus tard")
    reco.elu.says("finalement c’est fait")
    recommendation = reco.project.recommendation(1)
    assert recommendation is not None
    assert RecommendationStatus.DONE is recommendation.status
    assert reco.project.later_until is None


@pytest.mark.parametrize("answer", ["dans 3 semaines", "Dans 2 semaines", "2"])
def test_the_story_tells_it_once_with_the_date_given(reco: Loop, answer: str) -> None:
    reco.elu.taps("Plus tard")
    reco.elu.says("Je dois d’abord en parler à ma femme.")
    reco.elu.says(answer)
    told = [e for e in reco.scene.story(reco.project) if e.kind is EntryKind.POSTPONED]
    expected = {"dans 3 semaines": "14 décembre", "2": "6 janvier"}.get(answer, "7 décembre")
    assert [expected] == [" ".join(entry.detail.split()[:2]) for entry in told]


def test_what_is_said_with_plus_tard_reaches_the_room(reco: Loop) -> None:
    told = to(reco.elu.says("pas maintenant, on attend le retour du préfet"), reco.advisor)
    assert "préfère en reparler plus tard" in texts(told)
    assert "> pas maintenant, on attend le retour du préfet" in told[0].text


def test_a_date_tapped_twice_is_kept_once(reco: Loop) -> None:
    reco.elu.taps("Plus tard")
    reco.elu.taps("Dans 2 semaines")
    said = reco.elu.taps("Dans 2 semaines")
    assert said == to(said, reco.elu)
    assert "C’est déjà noté" in texts(said)
    other = reco.elu.taps("Dans 8 semaines")
    assert "18 janvier 2027" in texts(to(other, reco.advisor))


def test_a_date_tapped_after_the_recommendation_is_done_changes_nothing(reco: Loop) -> None:
    reco.elu.taps("Plus tard")
    reco.elu.says("/fait 1")
    assert ["error"] == kinds(reco.elu.taps("Dans 2 semaines"))
    assert reco.project.later_until is None


def test_an_advisor_cannot_ask_it_for_the_members(reco: Loop) -> None:
    register = reco.project.assignments[0].advisor
    desk = Actor(reco.scene, ConversationRef("web", f"desk:{register.id}"), f"desk:{register.id}")
    assert "C’est à la collectivité de le demander" in texts(desk.says("/plustard 1"))


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("/plustard dans 3 semaines", at(12, 14)),
        ("/plustard 1 dans 3 semaines", at(12, 14)),
        ("/plus tard le 15 mars", at(3, 15, 2027)),
        ("/plustard 15 mars", at(3, 15, 2027)),
        ("/plustard", at(12, 7)),
        ("/plustard 1", at(12, 7)),
    ],
)
def test_the_command_takes_a_number_a_date_both_or_none(
    reco: Loop, command: str, expected: datetime
) -> None:
    reco.elu.says(command)
    recommendation = reco.project.recommendation(1)
    assert recommendation is not None
    assert expected == recommendation.later_until


def test_without_recommendation_the_whole_project_waits(loop: Loop) -> None:
    loop.elu.says("/plustard dans 3 semaines")
    assert at(12, 14) == loop.project.later_until


def test_an_unknown_recommendation_is_not_put_off(reco: Loop) -> None:
    assert ["error"] == kinds(reco.elu.says("/plustard 7"))
    assert reco.project.later_until is None
    assert reco.scene.records.dialogue(reco.elu.conversation).under_way is None


def test_dates_are_those_of_the_territory(reco: Loop) -> None:
    reco.project.departement = "974"
    reco.elu.says("/plustard 1 dans 3 semaines")
    assert datetime(2026, 12, 14, 5, tzinfo=UTC) == reco.project.later_until


def test_the_clockwork_looks_at_it_then(reco: Loop) -> None:
    reco.elu.taps("Plus tard")
    reco.elu.taps("Dans 2 semaines")
    assert reco.project.followup_due_at is not None
    assert at(12, 7) >= reco.project.followup_due_at


def test_plus_tard_leaves_what_is_being_described(reco: Loop) -> None:
    reco.elu.says("/nouveau À Luçon, l’ancienne gare est une friche à l’abandon.")
    said = reco.elu.taps("Plus tard")
    assert "à partir du 7 décembre 2026" in texts(to(said, reco.elu))
    assert at(12, 7) == reco.project.later_until
    reco.elu.taps("Oui, envoyer")
    assert 2 == len(reco.scene.projects)


def test_plus_tard_leaves_the_words_that_wait_for_their_project(reco: Loop) -> None:
    reco.elu.says("/nouveau À Luçon, l’ancienne gare est une friche à l’abandon.")
    reco.elu.taps("Oui, envoyer")
    reco.elu.says("Le notaire a répondu.")
    reco.elu.taps("Plus tard")
    told = reco.elu.says(reco.project.ref)
    assert ["Le notaire a répondu."] == [m.text for m in to(told, reco.advisor)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("le 15 mars 2020", "15 mars 2020 est déjà passé"),
        ("après le prochain conseil", "pas le jour de cette réunion"),
    ],
)
def test_a_past_date_and_the_day_of_a_council_say_so(reco: Loop, words: str, told: str) -> None:
    reco.elu.taps("Plus tard")
    assert told in texts(to(reco.elu.says(words), reco.elu))
