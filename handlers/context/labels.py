"""Texts as they read on buttons and in other sentences."""

from bot.domain.wording.markup import plain
from config.texts import Texts, Value


def label(texts: Texts, key: str, **values: Value) -> str:
    """A text of the catalogue without marks."""
    return plain(texts(key, **values))
