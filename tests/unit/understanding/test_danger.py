"""Danger to people now: what fails, at present, with people near; and what calms."""

import pytest

from bot.domain.understanding import Reader, Urgency


@pytest.mark.parametrize(
    "text",
    [
        "Le pont bouge quand le car scolaire passe dessus",
        "Un mur vient de s'effondrer sur la rue, il y a des gens dessous",
        "L'eau monte dans la maison de retraite, aidez-nous",
        "Ça sent le gaz dans l'école",
        "Des tuiles tombent sur le trottoir devant l'école",
        "Le feu approche du camping",
        "Le balcon vient de se détacher au-dessus du trottoir",
        "Des tuiles tombent dans la cour de récréation",
        "La passerelle va lâcher, les gens passent quand même",
        "L'eau monte dans les maisons du quartier bas",
        "Odeur de gaz dans la crèche",
        "On craint que le barrage cède avec les pluies annoncées cette nuit",
        "La digue cède cette nuit",
        "L'eau monte, la digue va lâcher",
        "Le toit de l'église est tombé sur la tête du curé",
        "Le barrage menace de céder",
        "La cave de l'école est pleine de gaz",
        "Un siège pend au manège et une petite est dessus",
        "Des élèves ont du mercure renversé sur les mains",
        "La barque s'est retournée avec des enfants",
    ],
)
def test_a_thing_that_fails_near_people_is_a_danger(reader: Reader, text: str) -> None:
    assert Urgency.IMMEDIATE == reader.understand(text).urgency


@pytest.mark.parametrize(
    "text",
    [
        "URGENT !!! dossier à déposer avant vendredi",
        "Notre rue est pleine de trous, les voitures dansent",
        "La charge de travail a explosé, les agents craquent",
        "Les murs se fendent depuis qu'il ne pleut plus, des familles s'inquiètent",
        "Les jeunes jouent au ballon le soir sur la place et font du bruit",
        "La toiture s'est effondrée en 2019, le site est clôturé",
        "Nous préparons un exercice d'évacuation",
        "Le nombre de familles a explosé, il faut une école",
        "Des tuiles sont tombées dans la cour en 2019",
        "Des tuiles tombaient dans la cour l'an dernier",
        "Si un jour des tuiles tombent dans la cour, qui est responsable ?",
        "Des tuiles tombent dans la cour, elle est barrée et l'accès est interdit au public",
        "Un jour on craint que le barrage cède, quelle étude faire ?",
        "Le toit de l'église est tombé sur la tête du curé en 1950",
        "La commune cède un terrain cette nuit",
        "Exercice de sécurité civile : simulation d'un incendie près du camping",
    ],
)
def test_haste_and_what_is_past_feared_or_over_are_none(reader: Reader, text: str) -> None:
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


def test_a_failure_that_is_named_is_a_danger_where_people_are_and_it_is_now(reader: Reader) -> None:
    now = reader.understand("Un gouffre devant l'école depuis ce matin, les élèves arrivent")
    some_day = reader.understand("Un gouffre devant l'école, on l'étudie")

    assert (Urgency.IMMEDIATE, True) == (now.urgency, some_day.urgency is not Urgency.IMMEDIATE)


def test_people_who_pass_in_spite_of_it_are_in_danger(reader: Reader) -> None:
    assert Urgency.IMMEDIATE == reader.understand("Le tablier, les bus passent toujours").urgency
    assert Urgency.IMMEDIATE != reader.understand("Les bus passent toujours dans la rue").urgency


def test_a_river_called_by_its_name_can_rise(reader: Reader) -> None:
    text = "La Vilaine monte dans la cour du collège"

    assert Urgency.IMMEDIATE == reader.understand(text).urgency


def test_a_number_of_people_is_not_a_year(reader: Reader) -> None:
    text = "La tribune se déboulonne, 2000 spectateurs dessus"

    assert Urgency.IMMEDIATE == reader.understand(text).urgency


def test_what_does_not_come_is_no_danger(reader: Reader) -> None:
    assert Urgency.IMMEDIATE != reader.understand("L'eau n'arrive plus à l'école").urgency
