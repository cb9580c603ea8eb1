"""Danger to people now: what fails, at present, with people near; and what calms."""

import pytest

from bot.domain.understanding import Reader, Urgency


@pytest.mark.parametrize(
    "text",
    [
        "Le balcon vient de se détacher au-dessus du trottoir",
        "Des tuiles tombent dans la cour de récréation",
        "La passerelle va lâcher, les gens passent quand même",
        "L'eau monte dans les maisons du quartier bas",
        "Odeur de gaz dans la crèche",
    ],
)
def test_a_thing_that_fails_near_people_is_a_danger(reader: Reader, text: str) -> None:
    assert Urgency.IMMEDIATE == reader.understand(text).urgency


@pytest.mark.parametrize(
    "text",
    [
        "Des tuiles sont tombées dans la cour en 2019",
        "Des tuiles tombaient dans la cour l'an dernier",
        "Si un jour des tuiles tombent dans la cour, qui est responsable ?",
        "Des tuiles tombent dans la cour, elle est barrée et l'accès est interdit au public",
        "Exercice de sécurité civile : simulation d'un incendie près du camping",
    ],
)
def test_what_is_past_feared_closed_or_rehearsed_is_none(reader: Reader, text: str) -> None:
    assert Urgency.IMMEDIATE != reader.understand(text).urgency


@pytest.mark.parametrize(
    "text",
    [
        "Notre dossier tombe à l'eau, les rideaux tombent dans la rue",
        "Le serveur lâche, les agents sont bloqués depuis ce matin",
        "L'aménageur nous lâche au milieu de l'écoquartier",
    ],
)
def test_a_manner_of_speaking_is_none(reader: Reader, text: str) -> None:
    assert Urgency.IMMEDIATE != reader.understand(text).urgency


def test_a_verb_tells_what_happens_only_in_the_forms_that_say_so(reader: Reader) -> None:
    now = reader.understand("Le mur s'écroule sur le trottoir")
    to_come = reader.understand("Le mur s'écroulera sur le trottoir")

    assert (Urgency.IMMEDIATE, True) == (now.urgency, to_come.urgency is not Urgency.IMMEDIATE)
