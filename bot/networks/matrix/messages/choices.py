"""Reads a reaction by a digit as the answer to a numbered question."""

from collections.abc import Mapping
from typing import Any

from bot.networks.matrix.messages.formatting import CHOICES
from bot.ports.network import Choice

_KEYCAP = "\ufe0f\u20e3"
_TEN = "\N{KEYCAP TEN}"


def number_in(sign: str) -> int | None:
    """The number that a sign shows, from 1 to 10; None if it shows none."""
    if sign == _TEN:
        return 10
    digit = sign.rstrip(_KEYCAP)
    return int(digit) if digit in "123456789" and len(digit) == 1 else None


def choice_for(sign: str, content: Mapping[str, Any]) -> Choice | None:
    """The choice of that number among those of a message's content; None if there is none."""
    number = number_in(sign)
    offered = content.get(CHOICES)
    if number is None or not isinstance(offered, list) or number > len(offered):
        return None
    key, label = offered[number - 1]
    return Choice(str(key), str(label))
