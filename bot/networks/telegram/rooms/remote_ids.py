"""The remote ids by which other parts of the program know Telegram's topics and messages.

A message in parts is `12,13`, one whose file follows its words `12,13;14`; a topic is `CHAT/TOPIC`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

TEXTS, FILE = ",", ";"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a message goes: a chat, or a topic of a forum group."""

    chat: int
    topic: int | None = None

    @property
    def remote(self) -> str:
        """Its remote id."""
        return f"{self.chat}/{self.topic}"


def parse_spot(remote: str) -> Spot:
    """The topic of that remote id."""
    chat, _, topic = remote.partition("/")
    return Spot(int(chat), int(topic))


@dataclass(frozen=True, slots=True)
class SentMessage:
    """The ids of a message's parts: its words, or a file with words under it, then a file apart."""

    texts: tuple[int, ...]
    file: int | None = None

    @property
    def all(self) -> tuple[int, ...]:
        """The ids of all its parts."""
        return self.texts if self.file is None else (*self.texts, self.file)

    @property
    def remote_id(self) -> str:
        """Its remote id."""
        texts = TEXTS.join(map(str, self.texts))
        return texts if self.file is None else f"{texts}{FILE}{self.file}"


def parse_sent(remote_id: str) -> SentMessage:
    """The message of that remote id. Raises ValueError if it is no message's."""
    texts, _, file = remote_id.partition(FILE)
    return SentMessage(tuple(map(int, texts.split(TEXTS))), int(file) if file else None)


def sent_under(ids: Sequence[int], *, file_apart: bool) -> SentMessage:
    """The message whose parts have these ids, in order; `file_apart`: the last may be a file."""
    if file_apart and len(ids) > 1:
        return SentMessage(tuple(ids[:-1]), ids[-1])
    return SentMessage(tuple(ids))
