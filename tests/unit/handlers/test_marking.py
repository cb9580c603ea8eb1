import pytest

from bot.domain.people import Side
from bot.domain.recommendation import RecommendationStatus
from bot.ports.network import Place
from tests.unit.handlers.scene import Actor, Loop, kinds, labels, submitted, texts, to


@pytest.fixture
def reco(loop: Loop) -> Loop:
    loop.advisor.says("/reco Contacter l’EPF avant le 30 juin 2027")
    return loop


def status(loop: Loop, number: int = 1) -> RecommendationStatus:
    recommendation = loop.project.recommendation(number)
    assert recommendation is not None
    return recommendation.status


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("C’est fait", RecommendationStatus.DONE),
        ("En cours", RecommendationStatus.IN_PROGRESS),
        ("C’est bloqué", RecommendationStatus.BLOCKED),
        ("Pas intéressé", RecommendationStatus.NOT_INTERESTED),
    ],
)
def test_one_tap_says_where_it_stands(
    reco: Loop, label: str, expected: RecommendationStatus
) -> None:
    said = reco.elu.taps(label)
    assert expected is status(reco)
    assert "Martine Duval (maire) : recommandation n° 1" in texts(to(said, reco.advisor))
    assert ["notice"] == kinds(to(said, reco.elu))


def test_the_answers_offered_are_five(reco: Loop) -> None:
    expected = ["C’est fait", "En cours", "C’est bloqué", "Plus tard", "Pas intéressé"]
    assert expected == labels(reco.elu.last)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("3", RecommendationStatus.BLOCKED),
        ("en cours", RecommendationStatus.IN_PROGRESS),
        ("toujours bloqué avec l’EPF", RecommendationStatus.BLOCKED),
        ("c’est déjà fait", RecommendationStatus.ALREADY_DONE),
    ],
)
def test_a_number_a_label_or_words_say_it_too(
    reco: Loop, words: str, expected: RecommendationStatus
) -> None:
    reco.elu.says(words)
    assert expected is status(reco)


def test_the_words_it_was_said_in_reach_the_room_quoted_line_by_line(reco: Loop) -> None:
    told = to(reco.elu.says("Toujours bloqué\navec l’EPF"), reco.advisor)
    assert "\n> Toujours bloqué\n> avec l’EPF" in told[0].text


def test_a_command_says_it_too_with_or_without_a_number(reco: Loop) -> None:
    reco.elu.says("/encours")
    assert RecommendationStatus.IN_PROGRESS is status(reco)
    reco.elu.says("/fait n° 1, le 3 novembre")
    assert RecommendationStatus.DONE is status(reco)


def test_between_several_a_number_is_needed(reco: Loop) -> None:
    reco.advisor.says("/reco Faire un diagnostic")
    assert "Indiquez son numéro" in texts(reco.elu.says("/fait"))
    reco.elu.says(f"/fait {reco.project.ref} 2")
    assert (RecommendationStatus.PROPOSED, RecommendationStatus.DONE) == (
        status(reco, 1),
        status(reco, 2),
    )


@pytest.mark.parametrize("number", ["7", "0", "9999"])
def test_an_unknown_number_is_said(reco: Loop, number: str) -> None:
    assert ["error"] == kinds(reco.elu.says(f"/fait {number}"))
    assert RecommendationStatus.PROPOSED is status(reco)


def test_a_typed_number_answers_the_recommendation_put_last(reco: Loop) -> None:
    reco.advisor.says("/reco Faire un diagnostic")
    reco.elu.says("1")
    assert (RecommendationStatus.PROPOSED, RecommendationStatus.DONE) == (
        status(reco, 1),
        status(reco, 2),
    )


def test_a_tap_on_an_older_one_leaves_the_last_one_asked(reco: Loop) -> None:
    older = reco.elu.last.choices[0].key
    reco.advisor.says("/reco Faire un diagnostic")
    reco.elu.forges(older)
    reco.elu.says("en cours")
    assert (RecommendationStatus.DONE, RecommendationStatus.IN_PROGRESS) == (
        status(reco, 1),
        status(reco, 2),
    )


@pytest.mark.parametrize("words", ["c’est fait", "2", "toujours bloqué"])
def test_after_a_question_of_an_advisor_words_answer_the_advisor(reco: Loop, words: str) -> None:
    reco.advisor.says("Au fait, avez-vous envoyé le plan au notaire ?")
    said = reco.elu.says(words)
    assert RecommendationStatus.PROPOSED is status(reco)
    assert [words] == [m.text for m in to(said, reco.advisor)]


def test_words_that_say_no_state_are_relayed(reco: Loop) -> None:
    said = reco.elu.says("Nous avons rencontré le voisin hier.")
    assert ["relay"] == kinds(to(said, reco.advisor))
    assert RecommendationStatus.PROPOSED is status(reco)


def test_an_advisor_marks_from_the_room_and_members_are_told(reco: Loop) -> None:
    said = reco.advisor.says("/fait 1")
    assert RecommendationStatus.DONE is status(reco)
    assert "Nadège Poirier (DDTM) : recommandation n° 1, faite." in texts(to(said, reco.elu))
    assert ["notice"] == kinds(to(said, reco.advisor))


def test_an_observer_cannot_mark(reco: Loop) -> None:
    for said in (
        reco.observer.says("/fait 1"),
        reco.observer.forges(f"mark:{reco.project.ref}:1:done"),
    ):
        assert "Seuls les membres du projet" in texts(said)
    assert RecommendationStatus.PROPOSED is status(reco)


def test_with_several_projects_a_command_needs_to_know_which(reco: Loop) -> None:
    reco.elu.says("/nouveau À Luçon, l’ancienne gare est une friche à l’abandon.")
    reco.elu.taps("Oui, envoyer")
    assert "De quel projet parlez-vous" in texts(reco.elu.says("/fait 1"))


def test_a_stranger_is_told_that_there_is_no_project(loop: Loop) -> None:
    assert ["error"] == kinds(loop.scene.elu("inconnu").says("/fait 1"))


def test_before_acceptance_nothing_can_be_marked(loop: Loop) -> None:
    jean = loop.scene.elu("jean")
    submitted(jean, who="Jean Petit, maire")
    assert ["error"] == kinds(jean.says("/fait 1"))


def test_an_advisor_marks_on_the_advisors_side_in_their_own_chat_too(reco: Loop) -> None:
    register = reco.project.assignments[0].advisor
    desk = Actor(reco.scene, Place("web", f"desk:{register.id}"), f"desk:{register.id}")
    word = reco.project.last_member_word_at
    said = desk.says("/fait 1")
    assert RecommendationStatus.DONE is status(reco)
    assert Side.ADVISORS is reco.scene.story(reco.project)[-1].side
    assert word == reco.project.last_member_word_at
    assert ["Nadège Poirier (DDTM) : recommandation n° 1, faite."] == [
        texts([message]) for message in to(said, desk)
    ]
