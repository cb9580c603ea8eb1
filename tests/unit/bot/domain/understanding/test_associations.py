"""What words suggest without naming it."""

import pytest

from bot.domain.understanding.vocabulary.associations import STEP, Associations

KNOWN = Associations(("friche", "pont"), "mm", ["arche", "usine"], "koqm")


def test_each_letter_after_the_neutral_one_is_a_step() -> None:
    assert 4 * STEP == pytest.approx(KNOWN.weight("usine", "friche"))


def test_a_word_can_speak_against() -> None:
    assert -2 * STEP == pytest.approx(KNOWN.weight("arche", "friche"))


def test_an_unknown_word_says_nothing() -> None:
    assert 0.0 == KNOWN.weight("inconnu", "pont")
    assert {"friche": 0.0, "pont": 0.0} == KNOWN.points(["inconnu"])


def test_what_many_words_say_adds_up_less_than_in_full() -> None:
    points = KNOWN.points(["usine"] * 9)

    assert {"friche": 3 * 4 * STEP, "pont": 0.0} == pytest.approx(points)


def test_few_words_are_trusted_less() -> None:
    assert 0 < KNOWN.points(["usine"])["friche"] < KNOWN.weight("usine", "friche")
