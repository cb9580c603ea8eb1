"""What words suggest without naming it."""

import pytest

from bot.domain.understanding.associations import STEP, Associations

KNOWN = Associations(("friche", "pont"), "mm", {"usine": 0, "arche": 1}, "qmko")


def test_each_letter_after_the_neutral_one_is_a_step() -> None:
    assert {"friche": 4 * STEP, "pont": 0.0} == pytest.approx(KNOWN.points(["usine", "inconnu"]))


def test_what_several_words_say_adds_up_less_than_in_full() -> None:
    both = KNOWN.points(["usine", "usine"])

    assert 4 * STEP < both["friche"] < 8 * STEP


def test_a_word_can_speak_against() -> None:
    assert -2 * STEP == pytest.approx(KNOWN.weight("arche", "friche"))


def test_an_unknown_word_says_nothing() -> None:
    assert 0.0 == KNOWN.weight("inconnu", "pont")


def test_no_word_leaves_where_all_begin() -> None:
    begun = Associations(("friche",), "o", {}, "")

    assert {"friche": 2 * STEP} == pytest.approx(begun.points([]))
