"""The answers offered with a message, as they read on buttons."""

from bot.domain.markup import plain
from config.texts import Texts, Value


def label(texts: Texts, key: str, **values: Value) -> str:
    """A text of the catalogue without marks."""
    return plain(texts(key, **values))
