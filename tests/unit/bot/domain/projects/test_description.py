"""What is added to a project's description, and taken out of it again."""

import pytest

from bot.domain.projects.description import with_words, without_words


@pytest.mark.parametrize("words", ["Le toit fuit.", "Le toit fuit.\n\nIl pleut."])
@pytest.mark.parametrize("then", ["", "\n\nLe maire vend.", "\n\nLe toit fuit. Un peu."])
def test_words_that_were_added_are_taken_out_whole(words: str, then: str) -> None:
    told = with_words("Un moulin.", words) + then
    assert f"Un moulin.{then}" == without_words(told, words)


def test_of_words_said_twice_the_last_are_taken_out() -> None:
    told = with_words(with_words("Un moulin.\n\nOui.", "Non."), "Oui.")
    assert "Un moulin.\n\nOui.\n\nNon." == without_words(told, "Oui.")


@pytest.mark.parametrize("words", ["", "Un moulin.", "fuit", "Le toit"])
def test_what_was_not_added_is_not_taken_out(words: str) -> None:
    told = "Un moulin.\n\nLe toit fuit."
    assert told == without_words(told, words)
