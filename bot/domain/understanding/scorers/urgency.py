"""How urgent a message is: danger to people now, apart from mere haste."""

from collections.abc import Mapping, Sequence

from bot.domain.understanding.scorers.danger import DangerWords, is_in_danger
from bot.domain.understanding.vocabulary.expression_finder import Hit
from bot.domain.urgency import Urgency
from bot.domain.wording.tokens import Token


def read_urgency(
    tokens: Sequence[Token],
    hits: Sequence[Hit],
    points: Mapping[str, float],
    words: DangerWords,
    alarm: float = 0.0,
) -> Urgency:
    """`immediate` when a danger is present and people are exposed to it.

    `alarm` is how much all the words together make one think of a danger.
    """
    if is_in_danger(tokens, hits, words, alarm):
        return Urgency.IMMEDIATE
    if points.get("urgency_high", 0.0) >= 4:
        return Urgency.HIGH
    if points.get("urgency_low", 0.0) >= 4:
        return Urgency.LOW
    return Urgency.NORMAL
