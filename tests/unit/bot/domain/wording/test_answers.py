"""Answers in plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.projects.recommendation import RecommendationStatus
from bot.domain.wording.answers import (
    AnswerWords,
    RecommendationAnswer,
    asks_for_answer,
    match_choice,
    read_status,
)

STATES = {
    "done": "Fait",
    "in_progress": "En cours",
    "blocked": "Bloqué",
    "later": "Plus tard",
    "not_interested": "Pas intéressé",
}
YES_NO = {"yes": "Oui, c’est ça", "no": "Non, une autre commune"}
PLACES = {
    "85092": "Fontenay-le-Comte (85)",
    "28159": "Fontenay-sur-Eure (28)",
    "85001": "L’Aiguillon-sur-Vie (85)",
}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("2", "in_progress"),
        ("2.", "in_progress"),
        ("2️⃣", "in_progress"),
        ("la 2", "in_progress"),
        ("n° 3", "blocked"),
        ("En cours !", "in_progress"),
        ("en cour", "in_progress"),
        ("BLOQUE", "blocked"),
        ("blocqué", "blocked"),
        ("C’est fait", "done"),
        ("plutôt plus tard, merci", "later"),
        ("pas interesse", "not_interested"),
        ("bonjour, fait", "done"),
    ],
)
def test_a_choice_is_typed_by_number_or_label(
    typed: str, key: str, answer_words: AnswerWords
) -> None:
    assert key == match_choice(typed, STATES, answer_words)


@pytest.mark.parametrize(
    "typed", ["0", "6", "12", "9" * 5000, "", "merci", "pas fait", "?", "👍", "on verra bien"]
)
def test_what_is_none_of_the_choices_matches_none(typed: str, answer_words: AnswerWords) -> None:
    assert match_choice(typed, STATES, answer_words) is None


@pytest.mark.parametrize(
    ("typed", "key"),
    [("oui", "yes"), ("Oui !", "yes"), ("non merci", "no"), ("oui c'est ça", "yes")],
)
def test_the_head_of_a_label_is_enough(typed: str, key: str, answer_words: AnswerWords) -> None:
    assert key == match_choice(typed, YES_NO, answer_words)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("fontenay le comte", "85092"),
        ("Fontenay-sur-Eure", "28159"),
        ("l'aiguillon sur vie", "85001"),
        ("fontenay", None),
    ],
)
def test_a_place_is_chosen_by_its_name(
    typed: str, key: str | None, answer_words: AnswerWords
) -> None:
    assert key == match_choice(typed, PLACES, answer_words)


def test_two_choices_with_one_label_are_not_chosen_by_it(answer_words: AnswerWords) -> None:
    twins = {"a": "Saint-Sauveur", "b": "Saint-Sauveur"}
    assert match_choice("saint sauveur", twins, answer_words) is None
    assert "b" == match_choice("2", twins, answer_words)


READ = {
    RecommendationStatus.DONE: [
        "on l’a faite", "nous l’avons faite il y a deux ans",
        "nous l’avons faite hier avec le syndicat",
        "c’est fait", "fait !", "Fait.", "oui on a fini", "c'est réglé", "on l'a fait hier",
        "pas de souci, c'est fait", "pas de souci c'est fait", "travaux terminés", "c fait",
        "le devis est signé, c’est réglé",
    ],
    RecommendationStatus.IN_PROGRESS: [
        "en cours", "on y travaille", "ce n’est pas fini", "pas terminé", "presque fini",
        "pas encore fait mais c'est en cours", "on n'est plus bloqués", "ça avance bien",
        "c’est en cours, on a fait le devis", "on a commencé",
    ],
    RecommendationStatus.BLOCKED: [
        "le conseil l’a refusé",
        "on a voté contre",
        "ça traîne",
        "toujours bloqué avec l’EPF", "en plus, on est bloqués", "on n’y arrive pas",
        "pas encore fait, ça coince à la DDT", "Toujours pas de nouvelles de l'EPF",
    ],
    RecommendationStatus.NOT_INTERESTED: [
        "pas intéressé", "ça ne nous intéresse plus", "ça nous intéresse pas", "on laisse tomber",
        "ce n'est plus d'actualité",
    ],
    RecommendationStatus.ALREADY_DONE: [
        "on l’a faite l’an dernier avec le bureau d’études",
        "déjà fait avant", "c’était déjà fait", "déjà réalisé"],
    None: [
        "plus tard", "pas encore", "pas fait", "c pas fait", "rien n’a été fait",
        "ce sera fait en mars",
        "on n’a pas encore commencé", "on reprend à la rentrée", "pas pour le moment",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "status"), [(typed, status) for status, texts in READ.items() for typed in texts]
)
def test_plain_words_tell_where_a_recommendation_stands(
    typed: str, status: RecommendationStatus | None, answer_words: AnswerWords
) -> None:
    assert RecommendationAnswer(status) == read_status(typed, answer_words)


@pytest.mark.parametrize(
    "typed",
    [
        "C’est fait ?",
        "faut-il que ce soit fait avant mars ?",
        "en fait on hésite",
        "tout à fait",
        "le maire a fait un courrier à la préfecture",
        "ça fait trois semaines",
        "oui",
        "non",
        "merci",
        "ça nous intéresse",
        "",
        "👍",
        "mot " * 60 + "c’est fait",
    ],
)
def test_what_does_not_say_is_not_read(typed: str, answer_words: AnswerWords) -> None:
    assert read_status(typed, answer_words) is None


def test_later_is_no_state(answer_words: AnswerWords) -> None:
    answer = read_status("plus tard", answer_words)
    assert answer is not None
    assert answer.status is None


@pytest.mark.parametrize(
    "typed",
    [
        "merci",
        "Merci beaucoup !",
        "ok",
        "Ok, merci",
        "bien reçu",
        "Bonjour",
        "Bonjour à tous",
        "",
        "👍",
    ],
)
def test_bare_courtesies_ask_for_no_answer(typed: str, answer_words: AnswerWords) -> None:
    assert not asks_for_answer(typed, answer_words)


@pytest.mark.parametrize(
    "typed",
    [
        "ok ?",
        "Bonjour, je prends votre projet en charge.",
        "merci, et pour le devis",
        "quand venez-vous",
    ],
)
def test_other_words_do(typed: str, answer_words: AnswerWords) -> None:
    assert asks_for_answer(typed, answer_words)


@given(typed=st.text(), count=st.integers(1, 5))
def test_whatever_is_typed_is_one_of_the_choices_or_none(
    typed: str, count: int, answer_words: AnswerWords
) -> None:
    offered = dict(list(STATES.items())[:count])
    assert match_choice(typed, offered, answer_words) in {None, *offered}
