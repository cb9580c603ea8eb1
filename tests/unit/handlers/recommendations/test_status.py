import pytest

from bot.domain.conversations import ConversationRef
from bot.domain.people import Side
from bot.domain.projects.history import FollowUpSent
from bot.domain.projects.recommendation import RecommendationStatus
from tests.support.scene import DAY, Actor, Loop, kinds, labels, submitted, texts, to


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


@pytest.mark.parametrize(
    "words",
    [
        "on est bloqués par l’EPF depuis",
        "c’est fait",
        "toujours en cours",
    ],
)
def test_once_answered_a_recommendation_is_not_marked_by_words_that_do_not_name_it(
    reco: Loop, words: str
) -> None:
    reco.elu.says("c’est déjà fait")
    said = reco.elu.says(words)
    assert RecommendationStatus.ALREADY_DONE is status(reco)
    assert [words] == [m.text for m in to(said, reco.advisor)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("la 1 est faite", RecommendationStatus.DONE),
        ("la recommandation 1 est bloquée", RecommendationStatus.BLOCKED),
        ("pour la n° 1 c’est en cours", RecommendationStatus.IN_PROGRESS),
    ],
)
def test_words_that_name_it_mark_it_at_any_time_are_relayed_and_confirmed(
    reco: Loop, words: str, expected: RecommendationStatus
) -> None:
    reco.elu.says("Bonjour à tous")
    said = reco.elu.says(words)
    assert expected is status(reco)
    room, own = to(said, reco.advisor), to(said, reco.elu)
    assert ["relay", "notice"] == kinds(room)
    assert words == room[0].text
    assert "Martine Duval (maire) : recommandation n° 1" in texts(room)
    assert ["notice"] == kinds(own)
    assert "recommandation n° 1 est" in texts(own)


def test_the_number_named_counts_not_the_one_asked_about(reco: Loop) -> None:
    reco.advisor.says("/reco Faire un diagnostic")
    reco.elu.says("la 1 est faite")
    assert (RecommendationStatus.DONE, RecommendationStatus.PROPOSED) == (
        status(reco, 1),
        status(reco, 2),
    )


def test_two_are_marked_by_one_sentence(reco: Loop) -> None:
    reco.advisor.says("/reco Faire un diagnostic")
    reco.elu.says("la 1 est faite, la 2 est bloquée")
    assert (RecommendationStatus.DONE, RecommendationStatus.BLOCKED) == (
        status(reco, 1),
        status(reco, 2),
    )


def test_a_number_that_no_recommendation_has_is_only_relayed(reco: Loop) -> None:
    said = reco.elu.says("la 113 est bloquée")
    assert ["relay"] == kinds(to(said, reco.advisor))
    assert RecommendationStatus.PROPOSED is status(reco)


def test_with_several_projects_it_is_asked_which_and_the_words_go_there(reco: Loop) -> None:
    second(reco)
    asked = reco.elu.says("la 1 est faite")
    assert "De quel projet parlez-vous" in texts(asked)
    said = reco.elu.taps(f"Friche – Fontenay-le-Comte (Vendée) ({reco.project.ref})")
    assert RecommendationStatus.DONE is status(reco)
    assert ["relay", "notice"] == kinds(to(said, reco.advisor))


def test_with_several_projects_the_reference_is_enough(reco: Loop) -> None:
    second(reco)
    reco.elu.says(f"{reco.project.ref} : la 1 est faite")
    assert RecommendationStatus.DONE is status(reco)


def test_a_button_tapped_again_confirms_nothing_twice(reco: Loop) -> None:
    reco.elu.taps("C’est fait")
    count, activity = len(reco.scene.story(reco.project)), reco.project.activity
    said = reco.elu.taps("C’est fait")
    assert ["C’est déjà noté : la recommandation n° 1 est faite."] == [texts([m]) for m in said]
    assert said == to(said, reco.elu)
    assert (count, activity) == (len(reco.scene.story(reco.project)), reco.project.activity)


def test_a_button_of_an_older_message_changes_the_state(reco: Loop) -> None:
    reco.elu.taps("C’est bloqué")
    said = reco.elu.taps("C’est fait")
    assert RecommendationStatus.DONE is status(reco)
    assert ["notice"] == kinds(to(said, reco.advisor))


def test_the_same_answer_to_a_new_question_is_news(reco: Loop) -> None:
    reco.elu.taps("En cours")
    reco.project.followups.append(
        FollowUpSent("recommendation", Side.MEMBERS, reco.scene.now + DAY, 1)
    )
    reco.scene.now += 2 * DAY
    assert ["notice"] == kinds(to(reco.elu.taps("En cours"), reco.advisor))


def second(loop: Loop) -> None:
    """Another project of the same person."""
    loop.elu.says("/nouveau À Luçon, l’ancienne gare est une friche à l’abandon.")
    loop.elu.taps("Oui, envoyer")


@pytest.mark.parametrize("command", ["/fait 1", "!fait n° 1", "/bloque 1 l’EPF ne répond pas"])
def test_with_several_projects_a_command_asks_which_and_goes_on(reco: Loop, command: str) -> None:
    second(reco)
    asked = to(reco.elu.says(command), reco.elu)
    assert "Pour quel projet" in texts(asked)
    label = f"Friche – Fontenay-le-Comte (Vendée) ({reco.project.ref})"
    assert label in labels(asked[0])
    said = reco.elu.taps(label)
    assert RecommendationStatus.PROPOSED is not status(reco)
    if "EPF" in command:
        assert "> l’EPF ne répond pas" in to(said, reco.advisor)[0].text


@pytest.mark.parametrize("command", ["/recos", "/historique", "/plustard 1 dans 3 semaines"])
def test_other_commands_go_on_too_by_number_or_reference(reco: Loop, command: str) -> None:
    second(reco)
    number = 1 + labels(reco.elu.says(command)[0]).index(
        f"Friche – Fontenay-le-Comte (Vendée) ({reco.project.ref})"
    )
    by_number = texts(to(reco.elu.says(str(number)), reco.elu))
    reco.elu.says(command)
    by_reference = texts(to(reco.elu.says(reco.project.ref), reco.elu))
    assert "EPF" in by_number or "14 décembre 2026" in by_number
    assert "EPF" in by_reference or "14 décembre 2026" in by_reference


def test_words_instead_of_a_project_are_words(reco: Loop) -> None:
    second(reco)
    reco.elu.says("/fait 1")
    assert "De quel projet parlez-vous" in texts(reco.elu.says("Le notaire a répondu."))
    label = f"Friche – Fontenay-le-Comte (Vendée) ({reco.project.ref})"
    assert ["relay"] == kinds(to(reco.elu.taps(label), reco.advisor))


def test_a_project_chosen_for_a_command_that_no_longer_waits_does_nothing(reco: Loop) -> None:
    second(reco)
    key = reco.elu.says("/fait 1")[0].choices[0].key
    reco.elu.says("/aide")
    reco.elu.forges(key)
    assert ["error"] == kinds(reco.elu.forges(key))


def test_an_ended_project_is_not_asked_about(reco: Loop) -> None:
    second(reco)
    other = next(p for p in reco.scene.projects if p is not reco.project)
    other.refuse("non", reco.scene.now)
    reco.elu.says("/fait 1")
    assert RecommendationStatus.DONE is status(reco)


def test_a_stranger_is_told_that_there_is_no_project(loop: Loop) -> None:
    assert ["error"] == kinds(loop.scene.elu("inconnu").says("/fait 1"))


def test_before_acceptance_nothing_can_be_marked(loop: Loop) -> None:
    jean = loop.scene.elu("jean")
    submitted(jean, who="Jean Petit, maire")
    assert ["error"] == kinds(jean.says("/fait 1"))


def test_an_advisor_marks_on_the_advisors_side_in_their_own_chat_too(reco: Loop) -> None:
    register = reco.project.assignments[0].advisor
    desk = Actor(reco.scene, ConversationRef("web", f"desk:{register.id}"), f"desk:{register.id}")
    word = reco.project.last_member_word_at
    said = desk.says("/fait 1")
    assert RecommendationStatus.DONE is status(reco)
    assert Side.ADVISORS is reco.scene.story(reco.project)[-1].side
    assert word == reco.project.last_member_word_at
    assert ["Nadège Poirier (DDTM) : recommandation n° 1, faite."] == [
        texts([message]) for message in to(said, desk)
    ]


def test_who_says_why_it_is_blocked_is_not_asked_why(reco: Loop) -> None:
    said = texts(to(reco.elu.says("/bloque 1 pas de sous"), reco.elu))
    assert "Vos conseillers sont prévenus" in said
    assert "Dites-moi" not in said


def test_who_only_says_that_it_is_blocked_is_asked_why(reco: Loop) -> None:
    assert "Dites-moi ici ce qui bloque" in texts(to(reco.elu.says("/bloque 1"), reco.elu))
