"""Recommendations named by their numbers, and what is said of them."""

import pytest

from bot.domain.wording.recommendation_numbers import named_states
from config.language import load_language

LANGUAGE = load_language()


def said(text: str) -> list[tuple[int, str]]:
    """What the words say of each recommendation they name."""
    states = named_states(text, LANGUAGE.recommendation_numbers, LANGUAGE.answers)
    return [(number, str(answer.status or "later")) for number, answer in states]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("la 1 est faite", [(1, "done")]),
        ("La recommandation 2 est bloquée", [(2, "blocked")]),
        ("pour la n° 3 c’est en cours", [(3, "in_progress")]),
        ("La nº3 : c’est fait", [(3, "done")]),
        ("Bonjour, la recommandation n°\u00a012 est terminée. Merci !", [(12, "done")]),
        ("reco 2 : on est bloqués par l’EPF", [(2, "blocked")]),
        ("n° 2 : en cours", [(2, "in_progress")]),
        ("c’est fait pour la 1", [(1, "done")]),
        ("la 1 est faite, la 2 est bloquée", [(1, "done"), (2, "blocked")]),
        ("les recommandations 1 et 3 sont faites", [(1, "done"), (3, "done")]),
        ("les 1 et 2 sont faites", [(1, "done"), (2, "done")]),
        ("la 1 est faite, le maire a signé hier la convention avec l’EPF", [(1, "done")]),
        ("la 1 n’est plus bloquée", [(1, "in_progress")]),
        ("la recommandation 1, plus tard", [(1, "later")]),
        ("la 1re est faite", [(1, "done")]),
    ],
)
def test_a_state_belongs_to_the_number_it_is_said_with(
    words: str, expected: list[tuple[int, str]]
) -> None:
    assert expected == said(words)


@pytest.mark.parametrize(
    "words",
    [
        "on est bloqués par l’EPF depuis",
        "c’est fait",
        "la 2 voies est bloquée",
        "la 4 CV du maire est en panne",
        "au n° 3 de la rue, le chantier est bloqué",
        "la RD 14 est bloquée",
        "le 2 mars, c’est fait",
        "la 1 est faite ?",
        "la recommandation 2",
        "Nous avons lu la recommandation 2 en conseil.",
        "la 1234 est bloquée",
        "",
    ],
)
def test_other_words_name_none(words: str) -> None:
    assert [] == said(words)
