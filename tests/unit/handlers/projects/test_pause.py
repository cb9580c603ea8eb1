from datetime import timedelta

import pytest

from bot.ports.network import Incoming
from tests.support.scene import Loop, texts, to


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("pause", "23 février 2027"),
        ("On met le projet en pause", "23 février 2027"),
        ("en pause jusqu’au 3 mars", "3 mars 2027"),
        ("pause pendant 6 semaines", "4 janvier 2027"),
        ("pause svp", "23 février 2027"),
    ],
)
def test_a_pause_said_in_words_is_one_with_no_more_than_a_date_besides(
    loop: Loop, words: str, day: str
) -> None:
    assert f"en pause jusqu’au {day}" in texts(to(loop.elu.says(words), loop.elu))


def test_a_pause_said_in_words_takes_a_reference(loop: Loop) -> None:
    loop.elu.says(f"pause {loop.project.ref} jusqu’en mars")
    assert loop.project.paused_until is not None


@pytest.mark.parametrize(
    "words",
    [
        "Mise en pause des travaux par la DREAL",
        "Pause jusqu’aux élections",
        "en pause, le maire part",
    ],
)
def test_words_that_say_more_are_relayed_and_pause_nothing(loop: Loop, words: str) -> None:
    assert [words] == [m.text for m in to(loop.elu.says(words), loop.advisor)]
    assert loop.project.paused_until is None


def test_a_pause_takes_a_range_and_says_both_dates(loop: Loop) -> None:
    said = texts(to(loop.elu.says("/pause du 1er juillet au 31 août"), loop.elu))
    assert "1er juillet 2027 au 31 août 2027" in said
    assert loop.project.paused_until is not None


def test_a_range_said_in_words_is_a_pause(loop: Loop) -> None:
    loop.elu.says("on met en pause du 1er juillet au 31 août")
    assert loop.project.paused_until is not None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("/pause jusqu’au 15 mars 2020", "15 mars 2020 est déjà passé"),
        ("/pause jusqu’au prochain conseil", "pas sûr de la date"),
        ("/pause jusqu’à lundi ou mardi", "pas sûr de la date"),
    ],
)
def test_a_pause_whose_date_is_past_or_unread_pauses_nothing_and_says_so(
    loop: Loop, words: str, told: str
) -> None:
    assert told in texts(to(loop.elu.says(words), loop.elu))
    assert loop.project.paused_until is None


def test_a_date_counts_from_when_it_was_said_not_handled(loop: Loop) -> None:
    said_at = loop.scene.now - timedelta(days=3)
    place = loop.elu.conversation
    late = Incoming(place, "late", place.name, said_at, "/pause dans 10 jours")
    loop.scene.receive(late)
    until = loop.project.paused_until
    assert until is not None
    assert (said_at + timedelta(days=10)).date() == until.date()
