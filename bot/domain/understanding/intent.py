"""What the writer wants of the assistant."""

from collections.abc import Mapping, Sequence

from bot.domain.understanding.phrasebook import LITTLE
from bot.domain.understanding.reading import Intent
from bot.domain.understanding.tokens import Token

_GREETING = "greeting"
_SHORT = 6  # words: beyond, « stop » or « aide » is a word like another


def read_intent(
    tokens: Sequence[Token], points: Mapping[str, float], *, themed: bool, placed: bool
) -> Intent:
    """The intent, from the points of each situation; `themed`, `placed`: a theme, a place was read."""
    words = [t.word for t in tokens]
    if points.get("injection", 0) >= 4 or points.get("insult", 0) >= 4:
        return Intent.HOSTILE
    if points.get("unsubscribe", 0) >= 4 or (
        len(words) <= _SHORT and points.get("unsubscribe", 0) >= 2
    ):
        return Intent.UNSUBSCRIBE
    ours = points.get("collectivite", 0)
    outsider = points.get("out_of_scope", 0)
    if outsider >= 4 and (themed or placed) and outsider > ours:
        return Intent.OUT_OF_SCOPE
    if points.get("off_topic", 0) >= 4 and ours < 4:
        return Intent.OFF_TOPIC
    if points.get("followup", 0) >= 4:
        return Intent.FOLLOWUP
    if points.get("help", 0) >= 2 and not placed and (len(words) <= 3 or not themed):
        if len(words) <= 12 and ours < 4:
            return Intent.HELP
    if themed or placed or ours >= 2:
        return Intent.PROJECT
    if points.get(_GREETING, 0) and len([w for w in words if w not in LITTLE]) <= _SHORT:
        return Intent.GREETING
    if points.get("followup", 0) >= 2:
        return Intent.FOLLOWUP
    return Intent.OFF_TOPIC
