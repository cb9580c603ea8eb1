"""The signs that a bot may react with. https://core.telegram.org/bots/api#reactiontypeemoji"""

import re

from telegram.constants import ReactionEmoji

_SHADES = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")
"""The mark of a coloured sign, and shades of skin, which Telegram's list leaves out."""


def find_allowed(sign: str) -> str | None:
    """The sign as Telegram writes it; None if it may not be reacted with."""
    return _BY_SHAPE.get(_shape(sign))


def _shape(sign: str) -> str:
    return _SHADES.sub("", sign)


_BY_SHAPE = {_shape(emoji.value): emoji.value for emoji in ReactionEmoji}
