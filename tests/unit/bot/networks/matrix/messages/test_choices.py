"""Digits that answer a question."""

import pytest

from bot.networks.matrix.messages.choices import choice_for, number_in
from bot.networks.matrix.messages.formatting import CHOICES
from bot.ports.network import Choice

OFFERED = {CHOICES: [["oui", "Oui"], ["non", "Non"]]}


@pytest.mark.parametrize(
    ("sign", "number"),
    [
        ("1️⃣", 1),
        ("9\u20e3", 9),
        ("2", 2),
        ("🔟", 10),
        ("0️⃣", None),
        ("👍", None),
        ("", None),
        ("12", None),
    ],
)
def test_a_digit_is_a_number_and_nothing_else_is(sign: str, number: int | None) -> None:
    assert number == number_in(sign)


def test_a_digit_stands_for_the_choice_of_that_number() -> None:
    assert Choice("non", "Non") == choice_for("2️⃣", OFFERED)


@pytest.mark.parametrize(("sign", "content"), [("3️⃣", OFFERED), ("👍", OFFERED), ("1️⃣", {})])
def test_a_sign_that_stands_for_nothing_chooses_nothing(
    sign: str, content: dict[str, object]
) -> None:
    assert choice_for(sign, content) is None
