"""Codes that somebody reads in one chat and types in another."""

import secrets

import pytest

from bot.domain.codes import code_alone, new_code, read_code
from bot.domain.projects.reference import find_references


def test_a_code_has_eight_characters_letters_and_digits_among_them() -> None:
    codes = {new_code(secrets.token_bytes) for _ in range(200)}
    assert 200 == len(codes)
    for code in codes:
        assert (8, code) == (len(code), read_code(code))
        assert not code.isdigit()
        assert not code.isalpha()


def test_what_is_drawn_without_a_letter_is_drawn_again() -> None:
    drawn = iter([bytes(8)] * 8 + [bytes(8)] * 7 + [bytes(7) + b"\x0a"])
    assert "0000000C" == new_code(lambda _: next(drawn))


@pytest.mark.parametrize("typed", ["7k3q2mxw", "7K3Q-2MXW", " 7K3Q 2MXW ", "7K3Q2MXW\n"])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert "7K3Q2MXW" == read_code(typed) == code_alone(typed)


def test_look_alikes_are_read_as_what_they_look_like() -> None:
    assert "00117K3Q" == read_code("OoIl7K3Q")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "bonjour",
        "commerce",
        "12345678",
        "0612 3456",
        "UV-7K3Q",
        "le code 7K3Q2MXW",
        "7K3Q2MX",
        "7K3Q2MXWW",
        "à définir",
        "3 août 26",
    ],
)
def test_other_words_are_no_code_by_themselves(words: str) -> None:
    assert None is code_alone(words)


def test_a_code_is_no_reference() -> None:
    assert [] == find_references("7K3Q2MXW")
